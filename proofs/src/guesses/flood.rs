//! Guesses at passwords from many ranges of addresses at once.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use super::browser::Browser;
use crate::{chance::Chance, wire::Wire};

/// Connections over which the guesses come.
const CONNECTIONS: usize = 64;

/// Where guesses go and how many.
#[derive(Clone, Copy)]
pub(super) struct Flood {
    pub(super) guesses: u32,
    pub(super) per_second: u32,
    pub(super) ranges: u32,
    /// Accounts that are there: every guess, or every second one, is at one of them.
    pub(super) accounts: u32,
    /// Addresses of nobody, for the other guesses; 0 where there are none.
    pub(super) of_nobody: u32,
}

/// What the guesses were told.
#[derive(Default)]
pub(super) struct Told {
    pub(super) wrong: u32,
    pub(super) wait: u32,
    pub(super) busy: u32,
    pub(super) other: u32,
    pub(super) took: Duration,
}

/// The address of an account that is there.
pub(super) fn account(number: u32) -> String {
    format!("writer{number}@paper.example")
}

/// An address of a range: every second one is a /24 of IPv4, the others a /56
/// of IPv6.
pub(super) fn address_in(range: u32, host: u8) -> IpAddr {
    let [_, _, high, low] = (range / 2).to_be_bytes();
    if range.is_multiple_of(2) {
        Ipv4Addr::new(100, 64 + high, low, host).into()
    } else {
        let range = u16::from_be_bytes([high, low]);
        // The last eight bits of the fourth group are the range's own.
        Ipv6Addr::new(0x2001, 0xdb8, 0x77, 0, 0, 0, 0, host.into())
            .to_bits()
            .checked_add(u128::from(range) << 72)
            .map_or(Ipv6Addr::UNSPECIFIED, Ipv6Addr::from_bits)
            .into()
    }
}

impl Flood {
    /// How long it takes at its own pace.
    pub(super) fn lasts(&self) -> Duration {
        Duration::from_secs(self.guesses.into()) / self.per_second
    }

    /// What came of it, in words.
    pub(super) fn words(&self, told: &Told, hashed: u64) -> String {
        let nobody = match self.of_nobody {
            0 => String::new(),
            count => format!(" and {count} addresses of nobody"),
        };
        format!(
            "{} in {:.0} s from {} ranges, at {} accounts{nobody}: {hashed} reached the hash ({:.2} in 10,000), {} were told to wait, {} that too many sign in",
            self.guesses,
            told.took.as_secs_f64(),
            self.ranges,
            self.accounts,
            f64::from(u32::try_from(hashed).unwrap_or(u32::MAX)) * 10_000.0
                / f64::from(self.guesses),
            told.wait,
            told.busy,
        )
    }

    /// A browser in each range.
    pub(super) fn browsers(&self, address: &str) -> anyhow::Result<Vec<Browser>> {
        let mut wire = Wire::to(address);
        (0..self.ranges)
            .map(|range| Browser::at_the_door(&mut wire, address_in(range, 1)))
            .collect()
    }

    /// Sends all guesses.
    pub(super) fn run(&self, address: &str, browsers: &[Browser]) -> anyhow::Result<Told> {
        let next = AtomicU32::new(0);
        let began = Instant::now();
        let all = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..CONNECTIONS)
                .map(|_| scope.spawn(|| self.send(Wire::to(address), browsers, &next, began)))
                .collect();
            let ended = threads.into_iter().map(|thread| {
                let told = thread.join();
                told.map_err(|_| anyhow::anyhow!("a guesser panicked"))?
            });
            ended.collect::<anyhow::Result<Vec<Told>>>()
        })?;
        let sum = |of: fn(&Told) -> u32| all.iter().map(of).sum();
        Ok(Told {
            wrong: sum(|told| told.wrong),
            wait: sum(|told| told.wait),
            busy: sum(|told| told.busy),
            other: sum(|told| told.other),
            took: began.elapsed(),
        })
    }

    fn send(
        &self,
        mut wire: Wire,
        browsers: &[Browser],
        next: &AtomicU32,
        began: Instant,
    ) -> anyhow::Result<Told> {
        let mut told = Told::default();
        loop {
            let guess = next.fetch_add(1, Ordering::Relaxed);
            if guess >= self.guesses {
                return Ok(told);
            }
            let due = Duration::from_secs(guess.into()) / self.per_second;
            std::thread::sleep((began + due).saturating_duration_since(Instant::now()));
            let mut chance = Chance::new(guess.into());
            let range = guess % self.ranges;
            let from = address_in(range, chance.next().to_be_bytes()[0]);
            let address = self.target(&mut chance);
            let password = format!("كلمة المرور رقم {}", chance.below(1_000_000));
            let request = browsers[range as usize].try_from(from, &address, &password);
            let status = wire.ask(&request)?.status;
            *match status {
                403 => &mut told.wrong,
                429 => &mut told.wait,
                503 => &mut told.busy,
                _ => &mut told.other,
            } += 1;
        }
    }

    fn target(&self, chance: &mut Chance) -> String {
        if self.of_nobody > 0 && chance.coin() {
            format!(
                "nobody{}@paper.example",
                chance.below(self.of_nobody.into())
            )
        } else {
            let number = chance.below(self.accounts.into());
            account(u32::try_from(number).unwrap_or(0))
        }
    }
}
