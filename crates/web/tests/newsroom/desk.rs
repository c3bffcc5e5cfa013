//! A served paper with a user of each role, and a clock that the test moves.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use actions::{
    accounts::{Accounts, NewUser, WAITS},
    comments::Comments,
};
use certificates::{CertificateFiles, Certificates};
use credentials::{Hashing, Password};
use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, ChangeKey, Changes, Id,
    Timestamp, Write,
    accounts::{LinkPurpose, Role, Roles},
    audit::Actor,
    body::Run,
    comment::{Comment, CommentState, CommentWrite, Commenting, Received},
    places::Section,
    ticker::TickerItem,
};
use mail::{Mailer, Security, Server};
use store::{Database, Store, seal::EmailSealer};
use testing::{Place, authority::Authority, sink::Sink};
use tokio::{
    net::TcpListener,
    sync::{RwLock, RwLockReadGuard, RwLockWriteGuard, oneshot},
    task::JoinHandle,
};
use web::{Config, Encryption, Limits, Site, StrictTransport};

use crate::browser::Browser;

pub(crate) const PASSWORD: &str = "قطار أزرق في محطة القمح";
pub(crate) const ADDRESS: &str = "administrator@paper.example";

const START: i64 = 1_760_000_000_000_000;
/// The clock is one for the whole program: a test that moves it runs alone.
static CLOCK: AtomicI64 = AtomicI64::new(START);
static TURNS: RwLock<()> = RwLock::const_new(());

pub(crate) fn now() -> Timestamp {
    Timestamp(CLOCK.load(Ordering::SeqCst))
}

/// For tests that hold a [`Desk::alone`].
pub(crate) fn later(seconds: i64) {
    CLOCK.fetch_add(seconds * Timestamp::SECOND, Ordering::SeqCst);
}

fn mailer(sink: &Sink) -> Mailer {
    let server = Server {
        host: "127.0.0.1".into(),
        port: sink.address().port(),
        security: Security::None,
        login: None,
        sender: "news@paper.example".parse().expect("a sender"),
        authorities: Vec::new(),
        patience: Duration::from_secs(10),
    };
    Mailer::new(server).expect("usable")
}

/// A turn at the clock: with others, or alone.
#[expect(dead_code, reason = "it is held, not read")]
enum Turn {
    Beside(RwLockReadGuard<'static, ()>),
    Alone(RwLockWriteGuard<'static, ()>),
}

/// Never the same twice.
fn random() -> [u8; 32] {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    credentials::token::hash_of(&next).0
}

pub(crate) fn address_of(role: Role) -> String {
    format!("{}@paper.example", role.name())
}

pub(crate) struct Desk {
    pub(crate) address: SocketAddr,
    site: Arc<Site>,
    accounts: Accounts,
    store: Store,
    folder: Arc<tempfile::TempDir>,
    _turn: Arc<Turn>,
    end: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Desk {
    /// Without an account.
    pub(crate) async fn empty() -> Self {
        Self::served(Turn::Beside(TURNS.read().await), None).await
    }

    /// With a user of each role, and letters that go into a sink.
    pub(crate) async fn with_letters(sink: &Sink) -> Self {
        let turn = Turn::Beside(TURNS.read().await);
        Self::served(turn, Some(sink)).await.filled().await
    }

    async fn served(turn: Turn, sink: Option<&Sink>) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("made"));
        let data = folder.path().join("paper");
        let store = Store::open(&Database::Sqlite(data)).await.expect("opened");
        Self::node(Arc::new(turn), folder, store, sink).await
    }

    /// Two nodes on one PostgreSQL, each with a store and a pool of its own, and
    /// with the same keys; none where there is no PostgreSQL.
    pub(crate) async fn two_nodes() -> Option<(Place, [Self; 2])> {
        let place = Place::postgres().await?;
        let turn = Arc::new(Turn::Beside(TURNS.read().await));
        let folder = Arc::new(tempfile::tempdir().expect("made"));
        let one = Self::node(turn.clone(), folder.clone(), place.open().await, None).await;
        let one = one.filled().await;
        let other = Self::node(turn, folder, place.open().await, None).await;
        Some((place, [one, other]))
    }

    /// The same on every engine that there is: with a user of each role.
    pub(crate) async fn on_each_engine() -> Vec<(Place, Self)> {
        let turn = Arc::new(Turn::Beside(TURNS.read().await));
        let mut desks = Vec::new();
        for place in [Some(Place::sqlite()), Place::postgres().await] {
            let Some(place) = place else { continue };
            let folder = Arc::new(tempfile::tempdir().expect("made"));
            let desk = Self::node(turn.clone(), folder, place.open().await, None).await;
            desks.push((place, desk.filled().await));
        }
        desks
    }

    async fn node(
        turn: Arc<Turn>,
        folder: Arc<tempfile::TempDir>,
        store: Store,
        sink: Option<&Sink>,
    ) -> Self {
        let data = folder.path().join("paper");
        let sealer = EmailSealer::open(&data.join("keys"), random).expect("keys");
        let hashing = Hashing::start(2, [1; 16], || {});
        let accounts = Accounts::new(store.clone(), Arc::new(sealer), hashing, random);
        let accounts = match sink {
            None => accounts,
            Some(sink) => {
                let origin = "https://news.example".to_owned();
                let (accounts, outbox) = accounts.with_letters(mailer(sink), origin);
                tokio::spawn(outbox.run(now, &WAITS, std::future::pending()));
                accounts
            }
        };
        let config = Config {
            data,
            hosts: vec!["news.example".to_owned()],
            origin: "https://news.example".to_owned(),
            cache_bytes_max: 8 << 20,
            segments: None,
            trusted_proxies: Vec::new(),
            searches: web::Searches::default(),
            comments: web::CommentLimits::default(),
            accounts: Some(accounts.clone()),
            clock: now,
        };
        let theme = theme::Theme::new(None).expect("templates");
        let site = Site::start(store.clone(), theme, config)
            .await
            .expect("started");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("known");
        let (end, ended) = oneshot::channel();
        let plain = web::serve(Arc::clone(&site), listener, Limits::default(), async {
            let _ = ended.await;
        });
        let served = tokio::spawn(plain);
        Self {
            address,
            site,
            accounts,
            store,
            folder,
            _turn: turn,
            end,
            served,
        }
    }

    /// With a user of each role.
    pub(crate) async fn open() -> Self {
        Self::empty().await.filled().await
    }

    /// The same, for a test that moves the clock.
    pub(crate) async fn alone() -> Self {
        let turn = Turn::Alone(TURNS.write().await);
        Self::served(turn, None).await.filled().await
    }

    async fn filled(self) -> Self {
        let desk = self;
        for role in Role::ALL {
            let new = NewUser {
                address: address_of(role),
                name: role.name().to_owned(),
                roles: Roles::from_iter([role]),
                password: Password::new(PASSWORD),
            };
            desk.accounts
                .add_user(new, Actor::CommandLine, now())
                .await
                .expect("added");
        }
        desk
    }

    /// The acts on comments.
    pub(crate) fn comments(&self) -> Comments {
        self.accounts.comments()
    }

    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    /// There is a section.
    pub(crate) async fn section(&self) {
        let id = Id::new(601).expect("in range");
        let section = Section {
            id,
            slug: "محليات".to_owned(),
            name: "محليات".to_owned(),
            description: String::new(),
            colour: "#7a1f2b".to_owned(),
            position: 0,
        };
        let changes = Changes::new().write(Write::Section(section)).coarse();
        self.store.commit(changes).await.expect("committed");
    }

    /// Publishes an article of that number.
    pub(crate) async fn publish(&self, number: i64) {
        let id = |number| Id::new(number).expect("in range");
        let paragraph = BlockKind::Paragraph {
            runs: vec![Run {
                text: "قال الوزير إن المحادثات مستمرة.".to_owned(),
                marks: Vec::new(),
            }],
        };
        let article = Article {
            id: id(number),
            version: 0,
            kind: ArticleKind::Story,
            state: ArticleState::Unpublished,
            slug: "خبر".to_owned(),
            kicker: String::new(),
            headline: "عودة الكهرباء إلى المدينة".to_owned(),
            standfirst: String::new(),
            dateline: String::new(),
            agency: String::new(),
            language: "ar".to_owned(),
            section: Some(id(601)),
            authors: Vec::new(),
            tags: Vec::new(),
            lead: None,
            body: Body {
                blocks: vec![Block {
                    id: BlockId(1),
                    lang: None,
                    kind: paragraph,
                }],
            },
            revision: id(number + 2),
            published_at: Some(now()),
            changed_at: now(),
            commenting: Commenting::ByAge,
            age_note: true,
            sources: Vec::new(),
            signature: Vec::new(),
        };
        let mut changes = Changes::new().write(Write::Section(Section {
            id: id(601),
            slug: "محليات".to_owned(),
            name: "محليات".to_owned(),
            description: String::new(),
            colour: "#7a1f2b".to_owned(),
            position: 0,
        }));
        changes.append(article.publish(Actor::System, now()).expect("complete"));
        for write in &mut changes.writes {
            // It is new: there is no version to guard.
            if let Write::Article { loaded_version, .. } = write {
                *loaded_version = None;
            }
        }
        self.store.commit(changes).await.expect("committed");
    }

    /// A file of the library, of which nothing is known.
    pub(crate) async fn file(&self, number: i64) {
        let id = Id::new(number).expect("in range");
        let changes = Changes::new().write(Write::Media(editorial::media::Media::new(id)));
        self.store.commit(changes).await.expect("committed");
    }

    /// Whether a file that is kept holds these bytes.
    pub(crate) fn originals_hold(&self, words: &[u8]) -> bool {
        let mut folders = vec![self.folder.path().join("paper/media/originals")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("read") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let bytes = std::fs::read(path).expect("read");
                if bytes.windows(words.len()).any(|part| part == words) {
                    return true;
                }
            }
        }
        false
    }

    /// A comment of that number waits under an article; nothing is known of its
    /// writer.
    pub(crate) async fn comment(&self, number: i64, article: i64) {
        let id = |number| Id::new(number).expect("in range");
        let comment = Comment {
            id: id(number),
            article: id(article),
            reply_to: None,
            name: "قارئة".to_owned(),
            email: None,
            text: "شكرا على الخبر".to_owned(),
            written_at: now(),
            state: CommentState::Waiting,
            received: Received::default(),
        };
        let written = Write::Comment(CommentWrite::Written(Box::new(comment)));
        let changes = Changes::new().key(ChangeKey::MODERATION).write(written);
        self.store.commit(changes).await.expect("committed");
    }

    /// A line of that number stands in the ticker, above the others.
    pub(crate) async fn headline(&self, number: i64, text: &str) {
        let item = TickerItem {
            id: Id::new(number).expect("in range"),
            text: text.to_owned(),
            url: String::new(),
            urgent: false,
            at: now(),
            expires_at: None,
            version: 1,
        };
        let changes = item.push(Actor::System).expect("a good line");
        self.store.commit(changes).await.expect("committed");
    }

    /// A browser that speaks TLS with this desk, until the test ends.
    pub(crate) async fn over_tls(&self) -> Browser {
        use std::os::unix::fs::PermissionsExt as _;
        let authority = Authority::new();
        let hour = Duration::from_hours(1);
        let pair = authority.pair(&["news.example"], hour);
        let files = CertificateFiles {
            certificate: self.folder.path().join("chain.pem"),
            key: self.folder.path().join("key.pem"),
        };
        std::fs::write(&files.certificate, pair.chain).expect("written");
        std::fs::write(&files.key, pair.key).expect("written");
        let closed = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&files.key, closed).expect("set");
        let certificates = Certificates::none();
        certificates.show(files.load().expect("a good pair"));
        let encryption = Encryption::new(&certificates, StrictTransport::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("known");
        tokio::spawn(web::serve_encrypted(
            Arc::clone(&self.site),
            listener,
            encryption.expect("random numbers"),
            Limits::default(),
            std::future::pending(),
        ));
        Browser::over_tls(address, "news.example", authority.root())
    }

    /// The path of a link to the first account.
    pub(crate) async fn first_link(&self) -> String {
        self.link(LinkPurpose::FirstAccount).await
    }

    /// The path of a link.
    pub(crate) async fn link(&self, purpose: LinkPurpose) -> String {
        let made = self.accounts.make_link(purpose, Actor::System, now()).await;
        format!("/newsroom/link/{}", made.expect("made").to_text())
    }

    /// The number of the user of that role.
    pub(crate) async fn user(&self, role: Role) -> Id {
        let found = self.accounts.find(&address_of(role)).await;
        found.expect("read").expect("there is one").id
    }

    /// A browser in which the user of that role has just signed in.
    pub(crate) async fn signed_in(&self, role: Role) -> Browser {
        let mut browser = Browser::new(self.address);
        let address = address_of(role);
        let fields = [("address", &*address), ("password", PASSWORD)];
        let entered = browser.send("POST", "/newsroom/sign-in", &fields).await;
        assert_eq!(entered.status, 303, "{}", entered.body);
        browser
    }

    pub(crate) async fn end(self) {
        let _ = self.end.send(());
        self.served.await.expect("it ends well");
        self.store.close().await;
        drop(self.folder);
    }
}
