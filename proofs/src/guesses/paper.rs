//! A sample paper with accounts, served behind a proxy that is trusted.

use std::{io::Write as _, process::Stdio, sync::Arc};

use anyhow::{Context as _, ensure};

use super::flood::account;
use crate::{
    http,
    program::{Folder, Program, Server},
    wire::Wire,
};

pub(super) const PASSWORD: &str = "قطار أزرق في محطة القمح";
/// Somebody at whose account nobody guesses.
pub(super) const COLLEAGUE: &str = "colleague@paper.example";

/// The paper, until it is dropped.
pub(super) struct Paper {
    server: Server,
    metrics: String,
    _folder: Folder,
}

impl Paper {
    /// With as many accounts, and one more.
    pub(super) fn open(program: &Program, accounts: u32) -> anyhow::Result<Self> {
        let folder = Folder::new("guesses")?;
        let data = folder.at("paper");
        program.run(&data, &["demo"])?;
        let addresses = (0..accounts).map(account).chain([COLLEAGUE.to_owned()]);
        for address in addresses {
            let words = [
                "user",
                "add",
                &address,
                "--name",
                "كاتبة",
                "--role",
                "reporter",
            ];
            let mut added = program
                .command(&data, &words)
                .stdin(Stdio::piped())
                .spawn()?;
            let mut input = added.stdin.take().context("the input is piped")?;
            writeln!(input, "{PASSWORD}")?;
            drop(input);
            let added = added.wait_with_output()?;
            let errors = String::from_utf8_lossy(&added.stderr);
            ensure!(added.status.success(), "no account was made: {errors}");
        }
        let (server, metrics) =
            program.serve_watched(&data, &["--trusted-proxy", "127.0.0.0/8"])?;
        Ok(Self {
            server,
            metrics,
            _folder: folder,
        })
    }

    pub(super) fn address(&self) -> &str {
        &self.server.address
    }

    pub(super) fn wire(&self) -> Wire {
        Wire::to(&self.server.address)
    }

    /// Passwords that the server has hashed so far.
    pub(super) fn hashes(&self) -> anyhow::Result<u64> {
        let told = http::get(&self.metrics, "/metrics")?;
        let told = String::from_utf8_lossy(&told);
        let count = told
            .lines()
            .find_map(|line| line.strip_prefix("warraq_password_hashes_total "));
        Ok(count.context("hashes are not counted")?.parse()?)
    }

    /// The home page and all articles, each read once.
    pub(super) fn pages(&self) -> anyhow::Result<Arc<Vec<String>>> {
        let mut pages = vec!["/".to_owned()];
        let index = http::get(&self.server.address, "/sitemap.xml")?;
        for part in http::locations(&index) {
            pages.extend(http::locations(&http::get(&self.server.address, &part)?));
        }
        let mut wire = self.wire();
        for path in &pages {
            wire.read(path)?;
        }
        Ok(Arc::new(pages))
    }
}
