//! An article page from Warraq and from nginx, the same bytes and headers, a
//! core each for server and client, in pairs.

use anyhow::Context as _;

use super::{
    load::{self, CONNECTIONS, Folder, PAIRS, SECONDS, curl},
    reader::Reader,
    varnish,
};
use crate::tools;

/// Runs the comparison and prints it.
pub(super) fn run() -> anyhow::Result<bool> {
    tools::need(
        &["nginx", "wrk", "curl", "taskset"],
        &["nginx-light", "wrk", "curl"],
    )?;
    let program = load::program()?;
    let folder = Folder::new("bench-page")?;
    let data = folder.0.join("paper");
    tools::quietly(
        std::process::Command::new(&program)
            .arg("demo")
            .arg("--data")
            .arg(&data),
    )?;
    let (own, base, _) = load::serve(&program, &data, &["--prepare", "off"], Some("0"))?;
    let page = article(&base)?;
    let web = folder.0.join("web");
    std::fs::create_dir_all(&web)?;
    let (plain, packed) = (web.join("page.html"), web.join("page.html.gz"));
    let url = format!("{base}{page}");
    curl(&[&url, "-o", &plain.to_string_lossy()])?;
    curl(&[
        "-H",
        "Accept-Encoding: gzip",
        &url,
        "-o",
        &packed.to_string_lossy(),
    ])?;
    let bytes = std::fs::metadata(&packed)?.len();
    let headers = load::headers_for_nginx(&url)?;
    let (nginx, nginx_base) =
        load::start_nginx(&folder.0, &web, &headers, 1_000, "/page.html", bytes)?;
    let pairs = load::pairs(
        || load::measure(own.id(), &url, &[]),
        || load::measure(nginx.id(), &format!("{nginx_base}/page.html"), &[]),
    )?;
    println!(
        "an article page with ticker, gzip, {bytes} bytes, {CONNECTIONS} connections, {PAIRS} pairs of {SECONDS} s; medians"
    );
    load::print(&pairs, "nginx");
    if !tools::is_here("varnishd") {
        println!("Varnish is not installed: not measured");
        return Ok(true);
    }
    let page = std::fs::read_to_string(&plain)?;
    let (_varnish, worker, varnish_url) = varnish::start(&folder.0, &web, &nginx_base, &page)?;
    let pairs = load::pairs(
        || load::measure(own.id(), &url, &[]),
        || load::measure(worker, &varnish_url, &[]),
    )?;
    load::print(&pairs, "varnish");
    Ok(true)
}

/// The article of 2017 with corrections and comments: the longest of the sample.
fn article(base: &str) -> anyhow::Result<String> {
    // «السادسة», as it stands in an address.
    let sixth = "%D8%A7%D9%84%D8%B3%D8%A7%D8%AF%D8%B3%D8%A9";
    let paths = Reader::connect(base)?.articles()?;
    paths
        .into_iter()
        .find(|path| path.contains(sixth))
        .context("the article of the sixth round is not in the sitemap")
}
