//! A reader on one connection, and the articles that a paper's sitemap names.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
};

use anyhow::{Context as _, ensure};

/// A reader whose connection stays open.
pub(super) struct Reader {
    write: TcpStream,
    read: BufReader<TcpStream>,
}

/// What a reader was answered.
pub(super) struct Answer {
    /// The first line.
    pub(super) status: String,
    /// Where the page moved to.
    pub(super) location: Option<String>,
    /// The body as it was sent.
    pub(super) body: Vec<u8>,
}

impl Reader {
    /// A reader of the paper at `base`, `http://ADDRESS`.
    pub(super) fn connect(base: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(base.strip_prefix("http://").context("an address")?)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            write: stream.try_clone()?,
            read: BufReader::with_capacity(64 * 1024, stream),
        })
    }

    /// Asks for `path`, in `encoding` if one is named.
    pub(super) fn get(&mut self, path: &str, encoding: &str) -> anyhow::Result<Answer> {
        self.write.write_all(
            format!(
                "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {encoding}\r\n\r\n"
            )
            .as_bytes(),
        )?;
        let (mut status, mut location, mut length) = (String::new(), None, 0);
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            ensure!(self.read.read_line(&mut line)? > 0, "the server closed");
            if status.is_empty() {
                line.trim_end().clone_into(&mut status);
            } else if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse()?;
            } else if let Some(value) = line.strip_prefix("location: ") {
                location = Some(value.trim().to_owned());
            }
        }
        let mut body = vec![0; length];
        self.read.read_exact(&mut body)?;
        Ok(Answer {
            status,
            location,
            body,
        })
    }

    /// Whether the page at `path` holds `text`.
    pub(super) fn shows(&mut self, path: &str, text: &str) -> anyhow::Result<bool> {
        let answer = self.get(path, "identity")?;
        Ok(String::from_utf8_lossy(&answer.body).contains(text))
    }

    /// The addresses of all articles.
    pub(super) fn articles(&mut self) -> anyhow::Result<Vec<String>> {
        let locations = |body: &[u8]| -> Vec<String> {
            let text = String::from_utf8_lossy(body);
            let found = text.match_indices("<loc>").filter_map(|(at, opening)| {
                let whole = text[at + opening.len()..].split("</loc>").next()?;
                Some(whole.to_owned())
            });
            found.collect()
        };
        let maps = locations(&self.get("/sitemap.xml", "identity")?.body).len();
        let mut paths = Vec::new();
        for number in 0..maps {
            let map = self.get(&format!("/sitemap/{number}.xml"), "identity")?;
            let found = locations(&map.body);
            paths.extend(found.iter().filter_map(|url| {
                let at = url.find("/a/")?;
                Some(url[at..].to_owned())
            }));
        }
        ensure!(!paths.is_empty(), "the sitemap names no article");
        Ok(paths)
    }
}
