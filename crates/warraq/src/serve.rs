//! `warraq serve`.

use std::{
    hash::{Hash as _, Hasher as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use actions::accounts::Accounts;
use anyhow::Context as _;
use clap::Args;
use credentials::Hashing;
use editorial::{
    accounts::LinkPurpose,
    audit::Actor,
    settings::{SettingsFault, check_host, check_origin},
};
use store::{Store, seal::EmailSealer};
use theme::Theme;
use tokio::{net::TcpListener, signal::unix, sync::oneshot};

use crate::{
    import::random,
    output::Output,
    paper::{Paper, now},
};

#[derive(Args)]
pub(crate) struct Serve {
    /// Address and port; port 0 takes a free one.
    #[arg(
        long,
        value_name = "ADDR",
        default_value = "127.0.0.1:8080",
        env = "WARRAQ_LISTEN"
    )]
    listen: SocketAddr,
    /// Address and port for counters and times in Prometheus's form, at /metrics;
    /// none where it is not given. They are for your own eyes: keep it on loopback
    /// or an inner network.
    #[arg(long, value_name = "ADDR", env = "WARRAQ_METRICS")]
    metrics: Option<SocketAddr>,
    /// A name the site answers to, without a port; may be given more than once.
    #[arg(long = "host", value_name = "NAME", value_parser = host)]
    hosts: Vec<String>,
    /// The site's own address in feeds and sitemaps, such as https://example.org,
    /// where the setting `origin` is empty; without it https:// and the first
    /// --host, or the address listened on.
    #[arg(long, value_name = "URL", value_parser = origin)]
    origin: Option<String>,
    /// A folder of templates that replace the built-in ones one by one.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// A network of your own proxies, such as 10.0.0.0/8, whose X-Forwarded-For
    /// and X-Forwarded-Host are believed; may be given more than once.
    #[arg(long = "trusted-proxy", value_name = "NET")]
    trusted_proxies: Vec<ipnet::IpNet>,
    /// Megabytes of compressed pages kept in memory.
    #[arg(long, value_name = "MB", default_value_t = 128, value_parser = clap::value_parser!(u64).range(1..=65_536))]
    cache: u64,
    /// Megabytes of rendered pages kept on disk, in the data folder; at most half
    /// of what is free there is taken; 0 keeps them in memory alone.
    #[arg(long, value_name = "MB", default_value_t = 16_384)]
    segments: u64,
    /// Render the archive ahead: off, gentle (a fifth of a core) or fast.
    #[arg(long, value_name = "PACE", default_value = "gentle")]
    prepare: Prepare,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Prepare {
    Off,
    Gentle,
    Fast,
}

impl Serve {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let folder = paper.folder()?.to_owned();
        let _lock = if paper.is_embedded() {
            Some(store::lock_for_serving(&folder)?)
        } else {
            None
        };
        let theme = Theme::new(self.templates.as_deref())?;
        let store = paper.open_or_make().await?;
        let (listener, address) = listen(self.listen, "--listen").await?;
        let metrics = match self.metrics {
            Some(wanted) => Some(listen(wanted, "--metrics").await?),
            None => None,
        };
        let segments = self.segments(&folder)?;
        let accounts = accounts(&store, &folder, out);
        let origin = self.origin.unwrap_or_else(|| {
            match self.hosts.iter().find(|host| !is_this_machine(host)) {
                Some(host) => format!("https://{host}"),
                None => format!("http://{address}"),
            }
        });
        let config = web::Config {
            data: folder,
            hosts: self.hosts,
            origin,
            cache_bytes_max: self.cache * 1024 * 1024,
            segments,
            trusted_proxies: self.trusted_proxies,
            accounts: accounts.clone(),
            clock: now,
        };
        let first_account = match &accounts {
            Some(accounts) => first_account(&store, accounts, address).await?,
            None => None,
        };
        let site = web::Site::start(store.clone(), theme, config).await?;
        let mut words = format!("listening on http://{address}");
        let mut document = serde_json::json!({ "listening": format!("http://{address}") });
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
        site.prepare(match self.prepare {
            Prepare::Off => web::Pace::Off,
            Prepare::Gentle => web::Pace::Gentle,
            Prepare::Fast => web::Pace::Fast,
        });
        let watched = metrics.map(|(listener, _)| {
            let (end, ended) = oneshot::channel::<()>();
            let until = async {
                let _ = ended.await;
            };
            let served = web::serve_metrics(Arc::clone(&site), listener, until);
            (end, tokio::spawn(served))
        });
        web::serve(site, listener, web::Limits::default(), asked_to_end()).await;
        // What is counted can be read until the last reader is answered.
        if let Some((end, served)) = watched {
            drop(end);
            served.await?;
        }
        store.close().await;
        Ok(())
    }
}

fn host(text: &str) -> Result<String, SettingsFault> {
    check_host(text)?;
    Ok(text.to_lowercase())
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

fn origin(text: &str) -> Result<String, SettingsFault> {
    let origin = text.strip_suffix('/').unwrap_or(text);
    check_origin(origin)?;
    Ok(origin.to_owned())
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
    address: SocketAddr,
) -> anyhow::Result<Option<String>> {
    if !store.users().await?.is_empty() {
        return Ok(None);
    }
    let token = accounts
        .make_link(LinkPurpose::FirstAccount, Actor::System, now())
        .await?;
    let token = token.to_text();
    Ok(Some(format!("http://{address}/newsroom/link/{token}")))
}

/// Lets every other thread go first. Linux counts by thread.
fn stand_back() {
    // Where it may not, passwords are hashed beside the pages.
    let _ = rustix::process::setpriority_process(None, 15);
}

impl Serve {
    fn segments(&self, data: &Path) -> anyhow::Result<Option<web::SegmentsConfig>> {
        let folder = data.join("segments");
        let free = crate::paper::free_bytes(data)?;
        let bytes_max = (self.segments * 1024 * 1024).min(free / 2);
        if bytes_max == 0 {
            return Ok(None);
        }
        Ok(Some(web::SegmentsConfig {
            folder,
            bytes_max,
            epoch: epoch(self.templates.as_deref())?,
        }))
    }
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
