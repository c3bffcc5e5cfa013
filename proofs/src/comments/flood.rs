//! A thousand comments a second from two hundred ranges of addresses, against a
//! server on one core: articles come as fast as under as many plain requests,
//! nearly all of the flood is told to wait, and memory stays bounded.

use std::{
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context as _;
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use super::{
    Post, moderator,
    paper::{Paper, open_articles, ripe_ticket},
};
use crate::{
    Outcome, Size,
    program::{Program, Server},
    readers::{PAGES_PER_SECOND, Readers, Times},
    wire::Wire,
};

const RANGES: u32 = 200;
const PER_SECOND: u32 = 1_000;
/// Connections over which they come.
const CONNECTIONS: u32 = 100;
/// At the 99th percentile an article may take this long, and twice what it takes
/// under as many plain requests.
const P99_MAX: Duration = Duration::from_millis(25);
/// The moderators' queue may take this long.
const QUEUE_MAX: Duration = Duration::from_secs(1);
/// The server may grow by this many kilobytes.
const GROWTH_MAX: u64 = 96 * 1024;

pub(crate) fn prove(program: &Program, size: Size) -> anyhow::Result<Outcome> {
    let (lasts, articles) = match size {
        Size::Slice => (Duration::from_secs(3), 60),
        Size::Full => (Duration::from_secs(30), 200),
    };
    let mut outcome = Outcome::new();
    let paper = Paper::open(program, articles, "")?;
    let cores = sched_getaffinity(None)?;
    moderator::add(program, &paper.data)?;
    let server = on_one_core(&cores, 0, || paper.serve(program, &[]))?;
    let articles = Arc::new(open_articles(&server.address)?);
    let ticket = ripe_ticket(&server.address)?;
    // Whoever asks stays on the other core.
    let mut moderator = moderator::Moderator::sign_in(&server.address)?;
    let (plain, flood, told, grown, queue) = on_one_core(&cores, 1, || {
        let plain = beside(&server, &articles, lasts, |number, _| {
            format!(
                "GET {} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: gzip\r\n\r\n",
                articles[number as usize % articles.len()],
                server.address
            )
        })?;
        let before = memory(&server)?;
        let ended = AtomicBool::new(false);
        let (flood, queue) = std::thread::scope(|scope| {
            let looking = scope.spawn(|| looks(&mut moderator, &ended));
            let flood = beside(&server, &articles, lasts, |number, from| {
                let post = Post {
                    path: &articles[number as usize % articles.len()],
                    name: "مندفع",
                    email: &format!("flood{number}@paper.example"),
                    text: &format!(
                        "كلام كثير رقم {number} من عنوان {from}، كُتب ليُرى هل يقف الخادم له أم لا يقف."
                    ),
                    ticket: &ticket,
                    forwarded: None,
                    reply_to: None,
                };
                post.request(&server.address)
            });
            ended.store(true, Ordering::Relaxed);
            let queue = looking
                .join()
                .map_err(|_| anyhow::anyhow!("the moderator panicked"))?;
            anyhow::Ok((flood?, queue?))
        })?;
        let grown = memory(&server)?.saturating_sub(before);
        Ok((plain.0, flood.0, flood.1, grown, queue))
    })?;
    outcome.say(format!(
        "server on one core; {PAGES_PER_SECOND} articles a second beside {PER_SECOND} requests a second from {RANGES} ranges for {} s",
        lasts.as_secs()
    ));
    outcome.say(format!("beside plain requests: {}", plain.words()));
    outcome.say(format!("beside comments: {}", flood.words()));
    outcome.say(format!(
        "comments: {} taken, {} told to wait, {} answered otherwise, in {:.1} s; the server grew by {} MB",
        told.taken,
        told.wait,
        told.other,
        told.took.as_secs_f64(),
        grown.div_ceil(1_024)
    ));
    outcome.say(format!(
        "the queue, looked at once a second: {} ms at the slowest",
        queue.as_millis()
    ));
    let sent = told.taken + told.wait + told.other;
    outcome.expect(told.taken > 0, "no comment was taken");
    outcome.expect(told.other == 0, "comments were answered in another way");
    outcome.expect(
        told.taken <= sent / 2,
        "most of a flood was taken: the limits do not hold",
    );
    outcome.expect(
        grown <= GROWTH_MAX,
        "the server's memory grows with a flood",
    );
    if size == Size::Full {
        outcome.expect(queue <= QUEUE_MAX, "moderators wait for the queue");
        let p99 = flood.percentile(99);
        outcome.expect(p99 <= P99_MAX, "articles are late in a flood");
        outcome.expect(
            p99 <= 2 * plain.percentile(99),
            "comments keep articles waiting longer than twice as many plain requests do",
        );
        outcome.expect(
            told.took <= lasts + lasts / 10,
            "the flood did not keep its pace: fewer came than are claimed",
        );
    }
    Ok(outcome)
}

/// The slowest of looks at the queue, one a second, until it ends.
fn looks(moderator: &mut moderator::Moderator, ended: &AtomicBool) -> anyhow::Result<Duration> {
    let mut slowest = Duration::ZERO;
    while !ended.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_secs(1));
        slowest = slowest.max(moderator.looks()?);
    }
    Ok(slowest)
}

/// What the flood was told.
#[derive(Default)]
struct Told {
    taken: u32,
    wait: u32,
    other: u32,
    took: Duration,
}

/// Sends what `request` makes at the flood's pace, with readers beside it.
fn beside(
    server: &Server,
    articles: &Arc<Vec<String>>,
    lasts: Duration,
    request: impl Fn(u32, Ipv4Addr) -> String + Sync,
) -> anyhow::Result<(Times, Told)> {
    let readers = Readers::start(&server.address, articles);
    let count = PER_SECOND * u32::try_from(lasts.as_secs())?;
    let next = AtomicU32::new(0);
    let began = Instant::now();
    let all = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CONNECTIONS)
            .map(|connection| {
                let (next, request) = (&next, &request);
                scope.spawn(move || send(server, connection, count, next, began, request))
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                let told = thread.join();
                told.map_err(|_| anyhow::anyhow!("a sender panicked"))?
            })
            .collect::<anyhow::Result<Vec<Told>>>()
    })?;
    let took = began.elapsed();
    let sum = |of: fn(&Told) -> u32| all.iter().map(of).sum();
    let told = Told {
        taken: sum(|told| told.taken),
        wait: sum(|told| told.wait),
        other: sum(|told| told.other),
        took,
    };
    Ok((readers.stop()?, told))
}

/// One connection's share: it comes from two ranges in turn.
fn send(
    server: &Server,
    connection: u32,
    count: u32,
    next: &AtomicU32,
    began: Instant,
    request: impl Fn(u32, Ipv4Addr) -> String,
) -> anyhow::Result<Told> {
    let from = |turn: u32| {
        let range = (connection + turn * CONNECTIONS) % RANGES + 1;
        Ipv4Addr::new(127, 0, u8::try_from(range).unwrap_or(1), 1)
    };
    let mut wires = [0, 1].map(|turn| (from(turn), Wire::from(&server.address, from(turn))));
    let mut told = Told::default();
    for turn in 0.. {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= count {
            break;
        }
        let due = Duration::from_secs(number.into()) / PER_SECOND;
        std::thread::sleep((began + due).saturating_duration_since(Instant::now()));
        let (from, wire) = &mut wires[turn % 2];
        let answer = wire.ask(&request(number, *from))?;
        *match answer.status {
            200 | 303 => &mut told.taken,
            429 => &mut told.wait,
            _ => &mut told.other,
        } += 1;
    }
    Ok(told)
}

/// Does `it` on one of the cores; what it starts stays there.
fn on_one_core<T>(
    cores: &CpuSet,
    which: usize,
    it: impl FnOnce() -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let own: Vec<usize> = (0..CpuSet::MAX_CPU)
        .filter(|core| cores.is_set(*core))
        .collect();
    let mut one = CpuSet::new();
    one.set(own[which % own.len()]);
    sched_setaffinity(None, &one)?;
    let done = it();
    sched_setaffinity(None, cores)?;
    done
}

/// Memory of the server's own, in kilobytes.
fn memory(server: &Server) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id()))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"));
    let count = line.and_then(|line| line.split_whitespace().next());
    Ok(count.context("the system tells no memory")?.parse()?)
}
