//! As much of a browser as signing in takes: cookies, the token of a form.

use std::net::IpAddr;

use anyhow::{Context as _, ensure};

use crate::wire::{Answer, Wire};

/// A browser behind a proxy that tells its address and that it came encrypted.
#[derive(Clone)]
pub(super) struct Browser {
    host: String,
    from: IpAddr,
    cookies: Vec<(String, String)>,
    form: String,
}

impl Browser {
    /// One that has opened the page at which one signs in.
    pub(super) fn at_the_door(wire: &mut Wire, from: IpAddr) -> anyhow::Result<Self> {
        let mut browser = Self {
            host: wire.address.clone(),
            from,
            cookies: Vec::new(),
            form: String::new(),
        };
        browser.open_the_door(wire)?;
        Ok(browser)
    }

    fn open_the_door(&mut self, wire: &mut Wire) -> anyhow::Result<()> {
        let request = format!("GET {}\r\n", self.head(self.from));
        let answer = wire.ask(&request)?;
        ensure!(
            answer.status == 200,
            "no page to sign in: {}",
            answer.status
        );
        self.keep_cookies(&answer);
        let text = answer.text();
        let mark = "name=\"form\" value=\"";
        let (_, rest) = text.split_once(mark).context("the page has no form")?;
        self.form = rest.chars().take(43).collect();
        Ok(())
    }

    /// Signs in; whether it came in, or what it was told.
    pub(super) fn sign_in(
        &mut self,
        wire: &mut Wire,
        address: &str,
        password: &str,
    ) -> anyhow::Result<Answer> {
        let answer = wire.ask(&self.try_from(self.from, address, password))?;
        self.keep_cookies(&answer);
        Ok(answer)
    }

    /// The same browser later: signed out, and at the door again.
    pub(super) fn comes_again(&self, wire: &mut Wire) -> anyhow::Result<Self> {
        let mut again = self.clone();
        again.cookies.retain(|(name, _)| !name.contains("session"));
        again.open_the_door(wire)?;
        Ok(again)
    }

    /// The request of a try, from an address in the browser's range.
    pub(super) fn try_from(&self, from: IpAddr, address: &str, password: &str) -> String {
        let body: Vec<String> = [
            ("form", &*self.form),
            ("address", address),
            ("password", password),
        ]
        .iter()
        .map(|(name, value)| format!("{name}={}", editorial::urls::encode(value)))
        .collect();
        let body = body.join("&");
        format!(
            "POST {}Origin: https://{}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.head(from),
            self.host,
            body.len(),
        )
    }

    fn head(&self, from: IpAddr) -> String {
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!(
            "/newsroom/sign-in HTTP/1.1\r\nHost: {}\r\nX-Forwarded-For: {from}\r\nX-Forwarded-Proto: https\r\nCookie: {}\r\n",
            self.host,
            pairs.join("; ")
        )
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for line in answer.values("set-cookie") {
            let Some((name, rest)) = line.split_once('=') else {
                continue;
            };
            self.cookies.retain(|(own, _)| own != name);
            if !line.contains("Max-Age=0") {
                let value = rest.split(';').next().unwrap_or_default();
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}
