//! An authority that gives certificates: by hand, or by ACME from a directory
//! on loopback. And a client that trusts it alone.

mod client;
mod directory;
mod jws;

pub use client::{Encrypted, connect};
pub use directory::{Directory, Moods};

use std::{
    net::IpAddr,
    time::{Duration, SystemTime},
};

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData, SanType,
};
use tokio_rustls::rustls::pki_types::CertificateDer;

/// An authority with a root of its own.
pub struct Authority {
    root: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate and its key, in PEM.
pub struct Pair {
    /// The certificate, and that of the root.
    pub chain: String,
    /// The private key.
    pub key: String,
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}

impl Authority {
    /// A new one, that nobody trusts yet.
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        let name = "An authority for tests";
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().expect("a key");
        let root = params.self_signed(&key).expect("signed");
        Self {
            root,
            issuer: Issuer::new(params, key),
        }
    }

    /// What whoever trusts it has, in PEM.
    pub fn root_pem(&self) -> String {
        self.root.pem()
    }

    /// The same, in DER.
    pub fn root(&self) -> CertificateDer<'static> {
        self.root.der().clone()
    }

    /// A certificate for these names or addresses, good from now for so long.
    pub fn pair(&self, names: &[&str], lifetime: Duration) -> Pair {
        let key = KeyPair::generate().expect("a key");
        Pair {
            chain: self.sign(names, &key, lifetime),
            key: key.serialize_pem(),
        }
    }

    /// The chain of a certificate for somebody's key.
    #[expect(
        clippy::disallowed_methods,
        reason = "clients compare it with the clock of the machine"
    )]
    pub(crate) fn sign(
        &self,
        names: &[&str],
        key: &impl PublicKeyData,
        lifetime: Duration,
    ) -> String {
        let mut params = CertificateParams::default();
        params.subject_alt_names = names
            .iter()
            .map(|name| match name.parse::<IpAddr>() {
                Ok(address) => SanType::IpAddress(address),
                Err(_) => SanType::DnsName((*name).try_into().expect("a name")),
            })
            .collect();
        let now = SystemTime::now();
        params.not_before = now.into();
        params.not_after = (now + lifetime).into();
        let signed = params.signed_by(key, &self.issuer).expect("signed");
        format!("{}{}", signed.pem(), self.root.pem())
    }
}
