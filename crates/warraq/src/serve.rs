//! `warraq serve`.

use std::{
    hash::{Hash as _, Hasher as _},
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
    path::{Path, PathBuf},
    sync::Arc,
};

use actions::accounts::{Accounts, WAITS};
use anyhow::Context as _;
use clap::Args;
use credentials::Hashing;
use editorial::{accounts::LinkPurpose, audit::Actor};
use mail::Mailer;
use store::{Store, seal::EmailSealer};
use theme::Theme;
use tokio::{net::TcpListener, signal::unix, sync::oneshot};

use crate::{
    config::{
        CacheMegabytes, ConfigFile, SegmentMegabytes,
        tls::TlsKeys,
        values::{Address, Host, Network, Origin, Prepare, Text},
    },
    encryption::{self, Tls},
    import::random,
    output::Output,
    paper::{Paper, now},
};

/// Where it listens, unless told.
pub(crate) const LISTEN: SocketAddr = SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 8080));
/// Memory for pages, unless told.
const CACHE_BYTES: u64 = 128 * 1024 * 1024;
/// Disk for pages, unless told.
const SEGMENTS_BYTES: u64 = 16 * 1024 * 1024 * 1024;

#[derive(Args)]
pub(crate) struct Serve {
    /// A file of settings for the server; what is given here or in the
    /// environment wins over it. `warraq config check FILE` looks through it.
    #[arg(long, value_name = "FILE", env = "WARRAQ_CONFIG")]
    config: Option<PathBuf>,
    /// Address and port; port 0 takes a free one. [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR", env = "WARRAQ_LISTEN")]
    listen: Option<Address>,
    /// Address and port for counters and times in Prometheus's form, at /metrics;
    /// none where it is not given. They are for your own eyes: keep it on loopback
    /// or an inner network.
    #[arg(long, value_name = "ADDR", env = "WARRAQ_METRICS")]
    metrics: Option<Address>,
    /// A name the site answers to, without a port; may be given more than once.
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<Host>,
    /// The site's own address in feeds and sitemaps, such as https://example.org,
    /// where the setting `origin` is empty; without it https:// and the first
    /// --host, or the address listened on.
    #[arg(long, value_name = "URL")]
    origin: Option<Origin>,
    /// A folder of templates that replace the built-in ones one by one.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// A network of your own proxies, such as 10.0.0.0/8, whose X-Forwarded-For
    /// and X-Forwarded-Host are believed; may be given more than once.
    #[arg(long = "trusted-proxy", value_name = "NET")]
    trusted_proxies: Vec<Network>,
    /// Megabytes of compressed pages kept in memory. [default: 128]
    #[arg(long, value_name = "MB")]
    cache: Option<CacheMegabytes>,
    /// Megabytes of rendered pages kept on disk, in the data folder; at most half
    /// of what is free there is taken; 0 keeps them in memory alone. [default: 16384]
    #[arg(long, value_name = "MB")]
    segments: Option<SegmentMegabytes>,
    /// Render the archive ahead: off, gentle (a fifth of a core) or fast.
    /// [default: gentle]
    #[arg(long, value_name = "PACE")]
    prepare: Option<Prepare>,
}

/// The options with what the file says where none is given, and what is where
/// neither says anything.
struct Options {
    listen: SocketAddr,
    metrics: Option<SocketAddr>,
    hosts: Vec<String>,
    origin: Option<String>,
    templates: Option<PathBuf>,
    trusted_proxies: Vec<ipnet::IpNet>,
    cache_bytes_max: u64,
    segments_bytes_max: u64,
    prepare: web::Pace,
    comments: web::CommentLimits,
    mail: Option<Mailer>,
    tls: Option<TlsKeys>,
}

impl Serve {
    fn options(self) -> anyhow::Result<Options> {
        let file = match &self.config {
            Some(path) => ConfigFile::read(path)?,
            None => ConfigFile::default(),
        };
        let listen = self.listen.or(file.listen.map(|text| text.0));
        let metrics = self.metrics.or(file.metrics.map(|text| text.0));
        let origin = self.origin.or(file.origin.map(|text| text.0));
        let cache = self.cache.or(file.cache);
        let segments = self.segments.or(file.segments);
        let prepare = self.prepare.or(file.prepare.map(|text| text.0));
        let prepare = match prepare.unwrap_or(Prepare::Gentle) {
            Prepare::Off => web::Pace::Off,
            Prepare::Gentle => web::Pace::Gentle,
            Prepare::Fast => web::Pace::Fast,
        };
        let hosts = first_given(self.hosts, file.hosts);
        let proxies = first_given(self.trusted_proxies, file.trusted_proxies);
        Ok(Options {
            listen: listen.map_or(LISTEN, |address| address.0),
            metrics: metrics.map(|address| address.0),
            hosts: hosts.into_iter().map(|host| host.0).collect(),
            origin: origin.map(|origin| origin.0),
            templates: self.templates.or(file.templates),
            trusted_proxies: proxies.into_iter().map(|network| network.0).collect(),
            cache_bytes_max: cache.map_or(CACHE_BYTES, CacheMegabytes::bytes),
            segments_bytes_max: segments.map_or(SEGMENTS_BYTES, SegmentMegabytes::bytes),
            prepare,
            comments: file.comments.limits(),
            mail: file.mail.map(|mail| mail.mailer()).transpose()?,
            tls: file.tls,
        })
    }
}

/// A list that is given as options stands for that of the file.
fn first_given<T>(options: Vec<T>, file: Vec<Text<T>>) -> Vec<T> {
    if options.is_empty() {
        file.into_iter().map(|text| text.0).collect()
    } else {
        options
    }
}

impl Serve {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let mut options = self.options()?;
        let folder = paper.folder()?.to_owned();
        let _lock = if paper.is_embedded() {
            Some(store::lock_for_serving(&folder)?)
        } else {
            None
        };
        let theme = Theme::new(options.templates.as_deref())?;
        let store = paper.open_or_make().await?;
        let (listener, address) = listen(options.listen, "--listen").await?;
        let metrics = match options.metrics {
            Some(wanted) => Some(listen(wanted, "--metrics").await?),
            None => None,
        };
        let segments = segments(&options, &folder)?;
        let accounts = accounts(&store, &folder, out);
        let tls = match &options.tls {
            Some(keys) => Some(Tls::open(keys, &folder, &mut options.hosts, out).await?),
            None => None,
        };
        let encrypted = tls.as_ref().map(|tls| tls.address);
        let origin = origin(options.origin, &options.hosts, address, encrypted);
        let port = encryption::port_of(&origin);
        let (accounts, outbox) = match (accounts, options.mail) {
            (Some(accounts), Some(mailer)) => {
                let (accounts, outbox) = accounts.with_letters(mailer, origin.clone());
                (Some(accounts), Some(outbox))
            }
            (accounts, _) => (accounts, None),
        };
        let (own, plain) = match &tls {
            Some(tls) => (format!("https://{}", tls.address), Some(address)),
            None => (format!("http://{address}"), None),
        };
        // Whoever follows it gets a certificate for that name.
        let first_link = if tls.is_some() { &origin } else { &own }.clone();
        let config = web::Config {
            data: folder,
            hosts: options.hosts,
            origin,
            cache_bytes_max: options.cache_bytes_max,
            segments,
            trusted_proxies: options.trusted_proxies,
            searches: web::Searches::default(),
            comments: options.comments,
            accounts: accounts.clone(),
            clock: now,
        };
        let first_account = match &accounts {
            Some(accounts) => first_account(&store, accounts, &first_link).await?,
            None => None,
        };
        let site = web::Site::start(store.clone(), theme, config).await?;
        let mut words = format!("listening on {own}");
        let mut document = serde_json::json!({ "listening": own });
        if let Some(address) = plain {
            words.push_str(&format!("\nreaders of http://{address} are led there"));
            document["plain"] = format!("http://{address}").into();
        }
        if let Some((_, address)) = &metrics {
            words.push_str(&format!("\nmetrics at http://{address}/metrics"));
            document["metrics"] = format!("http://{address}/metrics").into();
        }
        if let Some(link) = first_account {
            words.push_str(&format!(
                "\nthe newsroom has no account yet; make the first one within a day at {link}"
            ));
            document["first_account"] = link.into();
        }
        out.result(&words, &document);
        site.prepare(options.prepare);
        let watched = metrics.map(|(listener, _)| {
            let (end, ended) = oneshot::channel::<()>();
            let until = async {
                let _ = ended.await;
            };
            let served = web::serve_metrics(Arc::clone(&site), listener, until);
            (end, tokio::spawn(served))
        });
        let letters = outbox.map(|outbox| {
            let (end, ended) = oneshot::channel::<()>();
            let until = async {
                let _ = ended.await;
            };
            (end, tokio::spawn(outbox.run(now, &WAITS, until)))
        });
        match tls {
            Some(tls) => {
                let port = port.unwrap_or(tls.address.port());
                tls.serve(site, listener, port, asked_to_end()).await;
            }
            None => web::serve(site, listener, web::Limits::default(), asked_to_end()).await,
        }
        // What was not sent is noted before the store is closed.
        if let Some((end, sent)) = letters {
            drop(end);
            sent.await?;
        }
        // What is counted can be read until the last reader is answered.
        if let Some((end, served)) = watched {
            drop(end);
            served.await?;
        }
        store.close().await;
        Ok(())
    }
}

/// The site's own address, where the newsroom has set none.
pub(crate) fn origin(
    given: Option<String>,
    hosts: &[String],
    plain: SocketAddr,
    encrypted: Option<SocketAddr>,
) -> String {
    given.unwrap_or_else(|| {
        let host = hosts.iter().find(|host| !is_this_machine(host));
        // Without TLS of our own, a proxy has its usual port.
        match (host, encrypted) {
            (Some(host), Some(own)) if own.port() != 443 => {
                format!("https://{host}:{}", own.port())
            }
            (Some(host), _) => format!("https://{host}"),
            (None, Some(own)) => format!("https://{own}"),
            (None, None) => format!("http://{plain}"),
        }
    })
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

async fn listen(wanted: SocketAddr, option: &str) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(wanted)
        .await
        .with_context(|| format!("{wanted} cannot be listened on; choose another with {option}"))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// What the newsroom stands on; nothing where the keys are elsewhere: readers
/// are served all the same.
fn accounts(store: &Store, folder: &Path, out: Output) -> Option<Accounts> {
    let sealer = match EmailSealer::open(&folder.join("keys"), random) {
        Ok(sealer) => Arc::new(sealer),
        Err(error) => {
            out.note(&format!("nobody can sign in: {error}"));
            return None;
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let hashing = Hashing::start(cores.div_ceil(4), random(), stand_back);
    Some(Accounts::new(store.clone(), sealer, hashing, random))
}

/// A link to the first account, while there is none.
async fn first_account(
    store: &Store,
    accounts: &Accounts,
    own: &str,
) -> anyhow::Result<Option<String>> {
    if !store.users().await?.is_empty() {
        return Ok(None);
    }
    let token = accounts
        .make_link(LinkPurpose::FirstAccount, Actor::System, now())
        .await?;
    let token = token.to_text();
    Ok(Some(format!("{own}/newsroom/link/{token}")))
}

/// Lets every other thread go first. Linux counts by thread.
fn stand_back() {
    // Where it may not, passwords are hashed beside the pages.
    let _ = rustix::process::setpriority_process(None, 15);
}

fn segments(options: &Options, data: &Path) -> anyhow::Result<Option<web::SegmentsConfig>> {
    let folder = data.join("segments");
    let free = crate::paper::free_bytes(data)?;
    let bytes_max = options.segments_bytes_max.min(free / 2);
    if bytes_max == 0 {
        return Ok(None);
    }
    Ok(Some(web::SegmentsConfig {
        folder,
        bytes_max,
        epoch: epoch(options.templates.as_deref())?,
    }))
}

/// Another number for each build of the program and each set of templates:
/// a page is rendered from both.
fn epoch(templates: Option<&Path>) -> anyhow::Result<u64> {
    let mut hash = std::hash::DefaultHasher::new();
    std::fs::read("/proc/self/exe")
        .context("the program's own file cannot be read")?
        .hash(&mut hash);
    if let Some(folder) = templates {
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .with_context(|| {
                format!(
                    "{} cannot be read: give a folder of templates",
                    folder.display()
                )
            })?
            .map(|file| file.map(|file| file.path()))
            .collect::<Result<_, _>>()?;
        files.sort();
        for path in files.iter().filter(|path| path.is_file()) {
            path.file_name().hash(&mut hash);
            std::fs::read(path)?.hash(&mut hash);
        }
    }
    Ok(hash.finish())
}

async fn asked_to_end() {
    let Ok(mut terminate) = unix::signal(unix::SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
