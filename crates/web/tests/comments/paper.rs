//! A served paper with one article, one administrator, and readers.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use actions::{
    accounts::{Accounts, NewUser, WAITS},
    comments::{Comments, Sent},
};
use credentials::{Hashing, Password, Token};
use editorial::{
    Article, Changes, Id, Timestamp, Write,
    accounts::{Role, Roles},
    audit::Actor,
    comment::{Decision, NewComment},
};
use mail::{Mailer, Security, Server};
use store::{Database, Store, seal::EmailSealer};
use testing::sink::Sink;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use web::{CommentLimits, Config, Limits, Site};

use crate::browser::{Answer, Browser};

pub(crate) const NOW: Timestamp = Timestamp(1_760_000_000_000_000);
pub(crate) const ARTICLE: i64 = 40;
const KEEPER: &str = "keeper@paper.example";
const PASSWORD: &str = "قطار أزرق في محطة القمح";

/// Never the same twice.
fn random() -> [u8; 32] {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    credentials::token::hash_of(&next).0
}

pub(crate) fn id(number: i64) -> Id {
    Id::new(number).expect("in range")
}

fn article() -> Article {
    testing::article(id(ARTICLE), id(ARTICLE + 1), "ماء", "عودة الماء", NOW)
}

pub(crate) struct Paper {
    pub(crate) address: SocketAddr,
    pub(crate) store: Store,
    pub(crate) comments: Comments,
    site: Arc<Site>,
    end: oneshot::Sender<()>,
    served: JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Paper {
    /// Served, with letters that go into a sink, or none.
    pub(crate) async fn open(sink: Option<&Sink>) -> Self {
        let folder = tempfile::tempdir().expect("made");
        let data = folder.path().join("paper");
        let store = Store::open(&Database::Sqlite(data.clone())).await;
        let store = store.expect("opened");
        let written = Changes::new().write(Write::Article {
            article: Box::new(article()),
            loaded_version: None,
        });
        store.commit(written).await.expect("committed");
        let sealer = EmailSealer::open(&data.join("keys"), random).expect("keys");
        let hashing = Hashing::start(1, [1; 16], || {});
        let accounts = Accounts::new(store.clone(), Arc::new(sealer), hashing, random);
        let accounts = match sink {
            None => accounts,
            Some(sink) => {
                let origin = "https://news.example".to_owned();
                let (accounts, outbox) = accounts.with_letters(mailer(sink), origin);
                tokio::spawn(outbox.run(|| NOW, &WAITS, std::future::pending()));
                accounts
            }
        };
        let keeper = NewUser {
            address: KEEPER.into(),
            name: "مدير".into(),
            roles: Roles::from_iter([Role::Administrator]),
            password: Password::new(PASSWORD),
        };
        let added = accounts.add_user(keeper, Actor::CommandLine, NOW).await;
        added.expect("added");
        let comments = accounts.comments();
        let config = Config {
            data,
            hosts: vec!["news.example".to_owned()],
            origin: "https://news.example".to_owned(),
            cache_bytes_max: 8 << 20,
            segments: None,
            trusted_proxies: vec!["127.0.0.0/8".parse().expect("a network")],
            searches: web::Searches::default(),
            comments: CommentLimits::default(),
            accounts: Some(accounts),
            clock: || NOW,
        };
        let theme = theme::Theme::new(None).expect("templates");
        let site = Site::start(store.clone(), theme, config).await;
        let site = site.expect("started");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("known");
        let (end, ended) = oneshot::channel();
        let serving = web::serve(Arc::clone(&site), listener, Limits::default(), async {
            let _ = ended.await;
        });
        Self {
            address,
            store,
            comments,
            site,
            end,
            served: tokio::spawn(serving),
            _folder: folder,
        }
    }

    /// A comment of somebody, decided on or not.
    pub(crate) async fn comment(&self, email: &str, text: &str, decision: Option<Decision>) -> Id {
        let new = NewComment::read("قارئ قديم", email, text, None, None);
        let sent = Sent {
            article: id(ARTICLE),
            comment: new.expect("a comment"),
            writer: Token::new([5; 32]),
            from: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
            hidden_field: false,
            too_fast: false,
        };
        let taken = self.comments.receive(sent, NOW).await.expect("taken").id;
        if let Some(decision) = decision {
            let actor = Actor::CommandLine;
            let decided = self.comments.decide(taken, decision, None, actor, NOW);
            decided.await.expect("decided");
        }
        taken
    }

    /// The administrator, signed in.
    pub(crate) async fn keeper(&self) -> Browser {
        let mut browser = Browser::new(self.address);
        let fields = [("address", KEEPER), ("password", PASSWORD)];
        let entered = browser.send("POST", "/newsroom/sign-in", &fields).await;
        assert_eq!(
            entered.header("location"),
            Some("/newsroom"),
            "{}",
            entered.body
        );
        browser
    }

    pub(crate) async fn end(self) {
        let _ = self.end.send(());
        self.served.await.expect("it ends well");
        drop(self.site);
        self.store.close().await;
    }
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

/// A reader in a range of addresses of his own.
pub(crate) struct Reader {
    browser: Browser,
    from: String,
}

impl Reader {
    pub(crate) fn new(paper: &Paper, range: u8) -> Self {
        Self {
            browser: Browser::new(paper.address),
            from: format!("198.51.{range}.9"),
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let from = [("x-forwarded-for", &*self.from)];
        self.browser.raw("GET", path, &from, &[]).await
    }

    /// As a browser sends a form of this site.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let origin = format!("http://{}", self.browser.host);
        self.post_from(path, &origin, fields).await
    }

    pub(crate) async fn post_from(
        &mut self,
        path: &str,
        origin: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let headers = [("x-forwarded-for", &*self.from), ("origin", origin)];
        self.browser.raw("POST", path, &headers, fields).await
    }

    /// Asks for a link, with what the page's form holds.
    pub(crate) async fn asks(&mut self, email: &str) -> Answer {
        let page = self.get("/comments/data").await;
        assert_eq!(page.status, 200);
        let token = between(&page.body, "name=\"page\" value=\"", "\"");
        let fields = [("page", &*token), ("email", email)];
        self.post("/comments/data", &fields).await
    }
}

/// What stands between two marks.
pub(crate) fn between(text: &str, before: &str, behind: &str) -> String {
    let (_, from) = text.split_once(before).expect("the mark is there");
    let (own, _) = from.split_once(behind).expect("the mark is there");
    own.to_owned()
}
