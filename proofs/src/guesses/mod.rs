//! A flood of guesses at passwords, from a thousand ranges of addresses, beside
//! readers: hardly any reaches the hash, pages come as fast as before, and
//! whoever was here before still signs in.
//!
//! The guesses come as a browser sends them, behind a proxy that is trusted;
//! server, guessers and readers share the machine's cores. Times are judged in
//! the full proof alone, of a release build on a machine that does nothing else.

mod browser;
mod flood;
mod paper;

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::bail;
use editorial::accounts::TryLimit;

use crate::{
    Outcome, Size,
    program::Program,
    readers::{self, Readers, Times},
    wire::{Answer, Wire},
};
use browser::Browser;
use flood::{Flood, Told, account};
use paper::{COLLEAGUE, PASSWORD, Paper};

/// Of so many guesses fewer than one may reach the hash.
const GUESSES_FOR_ONE: u64 = 10_000;
/// At the 99th percentile a page may take this long during the flood, or twice
/// what it took before, whichever is more.
const P99_MAX: Duration = Duration::from_millis(5);
/// Where people come from: where somebody signed in before, and elsewhere.
const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9));
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));
/// How long after the flood a new browser may have to try.
const PATIENCE: Duration = Duration::from_secs(65);

pub(crate) fn prove(program: &Program, size: Size) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::new();
    let (few, many, quiet) = match size {
        Size::Slice => (
            Flood {
                guesses: 1_000,
                per_second: 400,
                ranges: 100,
                accounts: 3,
                of_nobody: 200,
            },
            Flood {
                guesses: 400,
                per_second: 400,
                ranges: 100,
                accounts: 8,
                of_nobody: 0,
            },
            Duration::from_secs(1),
        ),
        Size::Full => (
            Flood {
                guesses: 100_000,
                per_second: 1_500,
                ranges: 1_000,
                accounts: 3,
                of_nobody: 20_000,
            },
            Flood {
                guesses: 100_000,
                per_second: 3_000,
                ranges: 1_000,
                accounts: 60,
                of_nobody: 0,
            },
            Duration::from_secs(10),
        ),
    };
    at_few_accounts(program, few, quiet, size, &mut outcome)?;
    at_many_accounts(program, many, size, &mut outcome)?;
    Ok(outcome)
}

fn at_few_accounts(
    program: &Program,
    flood: Flood,
    quiet: Duration,
    size: Size,
    outcome: &mut Outcome,
) -> anyhow::Result<()> {
    let paper = Paper::open(program, flood.accounts)?;
    let (address, pages, mut wire) = (paper.address(), paper.pages()?, paper.wire());
    let mut known = Browser::at_the_door(&mut wire, HOME)?;
    let Ok(alone) = comes_in(&mut wire, &mut known, &account(0))? else {
        bail!("nobody signs in before the flood");
    };
    let browsers = flood.browsers(address)?;
    let rest = || {
        std::thread::sleep(quiet);
        Ok(())
    };
    let ((), before) = beside_readers(address, &pages, rest)?;
    let hashes = paper.hashes()?;
    let ((told, people), during) = beside_readers(address, &pages, || {
        std::thread::scope(|scope| {
            let guessers = scope.spawn(|| flood.run(address, &browsers));
            std::thread::sleep(flood.lasts() / 3);
            let people = People::come(&mut wire, &known)?;
            let told = guessers.join();
            let told = told.map_err(|_| anyhow::anyhow!("the flood panicked"))??;
            Ok((told, people))
        })
    })?;
    let ended = Instant::now();
    let hashed = paper.hashes()? - hashes - people.came_in;
    let ((), after) = beside_readers(address, &pages, rest)?;
    outcome.say(format!(
        "guesses at few accounts: {}",
        flood.words(&told, hashed)
    ));
    judge_guesses(&flood, &told, hashed, size, outcome);
    judge_pages(size, [&before, &during, &after], outcome);
    people.judge(alone, outcome);
    // A minute is too long for a slice.
    if size == Size::Full {
        people.judge_later(&mut wire, ended, outcome)?;
    }
    Ok(())
}

fn at_many_accounts(
    program: &Program,
    flood: Flood,
    size: Size,
    outcome: &mut Outcome,
) -> anyhow::Result<()> {
    let paper = Paper::open(program, flood.accounts)?;
    let browsers = flood.browsers(paper.address())?;
    let told = flood.run(paper.address(), &browsers)?;
    let hashed = paper.hashes()?;
    outcome.say(format!(
        "guesses at many accounts: {}",
        flood.words(&told, hashed)
    ));
    judge_guesses(&flood, &told, hashed, size, outcome);
    Ok(())
}

/// Does something while readers ask for pages; what came of it, and how long
/// the pages took.
fn beside_readers<T>(
    address: &str,
    pages: &Arc<Vec<String>>,
    work: impl FnOnce() -> anyhow::Result<T>,
) -> anyhow::Result<(T, Times)> {
    let readers = Readers::start(address, pages);
    let done = work()?;
    Ok((done, readers.stop()?))
}

/// What holds for any guesses at any accounts.
fn judge_guesses(flood: &Flood, told: &Told, hashed: u64, size: Size, outcome: &mut Outcome) {
    outcome.expect(
        u64::from(told.wrong) == hashed && told.other == 0,
        "guesses were answered otherwise than they were counted",
    );
    // So many at first, and one after each minute.
    let first = u64::from(TryLimit::Strangers.free()) + 1;
    outcome.expect(
        hashed <= first + told.took.as_secs() / 60,
        "more guesses of strangers reached the hash than the limit says",
    );
    if size == Size::Full {
        outcome.expect(
            hashed * GUESSES_FOR_ONE < u64::from(flood.guesses),
            "1 in 10,000 guesses reached the hash, or more",
        );
        outcome.expect(
            told.took < flood.lasts() * 5 / 4,
            "the guesses did not come as fast as they should",
        );
    }
}

fn judge_pages(size: Size, [before, during, after]: [&Times; 3], outcome: &mut Outcome) {
    for (when, times) in [("before", before), ("during", during), ("after", after)] {
        outcome.say(format!(
            "pages, {} each second, {when}: {}",
            readers::PAGES_PER_SECOND,
            times.words()
        ));
    }
    let [was, is] = [before, during].map(|times| times.percentile(99));
    let most = P99_MAX.max(was * 2);
    outcome.say(format!(
        "p99 during the flood is {:.1} of what it was before; {:.1} ms is the limit",
        is.as_secs_f64() / was.as_secs_f64(),
        most.as_secs_f64() * 1_000.0
    ));
    if size == Size::Full {
        outcome.expect(is <= most, "pages came late during the flood");
    }
}

/// Somebody who knows the password tries once: how long it took to come in, or
/// what was told.
fn comes_in(
    wire: &mut Wire,
    browser: &mut Browser,
    address: &str,
) -> anyhow::Result<Result<Duration, Answer>> {
    let began = Instant::now();
    let answer = browser.sign_in(wire, address, PASSWORD)?;
    let came_in = answer.status == 303;
    Ok(if came_in {
        Ok(began.elapsed())
    } else {
        Err(answer)
    })
}

/// Those who know their password, during the flood.
struct People {
    /// The slowest of some times in a browser that is known, to an account that
    /// is guessed at; none where one was refused.
    known: Option<Duration>,
    /// In a new browser where somebody signed in before, to another account.
    home: Option<Duration>,
    /// In a new browser elsewhere, likewise; or the browser, to try again, and
    /// what was told.
    elsewhere: Result<Duration, (Browser, Answer)>,
    came_in: u64,
}

impl People {
    fn come(wire: &mut Wire, known: &Browser) -> anyhow::Result<Self> {
        let mut slowest = Some(Duration::ZERO);
        let mut came_in = 0;
        for _ in 0..5 {
            let mut again = known.comes_again(wire)?;
            let took = comes_in(wire, &mut again, &account(0))?.ok();
            came_in += u64::from(took.is_some());
            slowest = slowest.zip(took).map(|(one, other)| one.max(other));
        }
        let mut new = Browser::at_the_door(wire, HOME)?;
        let home = comes_in(wire, &mut new, COLLEAGUE)?.ok();
        let mut new = Browser::at_the_door(wire, ELSEWHERE)?;
        let elsewhere = comes_in(wire, &mut new, COLLEAGUE)?.map_err(|told| (new, told));
        Ok(Self {
            known: slowest,
            home,
            came_in: came_in + u64::from(home.is_some()) + u64::from(elsewhere.is_ok()),
            elsewhere,
        })
    }

    fn judge(&self, alone: Duration, outcome: &mut Outcome) {
        let elsewhere = match &self.elsewhere {
            Ok(took) => words(Some(*took)),
            Err((_, told)) => {
                let until = told.time_of_day();
                outcome.expect(
                    told.status == 429 && until.is_some(),
                    "a new browser elsewhere was not told when to try again",
                );
                format!("told to try again after {}", until.unwrap_or_default())
            }
        };
        outcome.say(format!(
            "the right password before the flood: {}; during it in a known browser, to an account that is guessed at: {} at the slowest of 5; in a new browser where somebody signed in before: {}; in a new browser elsewhere: {elsewhere}",
            words(Some(alone)),
            words(self.known),
            words(self.home)
        ));
        outcome.expect(self.known.is_some(), "a known browser was refused");
        outcome.expect(
            self.home.is_some(),
            "a new browser was refused where somebody signed in before",
        );
    }

    /// Who was refused elsewhere tries each second until it is in.
    fn judge_later(
        self,
        wire: &mut Wire,
        flood_ended: Instant,
        outcome: &mut Outcome,
    ) -> anyhow::Result<()> {
        let Err((mut browser, _)) = self.elsewhere else {
            return Ok(());
        };
        let mut came = comes_in(wire, &mut browser, COLLEAGUE)?;
        while came.is_err() && flood_ended.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_secs(1));
            came = comes_in(wire, &mut browser, COLLEAGUE)?;
        }
        outcome.say(format!(
            "the same browser, {:.0} s after the flood: {}",
            flood_ended.elapsed().as_secs_f64(),
            words(came.as_ref().ok().copied())
        ));
        outcome.expect(
            came.is_ok(),
            "a new browser elsewhere was refused after the flood",
        );
        Ok(())
    }
}

fn words(took: Option<Duration>) -> String {
    took.map_or_else(
        || "refused".to_owned(),
        |took| format!("in after {} ms", took.as_millis()),
    )
}
