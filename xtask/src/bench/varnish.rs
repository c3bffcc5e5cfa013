//! The same page from Varnish, which joins it by ESI: the whole with an include
//! in place of the ticker, from the nginx that stands beside it.

use std::{
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, ensure};

use super::load::{Process, curl};

/// Splits `page` at its ticker into the files `varnish.html` and `ticker.html`
/// of `web`, which nginx serves at `backend`, and starts Varnish over them on the
/// first core. Returns the process, that of its worker, and the page's address.
pub(super) fn start(
    folder: &Path,
    web: &Path,
    backend: &str,
    page: &str,
) -> anyhow::Result<(Process, u32, String)> {
    let (before, rest) = page.split_once("<aside").context("the page has a ticker")?;
    let (ticker, after) = rest.split_once("</aside>").context("the ticker ends")?;
    std::fs::write(
        web.join("varnish.html"),
        format!("{before}<esi:include src=\"/ticker.html\"/>{after}"),
    )?;
    std::fs::write(web.join("ticker.html"), format!("<aside{ticker}</aside>"))?;
    let backend_port = backend.rsplit(':').next().context("nginx has a port")?;
    let rules = folder.join("page.vcl");
    std::fs::write(
        &rules,
        format!(
            "vcl 4.1;\nbackend default {{ .host = \"127.0.0.1\"; .port = \"{backend_port}\"; }}\n\
             sub vcl_backend_response {{ set beresp.do_esi = true; set beresp.do_gzip = true; set beresp.ttl = 1h; return (deliver); }}\n"
        ),
    )?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let child = Command::new("taskset")
        .args(["-c", "0", "varnishd", "-F", "-j", "none", "-T", "none"])
        .args(["-p", "thread_pools=1", "-s", "malloc,64m", "-a"])
        .arg(format!("127.0.0.1:{port}"))
        .arg("-n")
        .arg(folder.join("varnish"))
        .arg("-f")
        .arg(&rules)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let process = Process(child);
    let url = format!("http://127.0.0.1:{port}/varnish.html");
    for _ in 0..200 {
        if let Ok(answer) = curl(&["-f", "--compressed", &url]) {
            ensure!(answer == page, "Varnish answers with another page");
            let worker = worker_of(process.id())?;
            return Ok((process, worker, url));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    anyhow::bail!("Varnish does not start")
}

/// The child that serves; it ends by itself once its parent is gone.
fn worker_of(parent: u32) -> anyhow::Result<u32> {
    let children = std::fs::read_to_string(format!("/proc/{parent}/task/{parent}/children"))?;
    let first = children.split_whitespace().next();
    Ok(first.context("Varnish has no worker")?.parse()?)
}
