//! The certificates that a server shows to its readers.
//!
//! They come from two files, which are looked at for changes ([`watch`]), or
//! from an authority by ACME (RFC 8555, [`acme`]). Either way the server holds
//! one [`Certificates`], whose certificate is changed while connections stay
//! open. What is broken is never taken: the one before it stays.

pub mod acme;
mod challenges;
mod files;
mod pem;
mod served;
mod validity;
mod watch;

pub use challenges::Challenges;
pub use files::CertificateFiles;
pub use pem::{CertificateError, Loaded};
pub use served::Certificates;
pub use validity::{Validity, date};
pub use watch::watch;
