//! Readers who ask for pages at a fixed rate, whatever the server does: a page
//! is late from the moment it was due, so that no wait hides the next.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use anyhow::ensure;

use crate::wire::Wire;

/// Readers, and how often each asks.
const READERS: u32 = 4;
const EVERY: Duration = Duration::from_millis(20);
pub(crate) const PAGES_PER_SECOND: u32 = READERS * 1_000 / 20;

/// Readers at work.
pub(crate) struct Readers {
    end: Arc<AtomicBool>,
    threads: Vec<JoinHandle<anyhow::Result<Vec<Duration>>>>,
}

/// How long pages took, the shortest first.
pub(crate) struct Times(Vec<Duration>);

impl Readers {
    pub(crate) fn start(address: &str, paths: &Arc<Vec<String>>) -> Self {
        let end = Arc::new(AtomicBool::new(false));
        let threads = (0..READERS).map(|reader| {
            let (end, paths) = (Arc::clone(&end), Arc::clone(paths));
            let wire = Wire::to(address);
            let first = Instant::now() + EVERY * reader / READERS;
            std::thread::spawn(move || read(wire, &paths, reader as usize, first, &end))
        });
        Self {
            threads: threads.collect(),
            end,
        }
    }

    pub(crate) fn stop(self) -> anyhow::Result<Times> {
        self.end.store(true, Ordering::Relaxed);
        let mut times = Vec::new();
        for thread in self.threads {
            let read = thread.join();
            times.extend(read.map_err(|_| anyhow::anyhow!("a reader panicked"))??);
        }
        ensure!(times.len() >= 100, "too few pages were read");
        times.sort_unstable();
        Ok(Times(times))
    }
}

fn read(
    mut wire: Wire,
    paths: &[String],
    reader: usize,
    first: Instant,
    end: &AtomicBool,
) -> anyhow::Result<Vec<Duration>> {
    let (mut times, mut due) = (Vec::new(), first);
    while !end.load(Ordering::Relaxed) {
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        // Each reader goes round all pages from a place of its own.
        wire.read(&paths[(reader * 7 + times.len()) % paths.len()])?;
        times.push(due.elapsed());
        due += EVERY;
    }
    Ok(times)
}

impl Times {
    pub(crate) const fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that so many of a hundred pages did not exceed.
    pub(crate) fn percentile(&self, of_hundred: usize) -> Duration {
        let at = (self.0.len() * of_hundred).div_ceil(100);
        self.0[at.clamp(1, self.0.len()) - 1]
    }

    /// The same in words, with the median and the longest.
    pub(crate) fn words(&self) -> String {
        let ms = |time: Duration| format!("{:.2}", time.as_secs_f64() * 1_000.0);
        let [p50, p99, all] = [50, 99, 100].map(|share| ms(self.percentile(share)));
        format!(
            "p50 {p50} ms, p99 {p99} ms, longest {all} ms of {} pages",
            self.count()
        )
    }
}
