//! The certificate that is shown now, and the settings of TLS around it.

use std::sync::{Arc, PoisonError, RwLock};

use rustls::{
    ServerConfig,
    crypto::ring,
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

use crate::{pem::Loaded, validity::Validity};

/// The certificate that a server shows; it may be changed at any time, for the
/// connections that begin after that. Cheap to share.
#[derive(Clone, Debug, Default)]
pub struct Certificates {
    shown: Arc<RwLock<Option<Shown>>>,
}

#[derive(Clone, Debug)]
struct Shown {
    key: Arc<CertifiedKey>,
    validity: Validity,
}

impl Certificates {
    /// None yet: until one is shown, no connection comes about.
    pub fn none() -> Self {
        Self::default()
    }

    /// Shows this one from now on.
    pub fn show(&self, loaded: Loaded) {
        let shown = Shown {
            key: Arc::new(loaded.key),
            validity: loaded.validity,
        };
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Some(shown);
    }

    /// When the one that is shown is good.
    pub fn validity(&self) -> Option<Validity> {
        self.now().map(|shown| shown.validity)
    }

    fn now(&self) -> Option<Shown> {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        shown.clone()
    }

    /// TLS 1.2 and 1.3 with this certificate and these protocols by ALPN, the
    /// first before the others. Sessions are resumed by tickets, whose keys
    /// change every six hours and are never kept.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub fn server_config(&self, protocols: &[&[u8]]) -> Result<ServerConfig, rustls::Error> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(self.clone()));
        config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
        config.ticketer = ring::Ticketer::new()?;
        Ok(config)
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.now().map(|shown| shown.key)
    }
}
