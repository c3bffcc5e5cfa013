//! Comments are sent side by side while the server is killed with `kill -9`, and
//! sent again where no answer came: each that was acknowledged is kept, and none
//! is there twice.

use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use editorial::comment::CommentState;
use store::{Database, Store, Wanted, Wants};

use super::{
    Post,
    paper::{Paper, UNLIMITED, open_articles, ripe_ticket},
};
use crate::{Outcome, Size, chance::Chance, program::Program, wire::Wire};

const WRITERS: usize = 6;
/// The server is killed at some time within this, in microseconds.
const WITHIN: u64 = 250_000;

pub(crate) fn prove(program: &Program, size: Size) -> anyhow::Result<Outcome> {
    let kills = match size {
        Size::Slice => 8,
        Size::Full => 200,
    };
    let mut outcome = Outcome::new();
    let paper = Paper::open(program, 60, UNLIMITED)?;
    let first = paper.serve(program, &[])?;
    let articles = open_articles(&first.address)?;
    let ticket = ripe_ticket(&first.address)?;
    first.kill()?;
    let writing = Writing {
        articles,
        ticket,
        next: AtomicUsize::new(0),
        unanswered: Mutex::default(),
        acknowledged: Mutex::default(),
        resent: AtomicUsize::new(0),
    };
    let mut chance = Chance::new(5);
    for round in 0..=kills {
        let server = paper.serve(program, &[])?;
        let ended = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|_| scope.spawn(|| writing.go_on(&server.address, &ended)))
                .collect();
            let rest = Duration::from_micros(20_000 + chance.below(WITHIN));
            std::thread::sleep(rest);
            if round == kills {
                // The last one takes what was not answered before.
                while !writing.lock_unanswered().is_empty() {
                    std::thread::sleep(Duration::from_millis(5));
                }
                ended.store(true, Ordering::Relaxed);
            }
            let killed = if round < kills { server.end() } else { Ok(()) };
            ended.store(true, Ordering::Relaxed);
            for writer in writers {
                writer
                    .join()
                    .map_err(|_| anyhow::anyhow!("a writer ended badly"))?;
            }
            killed
        })?;
        drop(server);
    }
    let acknowledged = writing
        .acknowledged
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    let runtime = tokio::runtime::Runtime::new()?;
    let kept = runtime.block_on(kept(&paper))?;
    let lost = acknowledged
        .iter()
        .filter(|text| !kept.contains_key(*text))
        .count();
    let twice = kept.values().filter(|count| **count > 1).count();
    outcome.say(format!(
        "{} comments by {WRITERS} writers; the server ended {kills} times by kill -9; {} were acknowledged, {} sent again without an answer; {lost} lost, {twice} there twice",
        writing.next.into_inner(),
        acknowledged.len(),
        writing.resent.into_inner(),
    ));
    outcome.expect(
        acknowledged.len() > kills,
        "too few comments were acknowledged for this to prove anything",
    );
    outcome.expect(lost == 0, "acknowledged comments are lost");
    outcome.expect(twice == 0, "comments are there twice");
    Ok(outcome)
}

/// What the writers did so far.
struct Writing {
    articles: Vec<String>,
    ticket: String,
    next: AtomicUsize,
    /// Sent, and not answered.
    unanswered: Mutex<Vec<usize>>,
    acknowledged: Mutex<Vec<String>>,
    resent: AtomicUsize,
}

impl Writing {
    fn lock_unanswered(&self) -> std::sync::MutexGuard<'_, Vec<usize>> {
        self.unanswered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes until the server ends.
    fn go_on(&self, address: &str, ended: &AtomicBool) {
        let mut wire = Wire::to(address);
        while !ended.load(Ordering::Relaxed) {
            let again = self.lock_unanswered().pop();
            let number = match again {
                Some(number) => {
                    self.resent.fetch_add(1, Ordering::Relaxed);
                    number
                }
                None => self.next.fetch_add(1, Ordering::Relaxed),
            };
            let text = format!("تعليق القارئ ذو الرقم {number}");
            let post = Post {
                path: &self.articles[number % self.articles.len()],
                name: "قارئ",
                email: &format!("reader{number}@paper.example"),
                text: &text,
                ticket: &self.ticket,
                forwarded: None,
                reply_to: None,
            };
            match wire.ask(&post.request(address)) {
                Ok(answer) if answer.status == 303 => self
                    .acknowledged
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(text),
                Ok(_) | Err(_) => {
                    self.lock_unanswered().push(number);
                    wire = Wire::to(address);
                    std::thread::sleep(Duration::from_millis(1));
                }
            }
        }
    }
}

/// How often each text is there.
async fn kept(paper: &Paper) -> anyhow::Result<HashMap<String, usize>> {
    let store = Store::open(&Database::Sqlite(paper.data.clone())).await?;
    let mut kept: HashMap<String, usize> = HashMap::new();
    let mut before = None;
    loop {
        let listed = store
            .comments(&Wanted {
                wants: Wants::State(CommentState::Waiting),
                words: String::new(),
                before,
                limit: 500,
            })
            .await?;
        for item in listed.items {
            *kept.entry(item.comment.text).or_default() += 1;
        }
        before = listed.next;
        if before.is_none() {
            break;
        }
    }
    store.close().await;
    Ok(kept)
}
