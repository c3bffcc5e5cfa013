//! A chain of certificates and its key, read from PEM and checked as a whole.

use rustls::{
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    sign::CertifiedKey,
};

use crate::validity::Validity;

/// Certificates in one chain at the most.
const CHAIN_MAX: usize = 16;

/// What is wrong with a certificate or its key.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file is not there, or may not be read.
    #[error("{path} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why, in the words of the system.
        reason: String,
    },
    /// Whoever is on the machine may use the key.
    #[error("others may read the key {path}: take that away with chmod o= {path}")]
    OpenKey {
        /// The file.
        path: String,
    },
    /// The file of the certificate is another one.
    #[error("{0} holds no chain of certificates in PEM")]
    NoCertificate(String),
    /// The file of the key is another one.
    #[error("{0} holds no private key in PEM that is not encrypted")]
    NoKey(String),
    /// The two do not belong together.
    #[error("the key in {key} is not that of the certificate in {certificate}")]
    OtherKey {
        /// The certificate's file.
        certificate: String,
        /// The key's file.
        key: String,
    },
    /// The two belong together, and cannot be used all the same.
    #[error("the certificate in {path} cannot be used: {reason}")]
    Unusable {
        /// The certificate's file.
        path: String,
        /// Why.
        reason: String,
    },
}

/// A certificate that can be shown.
#[derive(Debug)]
pub struct Loaded {
    pub(crate) key: CertifiedKey,
    /// When it is good.
    pub validity: Validity,
}

impl Loaded {
    /// Reads a chain and its key; `names` say in a sentence where both stood.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn read(
        chain: &[u8],
        key: &[u8],
        names: (&str, &str),
        provider: &CryptoProvider,
    ) -> Result<Self, CertificateError> {
        let no_chain = || CertificateError::NoCertificate(names.0.to_owned());
        let chain: Vec<_> = CertificateDer::pem_slice_iter(chain)
            .take(CHAIN_MAX)
            .collect::<Result<_, _>>()
            .map_err(|_| no_chain())?;
        let unusable = |reason: String| CertificateError::Unusable {
            path: names.0.to_owned(),
            reason,
        };
        let first = chain.first().ok_or_else(no_chain)?;
        let validity = Validity::of(first)
            .ok_or_else(|| unusable("it does not say until when it is good".to_owned()))?;
        let key = PrivateKeyDer::from_pem_slice(key)
            .map_err(|_| CertificateError::NoKey(names.1.to_owned()))?;
        let key = CertifiedKey::from_der(chain, key, provider).map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => CertificateError::OtherKey {
                certificate: names.0.to_owned(),
                key: names.1.to_owned(),
            },
            error => unusable(error.to_string()),
        })?;
        Ok(Self { key, validity })
    }
}
