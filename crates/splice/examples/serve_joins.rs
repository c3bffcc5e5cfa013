//! Serves joins of random segments on loopback, so that a browser can judge
//! them: `/SEED/gzip` and `/SEED/br` compressed, `/SEED/plain` the same bytes
//! as they were before.
//!
//! Prints its address, and ends when its standard input does.
#![expect(
    clippy::print_stdout,
    reason = "the address is printed for whoever started it"
)]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::Duration,
};

use splice::{Effort, Encoding, Place, Segment, join};

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that goes away early is no fault of the joins.
            let _ = answer(stream);
        }
    });
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    Ok(())
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut line = String::new();
    BufReader::new((&stream).take(8_192)).read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or("/");
    let mut parts = path.trim_start_matches('/').split('/');
    let seed = parts.next().and_then(|seed| seed.parse().ok());
    let kind = parts.next();
    let (status, encoding, body) = match (seed, kind) {
        (None, _) => ("200 OK", None, Vec::new()),
        (Some(seed), Some("gzip")) => ("200 OK", Some("gzip"), joined(seed, Encoding::Gzip)),
        (Some(seed), Some("br")) => ("200 OK", Some("br"), joined(seed, Encoding::Brotli)),
        (Some(seed), Some("plain")) => ("200 OK", None, texts(seed).concat()),
        _ => ("404 Not Found", None, Vec::new()),
    };
    let encoding =
        encoding.map_or_else(String::new, |name| format!("content-encoding: {name}\r\n"));
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\n{encoding}cache-control: no-store\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}

fn joined(seed: u64, encoding: Encoding) -> Vec<u8> {
    let effort = if seed.is_multiple_of(3) {
        Effort::Background
    } else {
        Effort::Publish
    };
    let segments: Vec<_> = texts(seed)
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let place = if at == 0 { Place::First } else { Place::Inner };
            Segment::compress(text, place, effort)
        })
        .collect();
    let segments: Vec<_> = segments.iter().collect();
    join(&segments, encoding).map_or_else(|_| Vec::new(), Vec::from)
}

const WORDS: [&str; 6] = ["<p>", "قال ", "الوزير ", "2017 ", "</p>\n", "خبر "];

/// The texts of a page, decided by the seed: noise, Arabic, one byte again and
/// again, nothing.
fn texts(seed: u64) -> Vec<Vec<u8>> {
    let mut chance = Chance(seed);
    let count = 1 + chance.below(splice::SEGMENTS_MAX);
    (0..count)
        .map(|_| {
            let length = chance.below(20_000);
            match chance.below(5) {
                0 => Vec::new(),
                1 => (0..length).map(|_| chance.byte()).collect(),
                2 => vec![b'x'; length * 4],
                _ => (0..length / 8)
                    .flat_map(|_| WORDS[chance.below(WORDS.len())].bytes())
                    .collect(),
            }
        })
        .collect()
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % bound
    }
}
