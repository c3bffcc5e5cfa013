//! Who is at the other end of a connection, and how it came about.

use std::net::IpAddr;

use crate::encrypted::Strict;

/// The other end of a connection: a reader, or a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    pub(crate) address: IpAddr,
    /// The connection is encrypted, by ourselves.
    pub(crate) is_encrypted: bool,
}

/// A connection as its answers see it.
pub(crate) struct Came {
    pub(crate) peer: Peer,
    /// What its answers say of encryption.
    pub(crate) strict: Strict,
}
