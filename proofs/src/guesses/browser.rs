//! As much of a browser as signing in takes: a connection that stays open,
//! cookies, the token of a form.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{IpAddr, TcpStream},
    time::Duration,
};

use anyhow::{Context as _, ensure};

/// The longest head and body that are read.
const BYTES_MAX: usize = 16 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_mins(1);

/// An answer.
pub(super) struct Answer {
    pub(super) status: u16,
    head: Vec<String>,
    body: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The time of the day that the page tells, if it tells one.
    pub(super) fn time_of_day(&self) -> Option<String> {
        let text = self.text();
        let is_time = |word: &[u8]| {
            word.iter().enumerate().all(|(at, byte)| match at {
                2 | 5 => *byte == b':',
                _ => byte.is_ascii_digit(),
            })
        };
        let found = text.as_bytes().windows(8).find(|word| is_time(word))?;
        Some(String::from_utf8_lossy(found).into_owned())
    }

    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.head.iter().filter_map(move |line| {
            let (own, value) = line.split_once(':')?;
            own.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// A connection to the server that is opened when it is needed.
pub(super) struct Wire {
    address: String,
    open: Option<BufReader<TcpStream>>,
}

impl Wire {
    pub(super) fn to(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            open: None,
        }
    }

    /// One request and its answer.
    pub(super) fn ask(&mut self, request: &str) -> anyhow::Result<Answer> {
        // A connection that rested may be closed by now.
        let rested = self.open.take();
        let begun = rested.and_then(|stream| begin(stream, request).ok().flatten());
        let (mut stream, head) = match begun {
            Some(begun) => begun,
            None => begin(self.connect()?, request)?.context("there is no answer")?,
        };
        let status = head.first().and_then(|line| line.split(' ').nth(1));
        let status = status.and_then(|status| status.parse().ok());
        let mut answer = Answer {
            status: status.context("the answer has no status")?,
            head,
            body: Vec::new(),
        };
        let length = answer.values("content-length").next();
        let length: usize = length.context("the answer has no length")?.parse()?;
        ensure!(length <= BYTES_MAX, "the answer is too long");
        answer.body.resize(length, 0);
        stream.read_exact(&mut answer.body)?;
        if answer.values("connection").all(|value| value != "close") {
            self.open = Some(stream);
        }
        Ok(answer)
    }

    fn connect(&self) -> anyhow::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(BufReader::new(stream))
    }

    /// A reader's request for a page.
    pub(super) fn read(&mut self, path: &str) -> anyhow::Result<()> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: gzip, br\r\n\r\n",
            self.address
        );
        let answer = self.ask(&request)?;
        ensure!(answer.status == 200, "{path}: {}", answer.status);
        Ok(())
    }
}

/// Sends a request, and reads the head of the answer; `None` where the
/// connection was closed before.
fn begin(
    mut stream: BufReader<TcpStream>,
    request: &str,
) -> anyhow::Result<Option<(BufReader<TcpStream>, Vec<String>)>> {
    stream.get_mut().write_all(request.as_bytes())?;
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 && head.is_empty() {
            return Ok(None);
        }
        ensure!(
            line.ends_with('\n') && head.len() < 200,
            "the answer has no head"
        );
        let line = line.trim_end();
        if line.is_empty() {
            return Ok(Some((stream, head)));
        }
        head.push(line.to_owned());
    }
}

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
