//! The sections `[tls]`, `[tls.hsts]` and `[tls.acme]`: encryption by this
//! program itself, with a certificate from two files or from an authority.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
};

use certificates::{CertificateError, CertificateFiles, Loaded};
use serde::Deserialize;

use super::{
    Fault,
    values::{Address, Host, Text},
};

/// Days that browsers may be told to keep to https, at the most.
const DAYS_MAX: u32 = 3_650;
/// Days that the list of browsers asks for at the least.
const PRELOAD_DAYS: u32 = 365;

/// The section `[tls]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TlsKeys {
    /// Where it is served over TLS.
    pub(crate) listen: Option<Text<Address>>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    #[serde(default)]
    pub(crate) hsts: HstsKeys,
    pub(crate) acme: Option<AcmeKeys>,
}

/// The section `[tls.hsts]`.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct HstsKeys {
    days: Option<u32>,
    subdomains: bool,
    preload: bool,
}

/// The section `[tls.acme]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcmeKeys {
    pub(crate) directory: Text<DirectoryUrl>,
    pub(crate) contact: Option<Text<Contact>>,
    /// None: those of the site.
    #[serde(default)]
    pub(crate) names: Vec<Text<Host>>,
    #[serde(default)]
    accept_terms: bool,
    pub(crate) root: Option<PathBuf>,
}

/// The address of an authority's directory.
#[derive(Clone, Debug)]
pub(crate) struct DirectoryUrl(pub(crate) String);

impl FromStr for DirectoryUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text.strip_prefix("https://").unwrap_or_default();
        if rest.is_empty() || text.contains(char::is_whitespace) {
            return Err(
                "give the https:// address of the authority's directory, such as https://acme-v02.api.letsencrypt.org/directory",
            );
        }
        Ok(Self(text.to_owned()))
    }
}

/// An address of e-mail that the authority may write to.
#[derive(Clone, Debug)]
pub(crate) struct Contact(pub(crate) String);

impl FromStr for Contact {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix("mailto:") {
            Some(address) if address.contains('@') => Ok(Self(text.to_owned())),
            _ => Err("give an address such as mailto:desk@news.example"),
        }
    }
}

impl HstsKeys {
    /// What browsers are told.
    pub(crate) fn strict_transport(self) -> web::StrictTransport {
        let default = web::StrictTransport::default();
        web::StrictTransport {
            days: self.days.unwrap_or(default.days),
            subdomains: self.subdomains,
            preload: self.preload,
        }
    }
}

impl TlsKeys {
    /// Puts `folder` before paths that are not absolute.
    pub(super) fn start_at(&mut self, folder: &Path) {
        let root = self.acme.as_mut().and_then(|acme| acme.root.as_mut());
        for path in [self.certificate.as_mut(), self.key.as_mut(), root]
            .into_iter()
            .flatten()
        {
            *path = folder.join(&*path);
        }
    }

    /// The two files, where the certificate does not come from an authority.
    pub(crate) fn files(&self) -> Option<CertificateFiles> {
        Some(CertificateFiles {
            certificate: self.certificate.clone()?,
            key: self.key.clone()?,
        })
    }

    /// What can be seen without serving; the certificate that stands in files.
    pub(super) fn check(&self, hosts: &[Text<Host>]) -> Result<Option<Loaded>, Fault> {
        self.hsts.check()?;
        match (&self.certificate, &self.key, &self.acme) {
            (Some(_), Some(_), None) => {}
            (None, None, Some(acme)) => {
                acme.check(hosts)?;
                return Ok(None);
            }
            (Some(_), None, None) => return Err(Fault::at("tls", "give the key beside it")),
            (None, Some(_), None) => {
                return Err(Fault::at("tls", "give the certificate beside its key"));
            }
            (None, None, None) => {
                return Err(Fault::at(
                    "tls",
                    "give certificate and key, or an authority in [tls.acme]",
                ));
            }
            (.., Some(_)) => {
                return Err(Fault::at(
                    "tls.acme",
                    "give either files or an authority, not both",
                ));
            }
        }
        let Some(files) = self.files() else {
            return Ok(None);
        };
        files.load().map(Some).map_err(|error| {
            let of_key = match &error {
                CertificateError::OpenKey { .. } | CertificateError::NoKey(_) => true,
                CertificateError::Unreadable { path, .. } => {
                    *path == files.key.display().to_string()
                }
                _ => false,
            };
            let key = if of_key { "tls.key" } else { "tls.certificate" };
            Fault::at(key, &error.to_string())
        })
    }
}

impl HstsKeys {
    fn check(self) -> Result<(), Fault> {
        let days = self.strict_transport().days;
        if days > DAYS_MAX {
            let words = format!("give at most {DAYS_MAX} days");
            return Err(Fault::at("tls.hsts.days", &words));
        }
        if self.preload && (!self.subdomains || days < PRELOAD_DAYS) {
            return Err(Fault::at(
                "tls.hsts.preload",
                "the list of browsers takes a site for a year or more and with all its subdomains alone: set days and subdomains as well",
            ));
        }
        Ok(())
    }
}

impl AcmeKeys {
    fn check(&self, hosts: &[Text<Host>]) -> Result<(), Fault> {
        if !self.accept_terms {
            return Err(Fault::at(
                "tls.acme",
                "read the terms of the authority, and set accept_terms = true if you agree",
            ));
        }
        if let Some(root) = self.root.as_ref().filter(|root| !root.is_file()) {
            let words = format!("there is no file {}", root.display());
            return Err(Fault::at("tls.acme.root", &words));
        }
        let names = if self.names.is_empty() {
            hosts
        } else {
            &self.names
        };
        check_names(names.iter().map(|name| &*name.0.0))
    }
}

/// Whether a certificate may be asked for these names. (None may come from the
/// command line still.)
pub(crate) fn check_names<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), Fault> {
    let mut count = 0;
    for name in names {
        count += 1;
        let is_address = name.parse::<std::net::IpAddr>().is_ok();
        if is_address || !name.contains('.') || count > certificates::acme::NAMES_MAX {
            let words = format!(
                "give at most {} names such as news.example; {name} cannot be one of them",
                certificates::acme::NAMES_MAX
            );
            return Err(Fault::at("tls.acme", &words));
        }
    }
    Ok(())
}
