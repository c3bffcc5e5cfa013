//! Handing a letter to the server, within a time and few at once.

use std::{error::Error as _, io, sync::Arc};

use editorial::Timestamp;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    transport::smtp::{
        self,
        authentication::{Credentials, Mechanism},
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use tokio::sync::Semaphore;

use crate::{Letter, Security, Sender, Server, ServerFault};

/// Letters under way at the same time; the rest wait their turn.
const AT_ONCE: usize = 4;

/// Why a letter did not go. Nothing of it names anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// The server does not answer, or not in time.
    #[error(
        "the mail server does not answer: see that it runs and that its name and port are right"
    )]
    Unreachable,
    /// The connection is not safe.
    #[error(
        "the mail server's certificate is not to be believed, or it speaks no TLS there: see its name, its port and the setting security"
    )]
    Insecure,
    /// The server does not offer what is needed.
    #[error(
        "the mail server offers no STARTTLS, or no way to sign in that is known here: see the setting security"
    )]
    Unfit,
    /// The server does not know us.
    #[error("the mail server does not take the user or the password: see both")]
    Login,
    /// The server takes nothing now; its code.
    #[error("the mail server takes no letter now (it said {0}): try again later")]
    Later(u16),
    /// The server takes this letter never; its code.
    #[error("the mail server refused the letter (it said {0}): see the address and the sender")]
    Refused(u16),
    /// The address is one that no letter can go to.
    #[error("no letter can be sent to this address: see that it is right")]
    Unsendable,
}

impl Undelivered {
    /// Whether the same letter may go later.
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::Unreachable | Self::Later(_))
    }
}

impl From<&smtp::Error> for Undelivered {
    /// By kind and code alone: the server's words may hold an address.
    fn from(error: &smtp::Error) -> Self {
        if let Some(code) = error.status() {
            let code = u16::from(code);
            return match code {
                530 | 534 | 535 | 538 => Self::Login,
                _ if error.is_permanent() => Self::Refused(code),
                _ => Self::Later(code),
            };
        }
        let mut source = error.source();
        while let Some(cause) = source {
            let io = cause.downcast_ref::<io::Error>();
            if io.is_some_and(|io| io.kind() == io::ErrorKind::InvalidData) {
                return Self::Insecure;
            }
            source = cause.source();
        }
        if error.is_tls() {
            Self::Insecure
        } else if error.is_client() {
            Self::Unfit
        } else {
            Self::Unreachable
        }
    }
}

/// Sends letters. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
    patience: std::time::Duration,
    turns: Arc<Semaphore>,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Mailer(…)")
    }
}

impl Mailer {
    /// To one server. Nothing is sent yet; the system's certificates are read.
    ///
    /// # Errors
    /// [`ServerFault`] where it cannot be used as it is configured.
    pub fn new(server: Server) -> Result<Self, ServerFault> {
        server.check()?;
        let tls = || -> Result<TlsParameters, ServerFault> {
            let mut parameters = TlsParameters::builder(server.host.clone());
            if !server.authorities.is_empty() {
                let own = Certificate::from_pem(&server.authorities);
                let own = own.map_err(|_| ServerFault::Authorities)?;
                parameters = parameters.add_root_certificate(own);
            }
            parameters
                .build_rustls()
                .map_err(|_| ServerFault::Authorities)
        };
        let tls = match server.security {
            Security::Tls => Tls::Wrapper(tls()?),
            Security::StartTls => Tls::Required(tls()?),
            Security::None => Tls::None,
        };
        let name = ClientId::Domain(server.sender.0.email.domain().to_owned());
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host)
            .port(server.port)
            .tls(tls)
            .hello_name(name)
            .timeout(Some(server.patience));
        if let Some(login) = server.login {
            let password = login.password.expose_for_server().to_owned();
            transport = transport
                .credentials(Credentials::new(login.user, password))
                .authentication(vec![Mechanism::Plain, Mechanism::Login]);
        }
        Ok(Self {
            transport: transport.build(),
            sender: server.sender,
            patience: server.patience,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        })
    }

    /// Sends a letter, dated `at`; `id` is random and never the same twice.
    ///
    /// # Errors
    /// [`Undelivered`]. Where the server took the letter and its answer was
    /// lost, it has gone all the same.
    pub async fn send(
        &self,
        letter: &Letter,
        at: Timestamp,
        id: [u8; 16],
    ) -> Result<(), Undelivered> {
        let message = letter.message(&self.sender, at, id)?;
        let sent = tokio::time::timeout(self.patience, async {
            // The semaphore is never closed.
            let _turn = self.turns.acquire().await;
            self.transport.send(message).await
        });
        match sent.await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(Undelivered::from(&error)),
            Err(_) => Err(Undelivered::Unreachable),
        }
    }
}
