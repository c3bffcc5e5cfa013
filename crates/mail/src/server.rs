//! The server that takes the paper's letters, and how it is spoken to.

use std::{net::IpAddr, str::FromStr, time::Duration};

use lettre::message::Mailbox;

/// How the connection to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Encrypted from its first byte (RFC 8314), by custom on port 465.
    Tls,
    /// Encrypted by STARTTLS (RFC 3207) before anything is told, by custom on
    /// port 587. A server that does not offer it gets nothing.
    StartTls,
    /// Plain: to this machine alone.
    None,
}

impl Security {
    /// The port that is used by custom.
    pub const fn port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::None => 25,
        }
    }
}

impl FromStr for Security {
    type Err = &'static str;

    /// By its name in the configuration.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "tls" => Ok(Self::Tls),
            "starttls" => Ok(Self::StartTls),
            "none" => Ok(Self::None),
            _ => Err("give tls, starttls or none"),
        }
    }
}

/// A password that cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps it.
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn expose_for_server(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// What the server is shown to take letters from us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The user.
    pub user: String,
    /// Its password.
    pub password: Secret,
}

/// Whom letters come from: `news@example.org`, or `ورّاق <news@example.org>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender(pub(crate) Mailbox);

impl FromStr for Sender {
    type Err = ServerFault;

    fn from_str(text: &str) -> Result<Self, ServerFault> {
        let mailbox: Result<Mailbox, _> = text.trim().parse();
        mailbox.map(Self).map_err(|_| ServerFault::Sender)
    }
}

/// The server, as the configuration names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its name, or its address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// What it is shown; nothing where it takes letters from this machine as
    /// it is.
    pub login: Option<Login>,
    /// Whom letters come from.
    pub sender: Sender,
    /// Certificates in PEM of authorities that are believed beside the
    /// system's; empty: none.
    pub authorities: Vec<u8>,
    /// How long one letter may take, from the first packet to the last answer.
    pub patience: Duration,
}

/// Why a server cannot be used as it is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServerFault {
    /// Plain letters would leave this machine.
    #[error(
        "letters would go over a plain connection: choose the security tls or starttls; none is for a server on this machine, such as 127.0.0.1"
    )]
    Plain,
    /// The sender is no address.
    #[error("the sender is no e-mail address: give one such as news@example.org")]
    Sender,
    /// The certificates cannot be read.
    #[error("the certificates of your own authority cannot be read: give a file in PEM")]
    Authorities,
    /// The server's name is none.
    #[error("the server has no name: give one such as smtp.example.org")]
    Host,
}

impl Server {
    pub(crate) fn check(&self) -> Result<(), ServerFault> {
        if self.host.is_empty() || self.host.contains(|c: char| c.is_whitespace()) {
            return Err(ServerFault::Host);
        }
        let is_here =
            self.host == "localhost" || self.host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        if self.security == Security::None && !is_here {
            return Err(ServerFault::Plain);
        }
        Ok(())
    }
}
