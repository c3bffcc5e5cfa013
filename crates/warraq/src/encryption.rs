//! TLS for `warraq serve`: the listener, the certificate and what keeps it
//! fresh, and the plain listener that leads to it.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use certificates::{
    Certificates, Challenges,
    acme::{Acme, Surroundings},
    date,
};
use tokio::{
    net::TcpListener,
    signal::unix,
    sync::{Notify, watch},
};

use crate::{
    config::tls::{AcmeKeys, TlsKeys, check_names},
    import::random,
    output::Output,
    paper::now,
};

/// Where it listens, unless told.
const LISTEN: SocketAddr = SocketAddr::V4(std::net::SocketAddrV4::new(
    std::net::Ipv4Addr::UNSPECIFIED,
    443,
));
/// How often the files of a certificate are looked at.
const LOOK: Duration = Duration::from_secs(5);
/// The wait after an authority refused for the first time.
const FIRST_WAIT: Duration = Duration::from_mins(5);

/// A listener for TLS, and all that belongs to it.
pub(crate) struct Tls {
    listener: TcpListener,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    encryption: web::Encryption,
    challenges: Challenges,
}

impl Tls {
    /// Listens, and starts what keeps the certificate fresh. `hosts` are the
    /// names of the site; those of the certificate are added to them.
    pub(crate) async fn open(
        keys: &TlsKeys,
        data: &Path,
        hosts: &mut Vec<String>,
        out: Output,
    ) -> anyhow::Result<Self> {
        let wanted = listens(keys);
        let listener = TcpListener::bind(wanted).await.with_context(|| {
            format!("{wanted} cannot be listened on; choose another with listen in [tls]")
        })?;
        let address = listener.local_addr()?;
        let certificates = Certificates::none();
        let strict = keys.hsts.strict_transport();
        let encryption = web::Encryption::new(&certificates, strict)?;
        let challenges = Challenges::default();
        let asked = Arc::new(Notify::new());
        if let Some(files) = keys.files() {
            let loaded = files.load()?;
            if loaded.validity.not_after < seconds() {
                out.note(&format!(
                    "the certificate ended on {}: put a new one in its place, it is taken within seconds",
                    date(loaded.validity.not_after)
                ));
            }
            certificates.show(loaded);
            let watched = certificates::watch(certificates, files, LOOK, Arc::clone(&asked));
            tokio::spawn(watched);
        } else if let Some(keys) = &keys.acme {
            let acme = acme(keys, data, hosts)?;
            match acme.show_kept(&certificates) {
                Ok(true) => {}
                Ok(false) => out.note(&format!(
                    "there is no certificate yet: one is asked for at {}",
                    acme.directory
                )),
                Err(error) => out.note(&format!("the certificate that is kept is left: {error}")),
            }
            let around = Surroundings {
                clock: seconds,
                random,
            };
            tokio::spawn(acme.keep(certificates, challenges.clone(), around));
        }
        tokio::spawn(told_to_look(asked));
        Ok(Self {
            listener,
            address,
            encryption,
            challenges,
        })
    }

    /// Serves over TLS here, and leads there what comes over `plain`, until
    /// `end` completes.
    pub(crate) async fn serve(
        self,
        site: Arc<web::Site>,
        plain: TcpListener,
        port: u16,
        end: impl Future<Output = ()>,
    ) {
        let (ending, _) = watch::channel(false);
        let ended = || {
            let mut asked = ending.subscribe();
            async move {
                let _ = asked.wait_for(|asked| *asked).await;
            }
        };
        let limits = web::Limits::default();
        let redirects = web::Redirects {
            port,
            challenges: self.challenges,
        };
        let other = Arc::clone(&site);
        tokio::join!(
            web::serve_encrypted(site, self.listener, self.encryption, limits, ended()),
            web::serve_redirects(other, plain, redirects, limits, ended()),
            async {
                end.await;
                ending.send_replace(true);
            }
        );
    }
}

/// Where it is to listen.
pub(crate) fn listens(keys: &TlsKeys) -> SocketAddr {
    keys.listen.map_or(LISTEN, |listen| listen.0.0)
}

/// What an authority is asked for.
fn acme(keys: &AcmeKeys, data: &Path, hosts: &mut Vec<String>) -> anyhow::Result<Acme> {
    let names: Vec<String> = if keys.names.is_empty() {
        hosts.clone()
    } else {
        keys.names.iter().map(|name| name.0.0.clone()).collect()
    };
    if names.is_empty() {
        bail!("no name for the certificate: give names in [tls.acme], or hosts");
    }
    check_names(names.iter().map(String::as_str)).map_err(|fault| anyhow::anyhow!("{fault}"))?;
    for name in &names {
        if !hosts.contains(name) {
            hosts.push(name.clone());
        }
    }
    Ok(Acme {
        directory: keys.directory.0.0.clone(),
        contact: keys.contact.as_ref().map(|contact| contact.0.0.clone()),
        names,
        root: keys.root.clone(),
        folder: data.join("tls"),
        first_wait: FIRST_WAIT,
    })
}

/// The port of an origin, as readers see it; none where it is not encrypted.
pub(crate) fn port_of(origin: &str) -> Option<u16> {
    let host = origin.strip_prefix("https://")?;
    match host.rsplit_once(':') {
        Some((_, port)) if !port.ends_with(']') => port.parse().ok(),
        _ => Some(443),
    }
}

/// Looks at the files at once when the process is hung up on (`systemctl
/// reload`); with an authority that does nothing.
async fn told_to_look(asked: Arc<Notify>) {
    let Ok(mut hangups) = unix::signal(unix::SignalKind::hangup()) else {
        return;
    };
    while hangups.recv().await.is_some() {
        asked.notify_one();
    }
}

/// Seconds since 1970.
pub(crate) fn seconds() -> i64 {
    now().0.div_euclid(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::port_of;

    #[test]
    fn readers_see_the_port_of_the_origin() {
        for (origin, expect) in [
            ("https://news.example", Some(443)),
            ("https://news.example:8443", Some(8443)),
            ("https://[::1]", Some(443)),
            ("https://[::1]:8443", Some(8443)),
            ("http://news.example", None),
        ] {
            assert_eq!(port_of(origin), expect, "{origin}");
        }
    }
}
