//! A moderator on this machine, signed in, who looks at the queue.

use std::{
    io::Write as _,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use editorial::urls::encode;

use crate::{
    program::Program,
    wire::{Answer, Wire},
};

const ADDRESS: &str = "moderator@paper.example";
const PASSWORD: &str = "قطار أزرق في محطة القمح";

/// Makes the account.
pub(super) fn add(program: &Program, data: &Path) -> anyhow::Result<()> {
    let words = [
        "user",
        "add",
        ADDRESS,
        "--name",
        "مشرفة",
        "--role",
        "moderator",
    ];
    let mut added = program
        .command(data, &words)
        .stdin(Stdio::piped())
        .spawn()?;
    let mut input = added.stdin.take().context("the input is piped")?;
    writeln!(input, "{PASSWORD}")?;
    drop(input);
    let added = added.wait_with_output()?;
    let errors = String::from_utf8_lossy(&added.stderr);
    ensure!(added.status.success(), "no account was made: {errors}");
    Ok(())
}

/// A browser with its cookies.
pub(super) struct Moderator {
    wire: Wire,
    cookies: Vec<String>,
}

impl Moderator {
    pub(super) fn sign_in(address: &str) -> anyhow::Result<Self> {
        let mut own = Self {
            wire: Wire::to(address),
            cookies: Vec::new(),
        };
        let door = own.ask("GET", "/newsroom/sign-in", "")?;
        let text = door.text();
        let (_, rest) = text
            .split_once("name=\"form\" value=\"")
            .context("the page has no form")?;
        let form: String = rest.chars().take(43).collect();
        let body = format!(
            "form={form}&address={}&password={}",
            encode(ADDRESS),
            encode(PASSWORD)
        );
        let entered = own.ask("POST", "/newsroom/sign-in", &body)?;
        ensure!(entered.status == 303, "not signed in: {}", entered.status);
        Ok(own)
    }

    /// How long the queue takes.
    pub(super) fn looks(&mut self) -> anyhow::Result<Duration> {
        let began = Instant::now();
        let queue = self.ask("GET", "/newsroom/comments", "")?;
        ensure!(
            queue.status == 200 && queue.text().contains("name=\"comment\""),
            "the queue: {}",
            queue.status
        );
        Ok(began.elapsed())
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> anyhow::Result<Answer> {
        let host = self.wire.address.clone();
        let cookies = self.cookies.join("; ");
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookies}\r\n");
        if method == "POST" {
            request.push_str(&format!(
                "Origin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                body.len()
            ));
        }
        let answer = self.wire.ask(&format!("{request}\r\n{body}"))?;
        for line in answer.values("set-cookie") {
            let pair = line.split(';').next().unwrap_or_default();
            let name = pair.split('=').next().unwrap_or_default();
            self.cookies
                .retain(|own| !own.starts_with(&format!("{name}=")));
            self.cookies.push(pair.to_owned());
        }
        Ok(answer)
    }
}
