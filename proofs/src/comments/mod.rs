//! Comments, sent as browsers send them.

pub(crate) mod flood;
pub(crate) mod kill;
mod moderator;
mod paper;
pub(crate) mod promise;

use anyhow::{Context as _, ensure};
use editorial::urls::encode;

use crate::wire::{Answer, Wire};

/// A comment as it is sent.
pub(crate) struct Post<'a> {
    /// The path of the article.
    pub(crate) path: &'a str,
    pub(crate) name: &'a str,
    pub(crate) email: &'a str,
    pub(crate) text: &'a str,
    /// What tells how long its writer took.
    pub(crate) ticket: &'a str,
    /// Where a proxy says that it comes from.
    pub(crate) forwarded: Option<&'a str>,
    /// What it answers.
    pub(crate) reply_to: Option<i64>,
}

impl Post<'_> {
    /// The request, to a server at `host`.
    pub(crate) fn request(&self, host: &str) -> String {
        let reply_to = self.reply_to.map_or_else(String::new, |id| id.to_string());
        let body: Vec<String> = [
            ("name", self.name),
            ("email", self.email),
            ("text", self.text),
            ("ticket", self.ticket),
            ("reply_to", &reply_to),
        ]
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
        let body = body.join("&");
        let forwarded = self
            .forwarded
            .map_or_else(String::new, |from| format!("X-Forwarded-For: {from}\r\n"));
        format!(
            "POST {} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n{forwarded}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.path,
            body.len(),
        )
    }
}

/// A ticket of this moment.
pub(crate) fn ticket(wire: &mut Wire) -> anyhow::Result<String> {
    let answer = ask(wire, "/comments/ticket", "Sec-Fetch-Site: same-origin\r\n")?;
    let told: serde_json::Value = serde_json::from_slice(&answer.body)?;
    let ticket = told["ticket"].as_str().context("no ticket")?;
    Ok(ticket.to_owned())
}

/// Reads an address that must answer 200.
pub(crate) fn ask(wire: &mut Wire, path: &str, headers: &str) -> anyhow::Result<Answer> {
    let host = wire.address.clone();
    let answer = wire.ask(&format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n"
    ))?;
    ensure!(answer.status == 200, "{path}: {}", answer.status);
    Ok(answer)
}
