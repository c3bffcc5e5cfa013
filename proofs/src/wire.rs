//! A connection to the server that stays open, and what is answered over it.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpStream},
    time::Duration,
};

use anyhow::{Context as _, ensure};
use rustix::net::{AddressFamily, SocketType, bind, connect, socket};

/// The longest head and body that are read.
const BYTES_MAX: usize = 16 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_mins(1);

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The time of the day that the page tells, if it tells one.
    pub(crate) fn time_of_day(&self) -> Option<String> {
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

    /// The values of a header.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.head.iter().filter_map(move |line| {
            let (own, value) = line.split_once(':')?;
            own.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// A connection to the server that is opened when it is needed.
pub(crate) struct Wire {
    pub(crate) address: String,
    /// Where it comes from, on this machine; none: wherever the system says.
    from: Option<Ipv4Addr>,
    open: Option<BufReader<TcpStream>>,
}

impl Wire {
    pub(crate) fn to(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            from: None,
            open: None,
        }
    }

    /// One that comes from an address of this machine's loopback network.
    pub(crate) fn from(address: &str, from: Ipv4Addr) -> Self {
        Self {
            from: Some(from),
            ..Self::to(address)
        }
    }

    /// One request and its answer.
    pub(crate) fn ask(&mut self, request: &str) -> anyhow::Result<Answer> {
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
        let stream = match self.from {
            None => TcpStream::connect(&self.address)?,
            Some(from) => {
                let there: SocketAddr = self.address.parse()?;
                let socket = socket(AddressFamily::INET, SocketType::STREAM, None)?;
                bind(&socket, &SocketAddrV4::new(from, 0))?;
                connect(&socket, &there)?;
                TcpStream::from(socket)
            }
        };
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(BufReader::new(stream))
    }

    /// A reader's request for a page.
    pub(crate) fn read(&mut self, path: &str) -> anyhow::Result<()> {
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
