//! As much of HTTP as reading a page from our own server takes.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use anyhow::{Context as _, ensure};

/// The longest answer that is read.
const ANSWER_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// The body of a page at `address`, which must answer 200.
pub(crate) fn get(address: &str, path: &str) -> anyhow::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer)?;
    let end = answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .with_context(|| format!("{path}: no answer"))?;
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    ensure!(
        head.starts_with("http/1.1 200"),
        "{path}: {}",
        head.lines().next().unwrap_or("")
    );
    ensure!(
        !head.contains("transfer-encoding: chunked"),
        "{path}: in chunks, which are not read here"
    );
    Ok(answer.split_off(end + 4))
}

/// The paths of every `<loc>` in a sitemap, whatever origin it names.
pub(crate) fn locations(sitemap: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(sitemap);
    text.split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
        .filter_map(|url| url.split_once("://"))
        .map(|(_, rest)| {
            rest.find('/')
                .map_or("/".to_owned(), |at| rest[at..].to_owned())
        })
        .collect()
}
