//! Readers' comments from the form to the grave, on both engines.

mod data;

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use actions::{
    accounts::Accounts,
    comments::{CommentError, Comments, Sent, Taken},
};
use credentials::{Hashing, Token};
use editorial::{
    Article, Changes, Id, SiteSettings, Timestamp, Write,
    audit::Actor,
    comment::{
        Comment, CommentState, Commenting, Decision, DecisionError, HoldRule, NewComment, OWN_FOR,
        SAME_FOR, SEEN_FOR,
    },
};
use store::{Store, seal::EmailSealer};
use testing::{Place, on_both_engines};

on_both_engines! {
    a_comment_waits_and_is_approved
    who_is_trusted_is_published_at_once
    a_blocked_writer_is_spam
    closed_articles_take_nothing
    nothing_answers_what_is_not_shown
    the_same_text_is_the_same_comment_for_ten_minutes
    its_writer_mends_it_for_ten_minutes_and_nobody_else
    an_address_is_revealed_with_a_reason
    where_a_comment_came_from_is_forgotten
}

const NOW: Timestamp = Timestamp(1_760_000_000_000_000);
const ARTICLE: i64 = 40;
const LAYLA: &str = "layla@reader.example";

/// Never the same twice, and nothing but tests would guess by it.
fn random() -> [u8; 32] {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    credentials::token::hash_of(&next).0
}

fn id(number: i64) -> Id {
    Id::new(number).expect("in range")
}

fn article(number: i64) -> Article {
    let (slug, headline) = (format!("خبر-{number}"), format!("خبر رقم {number}"));
    testing::article(id(number), id(number + 100_000), &slug, &headline, NOW)
}

struct Paper {
    accounts: Accounts,
    comments: Comments,
    store: Store,
    sealer: Arc<EmailSealer>,
    folder: tempfile::TempDir,
}

impl Paper {
    /// Two published articles, and nobody in the newsroom.
    async fn open(place: &Place) -> Self {
        let folder = tempfile::tempdir().expect("made");
        let sealer = EmailSealer::open(&folder.path().join("keys"), random).expect("keys");
        let sealer = Arc::new(sealer);
        let store = place.open().await;
        for number in [ARTICLE, ARTICLE + 1] {
            let changes = Changes::new().write(Write::Article {
                article: Box::new(article(number)),
                loaded_version: None,
            });
            store.commit(changes).await.expect("committed");
        }
        let hashing = Hashing::start(1, [1; 16], || {});
        let accounts = Accounts::new(store.clone(), Arc::clone(&sealer), hashing, random);
        Self {
            comments: accounts.comments(),
            accounts,
            store,
            sealer,
            folder,
        }
    }

    async fn set(&self, change: impl FnOnce(&mut SiteSettings)) {
        let loaded = self.store.settings().await.expect("read");
        let mut wanted = loaded.clone();
        change(&mut wanted);
        let set =
            actions::change_settings(&self.store, loaded, wanted, Actor::CommandLine, NOW).await;
        set.expect("set");
    }

    async fn takes(&self, sent: Sent, at: Timestamp) -> Result<Taken, CommentError> {
        self.comments.receive(sent, at).await
    }

    async fn taken(&self, email: &str, text: &str) -> Id {
        let taken = self.takes(sent(email, text), NOW).await.expect("taken");
        assert!(!taken.again);
        taken.id
    }

    async fn decide(&self, comment: Id, decision: Decision) {
        let actor = Actor::CommandLine;
        let decided = self.comments.decide(comment, decision, None, actor, NOW);
        decided.await.expect("decided");
    }

    /// A comment that readers see.
    async fn shown(&self, email: &str, text: &str) -> Id {
        let id = self.taken(email, text).await;
        self.decide(id, Decision::Approve).await;
        id
    }

    async fn comment(&self, id: Id) -> Comment {
        self.store.comment(id).await.expect("read").expect("there")
    }

    /// What the trail says: actor, action, subject, note.
    async fn trail(&self) -> Vec<(String, String, Id, String)> {
        let entries = self.store.audit_entries(0, 1_000).await.expect("read");
        let entries = entries.into_iter();
        entries
            .map(|one| (one.actor, one.action, one.subject, one.note))
            .collect()
    }

    async fn noted(&self, action: &str) -> Vec<(String, Id, String)> {
        let trail = self.trail().await.into_iter();
        let own = trail.filter(|one| one.1 == action);
        own.map(|(actor, _, subject, note)| (actor, subject, note))
            .collect()
    }

    async fn end(self) {
        self.store.close().await;
        drop(self.folder);
    }
}

fn writer() -> Token {
    Token::new([5; 32])
}

fn sent(email: &str, text: &str) -> Sent {
    let new = NewComment::read("قارئ", email, text, None, None);
    Sent {
        article: id(ARTICLE),
        comment: new.expect("a comment"),
        writer: writer(),
        from: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)),
        hidden_field: false,
        too_fast: false,
    }
}

fn later(microseconds: i64) -> Timestamp {
    NOW.plus(microseconds)
}

/// Texts that are not like each other.
const TEXTS: [&str; 5] = [
    "شكرًا على هذا التقرير الواضح",
    "أين كانت البلدية حين انقطع الماء؟",
    "مررت بالسوق أمس ولم أجد فيه أحدًا",
    "هل من خريطة للطريق الجديد؟",
    "تحية إلى أهل القرية جميعًا من المهجر",
];

async fn a_comment_waits_and_is_approved(place: &Place) {
    let paper = Paper::open(place).await;
    let own = paper.taken(LAYLA, TEXTS[0]).await;
    let waiting = paper.comment(own).await;
    assert_eq!(waiting.state, CommentState::Waiting);
    assert_eq!(waiting.received.holds[0].rule, HoldRule::Approval);
    // Neither the address nor where it came from stands there in words.
    let row = format!("{waiting:?}");
    for secret in ["layla", "reader.example", "192.0.2.7"] {
        assert!(!row.contains(secret), "{row}");
    }
    let email = waiting.email.expect("an address");
    let opened = paper.sealer.open_sealed(&email.sealed).expect("it opens");
    assert_eq!(opened.expose_for_sealing(), LAYLA.as_bytes());
    paper.decide(own, Decision::Approve).await;
    let thread = paper.store.comment_thread(id(ARTICLE), 1, false).await;
    let lines = thread.expect("read").value.lines;
    assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), [own]);
    // Decided again on what was seen before: somebody was first.
    let actor = Actor::CommandLine;
    let stale = paper
        .comments
        .decide(own, Decision::Spam, Some(1), actor, NOW);
    assert!(matches!(
        stale.await,
        Err(CommentError::Store(store::StoreError::Conflict))
    ));
    let again = paper
        .comments
        .decide(own, Decision::Approve, None, actor, NOW);
    assert!(matches!(
        again.await,
        Err(CommentError::Decision(DecisionError::AlreadySo(_)))
    ));
    let approved = paper.noted("comment.approve").await;
    assert_eq!(approved, [("cli".into(), own, String::new())]);
    paper.end().await;
}

async fn who_is_trusted_is_published_at_once(place: &Place) {
    let paper = Paper::open(place).await;
    paper.set(|settings| settings.comments.trust = true).await;
    for text in &TEXTS[..3] {
        paper.shown(LAYLA, text).await;
    }
    let trusted = paper.takes(sent(LAYLA, TEXTS[3]), NOW).await;
    assert_eq!(trusted.expect("taken").state, CommentState::Approved);
    let other = paper
        .takes(sent("omar@reader.example", TEXTS[4]), NOW)
        .await;
    assert_eq!(other.expect("taken").state, CommentState::Waiting);
    paper.set(|settings| settings.comments.trust = false).await;
    let waits = paper
        .takes(sent(LAYLA, "رأي خامس لا يشبه ما قبله"), NOW)
        .await;
    assert_eq!(waits.expect("taken").state, CommentState::Waiting);
    paper.end().await;
}

async fn a_blocked_writer_is_spam(place: &Place) {
    let paper = Paper::open(place).await;
    let first = paper.taken(LAYLA, TEXTS[0]).await;
    let actor = Actor::CommandLine;
    let blocked = paper.comments.set_blocked(first, true, actor, NOW);
    blocked.await.expect("blocked");
    // Another spelling of the address is the same.
    let sent_again = paper
        .takes(sent("LAYLA@reader.example", TEXTS[1]), NOW)
        .await;
    let taken = sent_again.expect("kept");
    assert_eq!(taken.state, CommentState::Spam);
    let rules = paper.comment(taken.id).await.received.holds;
    assert_eq!(rules[0].rule, HoldRule::Blocked);
    let free = paper.comments.set_blocked(first, false, actor, NOW);
    free.await.expect("let in");
    let taken = paper.takes(sent(LAYLA, TEXTS[2]), NOW).await;
    assert_eq!(taken.expect("taken").state, CommentState::Waiting);
    paper.end().await;
}

async fn closed_articles_take_nothing(place: &Place) {
    let paper = Paper::open(place).await;
    let closed = async |at| {
        let refused = paper.takes(sent(LAYLA, TEXTS[0]), at).await;
        matches!(refused, Err(CommentError::Closed))
    };
    let set = async |commenting| {
        let actor = Actor::CommandLine;
        let set = paper
            .comments
            .set_commenting(id(ARTICLE), commenting, actor, NOW);
        set.await.expect("set");
    };
    let month = 30 * Timestamp::DAY;
    assert!(closed(later(month)).await);
    set(Commenting::Closed).await;
    assert!(closed(NOW).await);
    set(Commenting::Open).await;
    assert!(!closed(later(month)).await);
    paper.set(|settings| settings.comments.open = false).await;
    assert!(closed(NOW).await);
    let missing = Sent {
        article: id(999),
        ..sent(LAYLA, TEXTS[0])
    };
    let missing = paper.takes(missing, NOW).await;
    assert!(
        matches!(missing, Err(CommentError::NoArticle(_))),
        "{missing:?}"
    );
    paper.end().await;
}

async fn nothing_answers_what_is_not_shown(place: &Place) {
    let paper = Paper::open(place).await;
    let first = paper.taken(LAYLA, TEXTS[0]).await;
    let answer = |text, article| {
        let mut answer = sent("omar@reader.example", text);
        answer.article = article;
        answer.comment.reply_to = Some(first);
        answer
    };
    let refused = paper.takes(answer(TEXTS[1], id(ARTICLE)), NOW).await;
    assert!(
        matches!(refused, Err(CommentError::NothingToAnswer)),
        "{refused:?}"
    );
    paper.decide(first, Decision::Approve).await;
    // Shown, but on another article.
    let elsewhere = paper.takes(answer(TEXTS[1], id(ARTICLE + 1)), NOW).await;
    assert!(
        matches!(elsewhere, Err(CommentError::NothingToAnswer)),
        "{elsewhere:?}"
    );
    let taken = paper.takes(answer(TEXTS[1], id(ARTICLE)), NOW).await;
    let taken = taken.expect("taken").id;
    assert_eq!(paper.comment(taken).await.reply_to, Some(first));
    paper.end().await;
}

async fn the_same_text_is_the_same_comment_for_ten_minutes(place: &Place) {
    let paper = Paper::open(place).await;
    let first = paper.taken(LAYLA, "شكرًا على هذا التقرير").await;
    let second = |at| paper.takes(sent("Layla@reader.example", "شُكراً  على هذا التقريــر"), at);
    let again = second(later(SAME_FOR - 1)).await.expect("known");
    assert_eq!((again.id, again.again), (first, true));
    let elsewhere = Sent {
        article: id(ARTICLE + 1),
        ..sent(LAYLA, "شكرًا على هذا التقرير")
    };
    let elsewhere = paper.takes(elsewhere, NOW).await.expect("taken");
    assert!(!elsewhere.again);
    let after = second(later(SAME_FOR + 1)).await.expect("taken");
    assert!(!after.again && after.id != first);
    // At the same moment: one comment, and both are told its number.
    let twins = [(), ()].map(|()| {
        let (comments, twin) = (
            paper.comments.clone(),
            sent("omar@reader.example", TEXTS[3]),
        );
        tokio::spawn(async move { comments.receive(twin, NOW).await })
    });
    let mut taken = Vec::new();
    for twin in twins {
        taken.push(twin.await.expect("it ends").expect("taken"));
    }
    assert_eq!(taken[0].id, taken[1].id);
    assert_ne!(taken[0].again, taken[1].again);
    paper.end().await;
}

async fn its_writer_mends_it_for_ten_minutes_and_nobody_else(place: &Place) {
    let paper = Paper::open(place).await;
    let (mended, other) = (paper.taken(LAYLA, TEXTS[0]).await, Token::new([6; 32]));
    let comments = &paper.comments;
    let too_late = |done: Result<_, CommentError>| {
        matches!(done, Err(CommentError::Decision(DecisionError::TooLate)))
    };
    let last = later(OWN_FOR - 1);
    let stranger = comments.edit_own(&other, mended, "نص غيري", NOW).await;
    assert!(too_late(stranger.map(|_| ())));
    assert!(too_late(comments.take_back_own(&other, mended, NOW).await));
    let state = comments
        .edit_own(&writer(), mended, "نص أصلحته", last)
        .await;
    assert_eq!(state.expect("mended"), CommentState::Waiting);
    assert_eq!(paper.comment(mended).await.text, "نص أصلحته");
    let late = comments
        .edit_own(&writer(), mended, "نص", later(OWN_FOR))
        .await;
    assert!(too_late(late.map(|_| ())));
    assert!(too_late(
        comments
            .take_back_own(&writer(), mended, later(OWN_FOR))
            .await
    ));
    // What was shown waits again.
    let shown = paper.shown(LAYLA, TEXTS[1]).await;
    let edited = comments.edit_own(&writer(), shown, TEXTS[2], NOW).await;
    assert_eq!(edited.expect("mended"), CommentState::Waiting);
    let holds = paper.comment(shown).await.received.holds;
    assert!(holds.iter().any(|hold| hold.rule == HoldRule::Edited));
    comments
        .take_back_own(&writer(), mended, last)
        .await
        .expect("taken back");
    assert_eq!(paper.comment(mended).await.state, CommentState::Withdrawn);
    let withdrawn = paper.noted("comment.withdraw").await;
    assert_eq!(withdrawn, [("reader".into(), mended, String::new())]);
    let own = async |at| comments.own(&writer(), at).await.expect("read").len();
    assert_eq!((own(NOW).await, own(later(SEEN_FOR + 1)).await), (2, 0));
    assert!(comments.own(&other, NOW).await.expect("read").is_empty());
    paper.end().await;
}

async fn an_address_is_revealed_with_a_reason(place: &Place) {
    let paper = Paper::open(place).await;
    let comment = paper.taken(LAYLA, TEXTS[0]).await;
    let reveal = |reason| {
        let reveal = paper
            .comments
            .reveal(comment, reason, Actor::User(id(7)), NOW);
        async move {
            reveal
                .await
                .map(|address| address.expose_for_sending().to_owned())
        }
    };
    for none in ["", " \n\u{200f} "] {
        let refused = reveal(none).await;
        assert!(matches!(refused, Err(CommentError::NoReason)), "{none:?}");
    }
    assert!(paper.noted("comment.reveal").await.is_empty());
    let told = reveal("طلبت النيابة عنوانه").await.expect("told");
    assert_eq!(told, LAYLA);
    let noted = paper.noted("comment.reveal").await;
    let reason = "طلبت النيابة عنوانه".to_owned();
    assert_eq!(noted, [("user:7".into(), comment, reason)]);
    let report = paper.store.audit_verify().await.expect("read");
    assert_eq!(report.broken_at, None);
    paper.end().await;
}

async fn where_a_comment_came_from_is_forgotten(place: &Place) {
    let paper = Paper::open(place).await;
    let comment = paper.taken(LAYLA, TEXTS[0]).await;
    let from = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
    let today = paper.comments.sender(from, NOW).await.expect("hashed");
    assert_eq!(paper.comment(comment).await.received.sender, today);
    let tomorrow = paper.comments.sender(from, later(Timestamp::DAY)).await;
    assert_ne!(tomorrow.expect("hashed"), today);
    let settings = paper.store.settings().await.expect("read");
    let sweep = async |at| {
        paper.comments.sweep(&settings, at).await.expect("swept");
        paper.comment(comment).await.received
    };
    let next_day = sweep(later(SEEN_FOR + 1)).await;
    assert_eq!((next_day.writer, next_day.sender == today), (None, true));
    let month = sweep(later(31 * Timestamp::DAY)).await;
    assert_eq!(month.sender, "");
    // The key of that day is gone; the next one goes a day later.
    let keys = async || paper.store.sender_keys().await.expect("read").len();
    assert_eq!(keys().await, 1);
    sweep(later(32 * Timestamp::DAY)).await;
    assert_eq!(keys().await, 0);
    paper.end().await;
}
