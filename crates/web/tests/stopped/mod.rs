//! A database that stops, says nothing, or is gone for good under the
//! connections there are, truly: PostgreSQL behind a proxy. Pages that are made
//! go on, what cannot be made is told in time, and afterwards nothing is stale.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use editorial::{Timestamp, audit::Actor};
use store::{Database, Store};
use testing::{Place, Proxy, Way};
use web::Limits;

use crate::{
    CLOCK, header,
    paper::{Folder, Paper, START, id, path, set_clock, ticker_item},
};

/// A request may take so long to be told that there is no answer: five seconds,
/// and the machine's own.
const ANSWERED: Duration = Duration::from_secs(7);
/// How long a node may take to follow once the database is back: the promise is
/// a second; a connection that is tried again at widening steps adds one.
const FOLLOWED: Duration = Duration::from_millis(2_500);
/// A page that is made may never take longer, whatever the database does: two
/// seconds where its time is over, two more for the parts around it.
const MADE: Duration = Duration::from_millis(4_500);
/// A correction made while the node is cut off.
const NOTE: &str = "ورد في نسخة سابقة رقم خاطئ.";
const HEADLINE: &str = "خبر من الجهة الأخرى";

/// A paper whose database can be taken away, and another node's way to it.
struct Stage {
    place: Place,
    proxy: Proxy,
    direct: Store,
    paper: Paper,
    _folder: Folder,
}

impl Stage {
    async fn set() -> Option<Self> {
        let place = Place::postgres().await?;
        let Database::Postgres(url) = &place.database else {
            unreachable!("asked for PostgreSQL")
        };
        let (user, rest) = url.split_once('@').expect("a user");
        let (address, name) = rest.split_once('/').expect("a database");
        let target: SocketAddr = address.parse().expect("an address of loopback");
        let proxy = Proxy::before(target).await;
        let through = format!("{user}@{}/{name}", proxy.address());
        let folder = Folder::new();
        let paper = Paper::serve_on(Database::Postgres(through), &folder, Limits::default()).await;
        let direct = place.open().await;
        for number in [11, 12] {
            let (head, _) = paper.get(&path(number)).await;
            assert!(head.starts_with("http/1.1 200 "), "{head}");
        }
        Some(Self {
            place,
            proxy,
            direct,
            paper,
            _folder: folder,
        })
    }

    /// What the node says of its database, until it says so.
    async fn not_ready(&self) -> String {
        let begun = Instant::now();
        loop {
            let (head, body) = self.paper.get("/readyz").await;
            if head.starts_with("http/1.1 503 ") {
                return body;
            }
            assert!(begun.elapsed() < Duration::from_secs(5), "ready: {body}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// A page that was never made: told to come back, in time.
    async fn no_page(&self, path: &str) -> Duration {
        let begun = Instant::now();
        let (head, body) = self.paper.get(path).await;
        let took = begun.elapsed();
        assert!(head.starts_with("http/1.1 503 "), "{path}: {head}");
        assert_eq!(header(&head, "retry-after"), Some("5"));
        assert_eq!(header(&head, "cache-control"), Some("no-store"));
        assert!(body.contains("أعد المحاولة"), "{body}");
        assert!(took < ANSWERED, "{path}: {took:?}");
        took
    }

    /// What other nodes write meanwhile.
    async fn written_elsewhere(&self) {
        actions::correct_article(
            &self.direct,
            id(11),
            editorial::correction::CorrectionKind::Correction,
            NOTE,
            Actor::System,
            START,
        )
        .await
        .expect("corrected");
        self.direct
            .commit(ticker_item(910, HEADLINE, None))
            .await
            .expect("committed");
    }

    /// Waits until pages show what was written elsewhere; how long that took.
    async fn followed(&self, at_most: Duration) -> Duration {
        let begun = Instant::now();
        loop {
            let (_, page) = self.paper.get(&path(11)).await;
            if page.contains(NOTE) && page.contains(HEADLINE) {
                let took = begun.elapsed();
                let (_, other) = self.paper.get(&path(12)).await;
                assert!(other.contains(HEADLINE));
                let (head, never_made) = self.paper.get(&path(13)).await;
                assert!(head.starts_with("http/1.1 200 "), "{head}");
                assert!(never_made.contains(HEADLINE));
                assert!(
                    self.paper
                        .get("/readyz")
                        .await
                        .0
                        .starts_with("http/1.1 200 ")
                );
                return took;
            }
            assert!(begun.elapsed() < at_most, "not followed: {page}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn end(self) {
        self.paper.end().await;
        self.direct.close().await;
        drop(self.proxy);
        self.place.end().await;
    }
}

/// A reader who asks for a page again and again, whatever happens: it must
/// always come, soon, and never go back to what it was before.
struct Traffic {
    stop: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
    reading: tokio::task::JoinHandle<()>,
}

impl Traffic {
    fn on(stage: &Stage) -> Self {
        let (stop, asked) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicUsize::new(0)),
        );
        let (stopped, count) = (Arc::clone(&stop), Arc::clone(&asked));
        let address = stage.paper.address;
        let reading = tokio::spawn(async move {
            let (mut noted, mut headed) = (false, false);
            while !stopped.load(Ordering::Relaxed) {
                let begun = Instant::now();
                let page = read(address, &path(11)).await;
                assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
                assert!(begun.elapsed() < MADE, "{:?}", begun.elapsed());
                assert!(page.contains("العنوان رقم 11"));
                assert!(!noted || page.contains(NOTE), "the correction went away");
                assert!(!headed || page.contains(HEADLINE), "the headline went away");
                (noted, headed) = (page.contains(NOTE), page.contains(HEADLINE));
                count.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        });
        Self {
            stop,
            asked,
            reading,
        }
    }

    async fn end(self) {
        self.stop.store(true, Ordering::Relaxed);
        self.reading.await.expect("every page came");
        assert!(self.asked.load(Ordering::Relaxed) > 100);
    }
}

async fn read(address: SocketAddr, path: &str) -> String {
    use tokio::io::AsyncWriteExt as _;
    let mut stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("connected");
    let request = format!("GET {path} HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("written");
    crate::paper::read_all(&mut stream).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_cut_off_and_comes_back() {
    let _turn = CLOCK.read().await;
    let Some(stage) = Stage::set().await else {
        return;
    };
    let traffic = Traffic::on(&stage);
    stage.proxy.turn(Way::Cut);
    // Before the node knows, and after.
    stage.no_page(&path(13)).await;
    let why = stage.not_ready().await;
    assert!(why.contains("database"), "{why}");
    for missing in ["/a/99", "/2017/09/15/old/", "/media/5/share.jpg", &path(13)] {
        let took = stage.no_page(missing).await;
        assert!(took < Duration::from_secs(1), "{missing}: {took:?}");
    }
    assert!(
        stage
            .paper
            .get("/healthz")
            .await
            .0
            .starts_with("http/1.1 200 ")
    );
    let (head, _) = stage.paper.get("/live/ticker.json").await;
    assert!(head.starts_with("http/1.1 200 "), "{head}");
    stage.written_elsewhere().await;
    let (_, page) = stage.paper.get(&path(11)).await;
    assert!(!page.contains(NOTE) && !page.contains(HEADLINE));
    // The log has forgotten what the node has not heard of: all is made anew.
    while stage.direct.prune_changes(0, 1_000).await.expect("pruned") > 0 {}
    stage.proxy.turn(Way::Open);
    let took = stage.followed(FOLLOWED).await;
    println!(
        "followed {} ms after the database was back",
        took.as_millis()
    );
    traffic.end().await;
    stage.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_says_nothing() {
    let _turn = CLOCK.write().await;
    let Some(stage) = Stage::set().await else {
        return;
    };
    let traffic = Traffic::on(&stage);
    stage.proxy.turn(Way::Silent);
    // Every page's time is over now, and none can be made anew: the traffic goes on.
    set_clock(START.plus(8 * Timestamp::DAY));
    // Many at once: each is told in time, none waits for the one before it.
    let (article, section) = (path(13), "/section/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7");
    tokio::join!(
        stage.no_page(&article),
        stage.no_page("/a/99"),
        stage.no_page(section),
        stage.no_page("/archive"),
        stage.no_page("/feed.xml"),
        stage.no_page("/2017/09/15/old/"),
        stage.no_page("/media/5/share.jpg"),
    );
    let why = stage.not_ready().await;
    assert!(why.contains("does not answer"), "{why}");
    let took = stage.no_page(&path(13)).await;
    assert!(took < Duration::from_secs(1), "{took:?}");
    stage.written_elsewhere().await;
    stage.proxy.turn(Way::Open);
    let took = stage.followed(FOLLOWED).await;
    println!(
        "followed {} ms after the database spoke again",
        took.as_millis()
    );
    traffic.end().await;
    set_clock(START);
    stage.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_moves_away_under_open_connections() {
    let _turn = CLOCK.read().await;
    let Some(stage) = Stage::set().await else {
        return;
    };
    let traffic = Traffic::on(&stage);
    // Every connection there is stays open and never says anything again, as
    // after a fail-over; new ones reach the database.
    stage.proxy.forget();
    stage.written_elsewhere().await;
    // Each of the old ones has to be found out, two seconds apiece.
    let took = stage.followed(Duration::from_secs(20)).await;
    println!(
        "followed {} ms after the connections went dead",
        took.as_millis()
    );
    // Headlines are fast again.
    stage
        .direct
        .commit(ticker_item(911, "خبر بعد الانتقال", None))
        .await
        .expect("committed");
    let begun = Instant::now();
    while !stage
        .paper
        .get(&path(12))
        .await
        .1
        .contains("خبر بعد الانتقال")
    {
        assert!(begun.elapsed() < Duration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    traffic.end().await;
    stage.end().await;
}
