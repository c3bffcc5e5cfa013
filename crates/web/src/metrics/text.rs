//! The counters as text, in the exposition format of Prometheus, version 0.0.4.

use std::{
    fmt::{Display, Write as _},
    path::Path,
    sync::atomic::Ordering,
    time::Duration,
};

use super::{BOUNDS, CLASSES, Event, Kind, Source};
use crate::site::Site;

/// What it is sent as.
pub(super) const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The text so far.
#[derive(Default)]
struct Exposition(String);

impl Exposition {
    /// Begins a family: what follows are its samples.
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    /// One sample; every label is a word of ours, so none needs an escape.
    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str(name);
        for (at, (label, word)) in labels.iter().enumerate() {
            let before = if at == 0 { '{' } else { ',' };
            let _ = write!(self.0, "{before}{label}=\"{word}\"");
        }
        if !labels.is_empty() {
            self.0.push('}');
        }
        let _ = writeln!(self.0, " {value}");
    }

    fn counter(&mut self, name: &str, help: &str, value: impl Display) {
        self.family(name, "counter", help);
        self.sample(name, &[], value);
    }

    /// Times: how many fell into the bucket at a place, and their sum.
    fn histogram(
        &mut self,
        name: &str,
        help: &str,
        taken: impl Fn(usize) -> u64,
        nanoseconds: u64,
    ) {
        self.family(name, "histogram", help);
        let sample = format!("{name}_bucket");
        let mut count = 0;
        for (at, bound) in BOUNDS.iter().enumerate() {
            count += taken(at);
            let bound = seconds(Duration::from_micros(*bound));
            self.sample(&sample, &[("le", &bound)], count);
        }
        count += taken(BOUNDS.len());
        self.sample(&sample, &[("le", "+Inf")], count);
        let sum = seconds(Duration::from_nanos(nanoseconds));
        self.sample(&format!("{name}_sum"), &[], sum);
        self.sample(&format!("{name}_count"), &[], count);
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl Display) {
        self.family(name, "gauge", help);
        self.sample(name, &[], value);
    }
}

/// Everything that `site` and its process count. Reads files: the folder of
/// segments, and what the system says of the process.
pub(super) fn write(site: &Site) -> String {
    let mut out = Exposition::default();
    answers(site, &mut out);
    pages(site, &mut out);
    following(site, &mut out);
    searching(site, &mut out);
    connections(site, &mut out);
    newsroom(site, &mut out);
    process(&mut out);
    out.0
}

fn answers(site: &Site, out: &mut Exposition) {
    let metrics = &site.metrics;
    let name = "warraq_http_requests_total";
    out.family(
        name,
        "counter",
        "Requests answered, by kind of address and class of status.",
    );
    for kind in Kind::ALL {
        for class in 0..CLASSES {
            let count = metrics.sum(|shard| &shard.answers[kind as usize][class]);
            // A class that never came is left out; a scraper takes it as none.
            if count > 0 {
                let class = format!("{}xx", class + 1);
                out.sample(name, &[("kind", kind.word()), ("status", &class)], count);
            }
        }
    }
    out.histogram(
        "warraq_page_seconds",
        "Time from a request's last byte until the answer is ready, for pages that people read.",
        |at| metrics.sum(|shard| &shard.took[at]),
        metrics.sum(|shard| &shard.took_nanoseconds),
    );
}

fn pages(site: &Site, out: &mut Exposition) {
    let metrics = &site.metrics;
    let reads = |source| metrics.reads(source);
    let elsewhere: u64 = [Source::DiskWarm, Source::DiskCold, Source::Rendered]
        .map(reads)
        .iter()
        .sum();
    out.counter(
        "warraq_page_cache_hits_total",
        "Pages had from memory.",
        reads(Source::Memory),
    );
    out.counter(
        "warraq_page_cache_misses_total",
        "Pages that memory did not hold.",
        elsewhere,
    );
    out.gauge(
        "warraq_page_cache_bytes",
        "Bytes of compressed pages in memory.",
        site.cache.bytes() + site.hot.bytes(),
    );
    out.counter(
        "warraq_pages_rendered_total",
        "Pages read from the database and rendered.",
        reads(Source::Rendered),
    );
    let name = "warraq_segment_reads_total";
    out.family(
        name,
        "counter",
        "Pages read from the disk: from the system's memory at once (warm), or waited for (cold).",
    );
    out.sample(name, &[("state", "warm")], reads(Source::DiskWarm));
    out.sample(name, &[("state", "cold")], reads(Source::DiskCold));
    out.counter(
        "warraq_segment_fills_total",
        "Pages given to the disk.",
        metrics.events(Event::SegmentKept),
    );
    out.counter(
        "warraq_segment_fills_discarded_total",
        "Pages not given to it: overtaken by a change, or the disk was too slow.",
        metrics.events(Event::SegmentDiscarded),
    );
    let bytes = site.config.segments.as_ref().map_or(0, |segments| {
        if site.segments.is_some() {
            folder_bytes(&segments.folder)
        } else {
            0
        }
    });
    out.gauge(
        "warraq_segment_bytes",
        "Bytes of the files of segments.",
        bytes,
    );
}

fn following(site: &Site, out: &mut Exposition) {
    let metrics = &site.metrics;
    let followed = site.changes.position();
    let newest = *site.store.position().borrow();
    out.gauge(
        "warraq_change_log_position",
        "The newest change that pages of this server show.",
        followed,
    );
    out.gauge(
        "warraq_change_log_behind",
        "Changes known to this server that its pages do not show yet.",
        newest.saturating_sub(followed).max(0),
    );
    let heard = site.store.since_heard();
    let since = if followed >= newest {
        heard
    } else {
        heard.max(metrics.since_followed())
    };
    out.gauge(
        "warraq_follow_age_seconds",
        "Seconds since the database last told its position and all up to it was followed.",
        seconds(since),
    );
    let name = "warraq_database_errors_total";
    out.family(
        name,
        "counter",
        "Failures of the database: while a page was made, while the change log was followed, while its position was asked for.",
    );
    for (at, count) in [
        ("page", metrics.events(Event::PageFailed)),
        ("follow", metrics.events(Event::FollowFailed)),
        ("position", site.store.failures()),
    ] {
        out.sample(name, &[("at", at)], count);
    }
    out.gauge(
        "warraq_ready",
        "Whether the database answers: 1, or 0 as /readyz says.",
        u8::from(site.store.health().is_none()),
    );
}

fn searching(site: &Site, out: &mut Exposition) {
    let metrics = &site.metrics;
    for (name, help, times) in [
        (
            "warraq_search_seconds",
            "Time from a question to the answer of the search index, the wait for a thread included.",
            &metrics.searches,
        ),
        (
            "warraq_suggestion_seconds",
            "The same for suggestions while words are typed.",
            &metrics.suggestions,
        ),
    ] {
        let taken = |at: usize| times.took[at].load(Ordering::Relaxed);
        let nanoseconds = times.took_nanoseconds.load(Ordering::Relaxed);
        out.histogram(name, help, taken, nanoseconds);
    }
    let name = "warraq_searches_refused_total";
    out.family(
        name,
        "counter",
        "Searches and suggestions refused: their client asked too often, or no thread was free.",
    );
    for (state, count) in [
        ("rate", metrics.events(Event::SearchRefused)),
        ("busy", metrics.events(Event::SearchBusy)),
    ] {
        out.sample(name, &[("state", state)], count);
    }
    let name = "warraq_comments_total";
    out.family(
        name,
        "counter",
        "Comments sent: on disk, refused in a flood, or given back to be looked at again.",
    );
    for (state, count) in [
        ("taken", metrics.events(Event::CommentTaken)),
        ("refused", metrics.events(Event::CommentRefused)),
        ("doubted", metrics.events(Event::CommentDoubted)),
    ] {
        out.sample(name, &[("state", state)], count);
    }
    out.counter(
        "warraq_search_index_errors_total",
        "Times the search index could not be followed.",
        metrics.events(Event::IndexFailed),
    );
    let index = site.finding.index();
    out.gauge(
        "warraq_search_index_articles",
        "Articles in the search index.",
        index.as_ref().map_or(0, search::Index::articles),
    );
    let progress = site.finding.progress();
    let newest = *site.store.position().borrow();
    out.gauge(
        "warraq_search_index_position",
        "The newest change that the search index holds on disk.",
        index.as_ref().map_or(0, search::Index::position),
    );
    out.gauge(
        "warraq_search_index_behind",
        "Changes known to this server that the search index has not read.",
        newest.saturating_sub(progress.position).max(0),
    );
    out.gauge(
        "warraq_search_index_waiting",
        "Articles written in bulk that wait to be put into the search index.",
        progress.waiting,
    );
    out.gauge(
        "warraq_search_index_rebuilding",
        "Whether a new search index is being made.",
        u8::from(progress.rebuilding.is_some()),
    );
}

fn connections(site: &Site, out: &mut Exposition) {
    let metrics = &site.metrics;
    out.gauge(
        "warraq_connections_open",
        "Connections of readers.",
        metrics.connections.load(Ordering::Relaxed),
    );
    out.counter(
        "warraq_connections_refused_total",
        "Connections beyond the limit.",
        metrics.events(Event::ConnectionRefused),
    );
    out.counter(
        "warraq_handshakes_failed_total",
        "Connections that were not encrypted in time, or could not be.",
        metrics.events(Event::HandshakeFailed),
    );
    out.gauge(
        "warraq_live_streams_open",
        "Live streams of readers.",
        site.streams.open(),
    );
    out.counter(
        "warraq_live_streams_refused_total",
        "Live streams beyond the limit.",
        metrics.events(Event::StreamRefused),
    );
}

fn newsroom(site: &Site, out: &mut Exposition) {
    if let Some(newsroom) = &site.newsroom {
        out.counter(
            "warraq_password_hashes_total",
            "Passwords hashed, or compared with a hash; guesses that were told to wait are not.",
            newsroom.accounts.passwords_hashed(),
        );
    }
}

fn process(out: &mut Exposition) {
    if let Some(bytes) = anonymous_bytes() {
        out.gauge(
            "warraq_memory_anonymous_bytes",
            "Resident memory of the process, mapped files apart.",
            bytes,
        );
    }
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    out.counter(
        "process_cpu_seconds_total",
        "Processor time of the process, user and system.",
        seconds(Duration::try_from(used).unwrap_or_default()),
    );
    out.family("warraq_build_info", "gauge", "The program that runs.");
    let version = [("version", env!("CARGO_PKG_VERSION"))];
    out.sample("warraq_build_info", &version, 1);
}

/// Seconds, without the noughts that say nothing.
fn seconds(time: Duration) -> String {
    let text = format!("{}.{:09}", time.as_secs(), time.subsec_nanos());
    let short = text.trim_end_matches('0').trim_end_matches('.');
    short.to_owned()
}

fn folder_bytes(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).into_iter().flatten();
    files
        .filter_map(|file| Some(file.ok()?.metadata().ok()?.len()))
        .sum()
}

/// `RssAnon` of the process; none where the system does not tell.
fn anonymous_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_exact() {
        for (given, expect) in [
            (Duration::ZERO, "0"),
            (Duration::from_micros(25), "0.000025"),
            (Duration::from_millis(2_500), "2.5"),
            (Duration::from_secs(100), "100"),
        ] {
            assert_eq!(seconds(given), expect);
        }
    }

    #[test]
    fn the_process_has_memory() {
        assert!(anonymous_bytes().is_some_and(|bytes| bytes > 100_000));
    }
}
