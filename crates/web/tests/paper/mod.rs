//! A small paper on loopback, with a clock that the test sets.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU32, Ordering},
    },
    time::Duration,
};

use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, Changes, Id, SiteSettings,
    Timestamp, Write,
    audit::Actor,
    body::Run,
    comment::Commenting,
    places::{Section, Tag},
    ticker::TickerItem,
};
use store::{Database, Store};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};
use web::{Config, Limits, SegmentsConfig, Site};

static NUMBER: AtomicU32 = AtomicU32::new(0);
/// The time of every paper in this program; a test that moves it runs alone.
static NOW: AtomicI64 = AtomicI64::new(START.0);

/// 15 September 2017, noon in Damascus.
pub(crate) const START: Timestamp = Timestamp(1_505_466_000 * Timestamp::SECOND);

pub(crate) fn set_clock(now: Timestamp) {
    NOW.store(now.0, Ordering::SeqCst);
}

pub(crate) fn id(number: i64) -> Id {
    Id::new(number).expect("in range")
}

/// A data folder, gone when the test ends.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("delivery-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A served paper.
pub(crate) struct Paper {
    pub(crate) store: Store,
    pub(crate) site: Arc<Site>,
    pub(crate) address: std::net::SocketAddr,
    end: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Paper {
    /// Serves the paper in `folder`, filled if it is new.
    pub(crate) async fn serve(folder: &Folder, limits: Limits) -> Self {
        Self::serve_on(Database::Sqlite(folder.0.clone()), folder, limits).await
    }

    /// Serves the paper in `folder` to clients who may search so often.
    pub(crate) async fn serve_searched(
        folder: &Folder,
        limits: Limits,
        searches: web::Searches,
    ) -> Self {
        let database = Database::Sqlite(folder.0.clone());
        Self::serve_with(database, folder, limits, searches).await
    }

    /// Serves the paper in `database`, with its other files in `folder`.
    pub(crate) async fn serve_on(database: Database, folder: &Folder, limits: Limits) -> Self {
        // Who waits for an index asks often.
        let searches = web::Searches {
            at_once: 100_000,
            a_minute: 100_000,
        };
        Self::serve_with(database, folder, limits, searches).await
    }

    async fn serve_with(
        database: Database,
        folder: &Folder,
        limits: Limits,
        searches: web::Searches,
    ) -> Self {
        let store = Store::open(&database).await.expect("the store opens");
        if store.settings().await.expect("settings").name != "ورّاق" {
            fill(&store).await;
        }
        let config = Config {
            data: folder.0.clone(),
            hosts: vec!["news.example".to_owned()],
            origin: "https://news.example".to_owned(),
            cache_bytes_max: 8 << 20,
            segments: Some(SegmentsConfig {
                folder: folder.0.join("segments"),
                bytes_max: 64 << 20,
                epoch: 1,
            }),
            trusted_proxies: Vec::new(),
            searches,
            comments: web::CommentLimits::default(),
            accounts: None,
            clock: || Timestamp(NOW.load(Ordering::SeqCst)),
        };
        let theme = theme::Theme::new(None).expect("the templates are whole");
        let site = Site::start(store.clone(), theme, config)
            .await
            .expect("the site starts");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("known");
        let (end, ended) = oneshot::channel();
        let served = tokio::spawn(web::serve(Arc::clone(&site), listener, limits, async {
            let _ = ended.await;
        }));
        Self {
            store,
            site,
            address,
            end,
            served,
        }
    }

    /// Ends the server and waits until it has; how long that took.
    pub(crate) async fn end(self) -> Duration {
        let begun = std::time::Instant::now();
        let _ = self.end.send(());
        self.served.await.expect("the server ends well");
        self.store.close().await;
        begun.elapsed()
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("connected")
    }

    /// What the server answers to these bytes, until it closes.
    pub(crate) async fn say(&self, bytes: &str) -> String {
        let mut stream = self.connect().await;
        stream.write_all(bytes.as_bytes()).await.expect("written");
        read_all(&mut stream).await
    }

    /// The answer to a request of this path, head and body; the head in lower case.
    pub(crate) async fn get(&self, path: &str) -> (String, String) {
        self.ask("GET", path, "").await
    }

    pub(crate) async fn ask(&self, method: &str, path: &str, headers: &str) -> (String, String) {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n{headers}\r\n"
        );
        let answer = self.say(&request).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        (head.to_lowercase(), body.to_owned())
    }
}

pub(crate) async fn read_all(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
    let _ = read.expect("the server closes in time");
    String::from_utf8_lossy(&answer).into_owned()
}

/// The path of article 11, 12 or 13 of the paper.
pub(crate) fn path(number: i64) -> String {
    format!("/a/{number}/%D8%AE%D8%A8%D8%B1")
}

pub(crate) fn ticker_item(number: i64, text: &str, expires_at: Option<Timestamp>) -> Changes {
    let item = TickerItem {
        id: id(number),
        text: text.to_owned(),
        url: String::new(),
        urgent: false,
        at: START,
        expires_at,
        version: 1,
    };
    item.push(Actor::System).expect("a good line")
}

/// Three articles in one section under one tag.
async fn fill(store: &Store) {
    let settings = SiteSettings {
        name: "ورّاق".to_owned(),
        ..SiteSettings::default()
    };
    let mut changes = Changes::new()
        .write(Write::Settings {
            loaded: Box::default(),
            settings: Box::new(settings),
        })
        .write(Write::Section(Section {
            id: id(1),
            slug: "سوريا".to_owned(),
            name: "سوريا".to_owned(),
            description: String::new(),
            colour: "#7a1f2b".to_owned(),
            position: 0,
        }))
        .write(Write::Tag(Tag {
            id: id(2),
            slug: "أستانا".to_owned(),
            name: "أستانا".to_owned(),
        }));
    for number in 11..=13 {
        let article = Article {
            id: id(number),
            version: 0,
            kind: ArticleKind::Story,
            state: ArticleState::Unpublished,
            slug: "خبر".to_owned(),
            kicker: String::new(),
            headline: format!("العنوان رقم {number}"),
            standfirst: String::new(),
            dateline: String::new(),
            agency: String::new(),
            language: "ar".to_owned(),
            section: Some(id(1)),
            authors: Vec::new(),
            tags: vec![id(2)],
            lead: None,
            body: Body {
                blocks: vec![Block {
                    id: BlockId(1),
                    lang: None,
                    kind: BlockKind::Paragraph {
                        runs: vec![Run {
                            text: "قال الوزير إن المحادثات مستمرة.".to_owned(),
                            marks: Vec::new(),
                        }],
                    },
                }],
            },
            revision: id(100 + number),
            published_at: Some(START.plus(-(number - 10) * Timestamp::DAY)),
            changed_at: START,
            commenting: Commenting::ByAge,
            age_note: true,
            sources: Vec::new(),
            signature: Vec::new(),
        };
        changes.append(article.publish(Actor::System, START).expect("complete"));
    }
    for write in &mut changes.writes {
        // They are new: there is no version to guard.
        if let Write::Article { loaded_version, .. } = write {
            *loaded_version = None;
        }
    }
    store.commit(changes).await.expect("committed");
}
