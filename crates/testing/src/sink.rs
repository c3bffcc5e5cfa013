//! A mail server on loopback that delivers nothing: it speaks enough SMTP
//! (RFC 5321) to be sent letters, keeps them, and refuses when it is told to.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::TcpListener,
    sync::watch,
    task::JoinHandle,
};

/// How long a test waits for a letter.
const WAIT_MAX: Duration = Duration::from_secs(20);

/// A connection, plain or not.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Makes a connection an encrypted one.
pub type Upgrade = Arc<
    dyn Fn(Box<dyn Stream>) -> Pin<Box<dyn Future<Output = io::Result<Box<dyn Stream>>> + Send>>
        + Send
        + Sync,
>;

/// When connections are encrypted.
#[derive(Clone, Default)]
pub enum Encryption {
    /// Never.
    #[default]
    Never,
    /// From the first byte.
    AtOnce(Upgrade),
    /// When the client asks for it.
    WhenAsked(Upgrade),
}

/// What the server does with letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes them.
    Takes,
    /// Answers so to whom they are for, repeating the address as servers do.
    Refuses(u16),
    /// Answers nothing.
    Silent,
}

/// A letter as it came.
#[derive(Clone, Debug)]
pub struct Caught {
    /// Whom the envelope says it is for.
    pub to: Vec<String>,
    /// Head and body.
    pub data: String,
    /// What the client showed to be let in, as it came over the line.
    pub login: Option<String>,
}

/// The server. It ends when it is dropped.
pub struct Sink {
    address: SocketAddr,
    state: Arc<State>,
    serving: JoinHandle<()>,
}

struct State {
    letters: watch::Sender<Vec<Caught>>,
    mood: Mutex<Mood>,
    encryption: Encryption,
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Sink {
    /// Starts a plain one.
    pub async fn open() -> Self {
        Self::encrypted(Encryption::Never).await
    }

    /// Starts one.
    pub async fn encrypted(encryption: Encryption) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("known");
        let state = Arc::new(State {
            letters: watch::Sender::new(Vec::new()),
            mood: Mutex::new(Mood::Takes),
            encryption,
        });
        let kept = Arc::clone(&state);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&kept);
                tokio::spawn(async move {
                    // A client may go away at any moment.
                    let _ = converse(Box::new(stream), &state).await;
                });
            }
        });
        Self {
            address,
            state,
            serving,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it does from now on.
    pub fn set(&self, mood: Mood) {
        *self
            .state
            .mood
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = mood;
    }

    /// The letters that came so far.
    pub fn letters(&self) -> Vec<Caught> {
        self.state.letters.borrow().clone()
    }

    /// The letter number `number`, counted from 0, when it is there.
    pub async fn letter(&self, number: usize) -> Caught {
        let mut letters = self.state.letters.subscribe();
        let came = letters.wait_for(|letters| letters.len() > number);
        let came = tokio::time::timeout(WAIT_MAX, came).await;
        let came = came.expect("a letter comes").expect("the sink is there");
        came[number].clone()
    }
}

async fn converse(stream: Box<dyn Stream>, state: &State) -> io::Result<()> {
    let stream = match &state.encryption {
        Encryption::AtOnce(upgrade) => upgrade(stream).await?,
        _ => stream,
    };
    let mut line = String::new();
    let mut stream = BufReader::new(stream);
    let (mut to, mut login, mut secured) = (Vec::new(), None, false);
    let mood = || *state.mood.lock().unwrap_or_else(PoisonError::into_inner);
    if mood() == Mood::Silent {
        return std::future::pending().await;
    }
    say(&mut stream, "220 sink.example").await?;
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let word = line.trim_end().to_owned();
        match word.to_ascii_uppercase() {
            asked if asked.starts_with("EHLO") => {
                let offers = matches!(state.encryption, Encryption::WhenAsked(_)) && !secured;
                let starttls = if offers { "250-STARTTLS\r\n" } else { "" };
                let all = format!("250-sink.example\r\n{starttls}250-8BITMIME\r\n250 AUTH PLAIN");
                say(&mut stream, &all).await?;
            }
            asked if asked == "STARTTLS" => {
                let Encryption::WhenAsked(upgrade) = &state.encryption else {
                    say(&mut stream, "502 not offered").await?;
                    continue;
                };
                say(&mut stream, "220 go ahead").await?;
                stream = BufReader::new(upgrade(stream.into_inner()).await?);
                secured = true;
            }
            asked if asked.starts_with("AUTH PLAIN ") => {
                login = Some(word["AUTH PLAIN ".len()..].to_owned());
                say(&mut stream, "235 welcome").await?;
            }
            asked if asked.starts_with("RCPT TO:") => {
                let whom = word["RCPT TO:".len()..].to_owned();
                if let Mood::Refuses(code) = mood() {
                    say(&mut stream, &format!("{code} not {whom}")).await?;
                } else {
                    to.push(whom);
                    say(&mut stream, "250 fine").await?;
                }
            }
            asked if asked == "DATA" => {
                say(&mut stream, "354 go on").await?;
                let data = read_data(&mut stream).await?;
                let caught = Caught {
                    to: std::mem::take(&mut to),
                    data,
                    login: login.clone(),
                };
                state.letters.send_modify(|letters| letters.push(caught));
                say(&mut stream, "250 kept").await?;
            }
            asked if asked == "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "250 fine").await?,
        }
    }
}

async fn say(stream: &mut BufReader<Box<dyn Stream>>, words: &str) -> io::Result<()> {
    stream.write_all(words.as_bytes()).await?;
    stream.write_all(b"\r\n").await?;
    stream.flush().await
}

/// What follows DATA, up to the line that is a point alone.
async fn read_data(stream: &mut BufReader<Box<dyn Stream>>) -> io::Result<String> {
    let (mut data, mut line) = (String::new(), String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(data);
        }
        data.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

impl Caught {
    /// A line of its head, unfolded and decoded (RFC 2047, in base64).
    pub fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.data.split_once("\r\n\r\n")?;
        let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let line = unfolded
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}: ")))?;
        let mut decoded = String::new();
        let mut bytes: Vec<u8> = Vec::new();
        for word in line.split(' ') {
            if let Some(encoded) = word.strip_prefix("=?utf-8?b?") {
                bytes.extend(of_base64(encoded.strip_suffix("?=")?)?);
                continue;
            }
            decoded.push_str(&String::from_utf8(std::mem::take(&mut bytes)).ok()?);
            if !decoded.is_empty() {
                decoded.push(' ');
            }
            decoded.push_str(word);
        }
        decoded.push_str(&String::from_utf8(bytes).ok()?);
        Some(decoded)
    }

    /// The words of its body.
    pub fn words(&self) -> String {
        let (_, body) = self.data.split_once("\r\n\r\n").expect("a head");
        let bytes = match self.header("Content-Transfer-Encoding").as_deref() {
            Some("base64") => of_base64(&body.replace("\r\n", "")).expect("base64"),
            Some("quoted-printable") => of_quoted(body),
            _ => body.as_bytes().to_vec(),
        };
        String::from_utf8(bytes).expect("UTF-8")
    }

    /// The part behind the host of the one link in it.
    pub fn link(&self) -> String {
        let words = self.words();
        let mut links = words.split_whitespace().filter_map(|word| {
            let (_, rest) = word.split_once("://")?;
            rest.find('/').map(|at| rest[at..].to_owned())
        });
        links.next().expect("a link")
    }
}

fn of_base64(text: &str) -> Option<Vec<u8>> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let digit = DIGITS.iter().position(|digit| *digit == letter)?;
        bits = bits << 6 | u32::try_from(digit).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    Some(bytes)
}

fn of_quoted(text: &str) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        let digits = others
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok());
        let byte = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        if let (b'=', Some(byte)) = (first, byte) {
            bytes.push(byte);
            rest = &others[2..];
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    bytes
}
