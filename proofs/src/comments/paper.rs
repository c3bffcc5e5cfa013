//! A sample paper, served with as many comments as anybody likes.

use std::{path::PathBuf, time::Duration};

use anyhow::ensure;

use super::{ask, ticket};
use crate::{
    http,
    program::{Folder, Program, Server, word},
    wire::Wire,
};

/// As long as nobody takes less to write a comment.
const WRITING: Duration = Duration::from_millis(3_100);

/// The paper, until it is dropped.
pub(super) struct Paper {
    pub(super) data: PathBuf,
    pub(super) config: PathBuf,
    _folder: Folder,
}

impl Paper {
    /// With so many articles; `config` is what the server is told.
    pub(super) fn open(program: &Program, articles: u32, config: &str) -> anyhow::Result<Self> {
        let folder = Folder::new("comments")?;
        let data = folder.at("paper");
        program.run(&data, &["demo", "--articles", &articles.to_string()])?;
        let file = folder.at("warraq.toml");
        std::fs::write(&file, config)?;
        Ok(Self {
            data,
            config: file,
            _folder: folder,
        })
    }

    pub(super) fn serve(&self, program: &Program, words: &[&str]) -> anyhow::Result<Server> {
        let config = ["--config", word(&self.config), "--prepare", "off"];
        program.serve(&self.data, &[&config, words].concat())
    }
}

/// The articles under which comments may be written.
pub(super) fn open_articles(address: &str) -> anyhow::Result<Vec<String>> {
    let mut wire = Wire::to(address);
    let mut open = Vec::new();
    for part in http::locations(&http::get(address, "/sitemap.xml")?) {
        for path in http::locations(&http::get(address, &part)?) {
            if path.starts_with("/a/") && ask(&mut wire, &path, "")?.text().contains("id=\"write\"")
            {
                open.push(path);
            }
        }
    }
    ensure!(!open.is_empty(), "no article takes comments");
    Ok(open)
}

/// A ticket that is old enough.
pub(super) fn ripe_ticket(address: &str) -> anyhow::Result<String> {
    let ticket = ticket(&mut Wire::to(address))?;
    std::thread::sleep(WRITING);
    Ok(ticket)
}

/// No limits that a proof could meet.
pub(super) const UNLIMITED: &str =
    "[comments]\nfrom_range = 1000000\non_article = 1000000\nin_all = 1000000\n";
