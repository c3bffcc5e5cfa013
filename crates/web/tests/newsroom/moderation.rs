//! Moderation from outside: the queue, decisions and what takes them back, the
//! address that is revealed, the stream.

use std::time::{Duration, Instant};

use actions::comments::Sent;
use editorial::{
    Id,
    accounts::Role,
    audit::Actor,
    comment::{CommentState, CommentWrite, Commenting, Decision, Hold, HoldRule, NewComment},
};

use crate::{
    browser::{Answer, Browser},
    desk::{self, Desk},
};

const ARTICLE: i64 = 600;
const QUEUE: &str = "/newsroom/comments";
const DECIDE: &str = "/newsroom/comments/decide";
const MAIL: &str = "reader-marked@mail.example";
/// How soon something must show, and how long it is waited for at the most.
const SOON: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(20);

fn id(number: i64) -> Id {
    Id::new(number).expect("in range")
}

/// A desk with an article.
async fn open() -> Desk {
    let desk = Desk::open().await;
    desk.publish(ARTICLE).await;
    desk
}

/// A reader writes a comment, which waits.
async fn receive(desk: &Desk, text: &str) -> Id {
    let comment = NewComment::read("ليلى حداد", MAIL, text, None, None).expect("fit");
    let acts = desk.comments();
    let sent = Sent {
        article: id(ARTICLE),
        comment,
        writer: acts.token(),
        from: [127, 0, 1, 1].into(),
        hidden_field: false,
        too_fast: false,
    };
    acts.receive(sent, desk::now()).await.expect("taken").id
}

async fn state(desk: &Desk, comment: Id) -> CommentState {
    let found = desk.store().comment(comment).await.expect("read");
    found.expect("there is one").state
}

/// The screen that an answer leads to.
async fn then(browser: &mut Browser, answer: Answer) -> Answer {
    assert_eq!(answer.status, 303, "{}", answer.body);
    let to = answer.header("location").expect("a place").to_owned();
    browser.get(&to).await
}

async fn decide(browser: &mut Browser, act: &str, comments: &[&str]) -> Answer {
    let mut fields = vec![("do", act)];
    fields.extend(comments.iter().map(|comment| ("comment", *comment)));
    let answer = browser.send("POST", DECIDE, &fields).await;
    then(browser, answer).await
}

/// The value of a hidden field.
fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.body.find(&mark).map(|at| at + mark.len());
    let rest = at.map_or("", |at| &page.body[at..]);
    rest.split('"').next().unwrap_or_default().to_owned()
}

async fn undo(browser: &mut Browser, page: &Answer) -> Answer {
    let (list, seal) = (hidden(page, "undo"), hidden(page, "seal"));
    let fields = [("undo", &*list), ("seal", &*seal)];
    let path = "/newsroom/comments/undo";
    browser.send("POST", path, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_approved_is_on_the_page_within_a_second() {
    let desk = open().await;
    let comment = receive(&desk, "عادت الكهرباء بعد يومين").await;
    let mut browser = desk.signed_in(Role::Moderator).await;
    let queue = browser.get(QUEUE).await;
    for words in [
        "عادت الكهرباء بعد يومين",
        "عودة الكهرباء إلى المدينة",
        "تقرأ الصحيفة كل تعليق قبل نشره",
        "id=\"count-nav-comments\">1<",
    ] {
        assert!(queue.body.contains(words), "{words}");
    }
    assert!(!queue.body.contains(MAIL) && !queue.body.contains("reader-marked"));
    let mut reader = Browser::new(desk.address);
    let page = reader.get("/a/600/%D8%AE%D8%A8%D8%B1").await;
    assert!(page.status == 200 && !page.body.contains("بعد يومين"));
    let began = Instant::now();
    let after = decide(&mut browser, "approve", &[&format!("{comment}-1")]).await;
    assert!(after.body.contains("نُشر التعليق."), "{}", after.body);
    loop {
        let page = reader.get("/a/600/%D8%AE%D8%A8%D8%B1").await;
        if page.body.contains("عادت الكهرباء بعد يومين") {
            break;
        }
        assert!(
            began.elapsed() < SOON,
            "not shown after {:?}",
            began.elapsed()
        );
    }
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    assert_eq!(state(&desk, comment).await, CommentState::Approved);
    let trail = desk
        .signed_in(Role::ChiefEditor)
        .await
        .get("/newsroom/trail")
        .await;
    assert!(trail.body.contains("نشر تعليقًا"));
    desk.end().await;
}

#[tokio::test]
async fn what_somebody_else_changed_is_not_decided_on_unseen() {
    let desk = open().await;
    let comment = receive(&desk, "نص أول").await;
    let mut browser = desk.signed_in(Role::Moderator).await;
    let other = desk.comments();
    let spam = other.decide(comment, Decision::Spam, None, Actor::System, desk::now());
    spam.await.expect("decided");
    let after = decide(&mut browser, "approve", &[&format!("{comment}-1")]).await;
    assert!(after.body.contains("تغيّر تعليق في الأثناء"));
    assert!(
        !after.body.contains("name=\"undo\""),
        "nothing to take back"
    );
    assert_eq!(state(&desk, comment).await, CommentState::Spam);
    // Nor is it taken back over what came since.
    let after = decide(&mut browser, "reject", &[&format!("{comment}-2")]).await;
    let approve = other.decide(comment, Decision::Approve, None, Actor::System, desk::now());
    approve.await.expect("decided");
    let undone = undo(&mut browser, &after).await;
    let undone = then(&mut browser, undone).await;
    assert!(undone.body.contains("تغيّر تعليق في الأثناء"));
    assert_eq!(state(&desk, comment).await, CommentState::Approved);
    desk.end().await;
}

#[tokio::test]
async fn several_are_decided_on_at_once_and_taken_back_as_they_stood() {
    let desk = open().await;
    let mut own = Vec::new();
    for text in ["أول", "ثان", "ثالث"] {
        own.push(receive(&desk, text).await);
    }
    let mut browser = desk.signed_in(Role::Moderator).await;
    decide(&mut browser, "reject", &[&format!("{}-1", own[2])]).await;
    let all = [
        format!("{}-1", own[0]),
        format!("{}-1", own[1]),
        format!("{}-2", own[2]),
        // Not there, and not a comment.
        "9007199254740000-1".to_owned(),
        "x".to_owned(),
    ];
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let after = decide(&mut browser, "spam", &all).await;
    let said = after.body.replace(['\u{2068}', '\u{2069}'], "");
    assert!(said.contains("عُدّت 3 تعليقات مزعجة."), "{said}");
    assert!(said.contains("تعليق واحد لم يكن فيه ما يُفعل."));
    for comment in &own {
        assert_eq!(state(&desk, *comment).await, CommentState::Spam);
    }
    // What was not done here is not taken back here.
    let mut stranger = desk.signed_in(Role::Moderator).await;
    assert_eq!(undo(&mut stranger, &after).await.status, 422);
    assert_eq!(state(&desk, own[0]).await, CommentState::Spam);
    let undone = undo(&mut browser, &after).await;
    let undone = then(&mut browser, undone).await;
    assert!(undone.body.contains("تُراجع عن"));
    let states = [
        state(&desk, own[0]).await,
        state(&desk, own[1]).await,
        state(&desk, own[2]).await,
    ];
    assert_eq!(
        states,
        [
            CommentState::Waiting,
            CommentState::Waiting,
            CommentState::Rejected
        ]
    );
    desk.end().await;
}

#[tokio::test]
async fn a_report_waits_until_somebody_decides_and_again_if_that_is_taken_back() {
    let desk = open().await;
    let comment = receive(&desk, "رأي حاد").await;
    let acts = desk.comments();
    let approve = acts.decide(comment, Decision::Approve, None, Actor::System, desk::now());
    approve.await.expect("decided");
    let reported = acts.report(comment, "فيه إساءة", [127, 0, 2, 1].into(), desk::now());
    reported.await.expect("reported");
    let mut browser = desk.signed_in(Role::Moderator).await;
    let path = "/newsroom/comments?show=reported";
    let page = browser.get(path).await;
    assert!(page.body.contains("رأي حاد") && page.body.contains("فيه إساءة"));
    let after = decide(&mut browser, "approve", &[&format!("{comment}-2")]).await;
    assert!(!browser.get(path).await.body.contains("رأي حاد"));
    let undone = undo(&mut browser, &after).await;
    then(&mut browser, undone).await;
    let page = browser.get(path).await;
    assert!(page.body.contains("رأي حاد") && page.body.contains("فيه إساءة"));
    assert_eq!(state(&desk, comment).await, CommentState::Approved);
    desk.end().await;
}

#[tokio::test]
async fn an_address_is_revealed_for_a_reason_once() {
    let desk = Desk::alone().await;
    desk.publish(ARTICLE).await;
    let comment = receive(&desk, "تعليق").await;
    let path = format!("/newsroom/comments/reveal/{comment}");
    let mut browser = desk.signed_in(Role::Moderator).await;
    assert!(!browser.get(&path).await.body.contains(MAIL));
    let none = browser.send("POST", &path, &[("typed", " ")]).await;
    assert!(none.status == 422 && none.body.contains("اكتب السبب") && !none.body.contains(MAIL));
    let reason = [("typed", "طلبت المحكمة اسم الكاتب")];
    let shown = browser.send("POST", &path, &reason).await;
    assert!(shown.status == 200 && shown.body.contains(MAIL));
    assert_eq!(shown.header("cache-control"), Some("no-store"));
    let mut chief = desk.signed_in(Role::ChiefEditor).await;
    let trail = chief.get("/newsroom/trail").await;
    assert!(trail.body.contains("كشف بريد كاتب تعليق") && trail.body.contains(reason[0].1));
    let screens = [
        &*path,
        QUEUE,
        "/newsroom/comments?show=all",
        "/newsroom/trail",
    ];
    for screen in screens {
        let page = chief.get(screen).await;
        assert!(
            page.status == 200 && !page.body.contains("reader-marked"),
            "{screen}"
        );
    }
    // Whoever sits at a desk that was left is asked for the password.
    desk::later(20 * 60);
    let again = browser.send("POST", &path, &reason).await;
    let confirm = format!("/newsroom/confirm?next={path}");
    assert_eq!(again.header("location"), Some(&*confirm));
    desk.end().await;
}

#[tokio::test]
async fn who_is_blocked_stands_in_a_list_that_lets_him_in_again() {
    let desk = open().await;
    let first = receive(&desk, "أول").await;
    let mut browser = desk.signed_in(Role::Moderator).await;
    let blocked = decide(&mut browser, "block", &[&format!("{first}-1")]).await;
    assert!(blocked.body.contains("حُظر الكاتب") && blocked.body.contains("ارفع الحظر"));
    let second = receive(&desk, "ثان").await;
    assert_eq!(state(&desk, second).await, CommentState::Spam);
    let list = browser.get("/newsroom/comments/blocked").await;
    assert!(list.body.contains("ليلى حداد") && list.body.contains("moderator"));
    let fields = [
        ("do", "unblock"),
        ("view", "blocked"),
        ("comment", &*format!("{first}-0")),
    ];
    let answer = browser.send("POST", DECIDE, &fields).await;
    let list = then(&mut browser, answer).await;
    assert!(list.body.contains("رُفع الحظر عن الكاتب.") && list.body.contains("لا أحد محظور"));
    // That is taken back as well.
    let undone = undo(&mut browser, &list).await;
    then(&mut browser, undone).await;
    let third = receive(&desk, "ثالث").await;
    assert_eq!(state(&desk, third).await, CommentState::Spam);
    desk.end().await;
}

#[tokio::test]
async fn the_newsroom_answers_and_closes_the_comments_of_an_article() {
    let desk = open().await;
    let comment = receive(&desk, "متى تعود المياه؟").await;
    let path = format!("/newsroom/comments/answer/{comment}");
    let mut browser = desk.signed_in(Role::Moderator).await;
    let words = [("typed", "غدا صباحا، يقول المجلس.")];
    let early = browser.send("POST", &path, &words).await;
    assert!(early.status == 422 && early.body.contains("انشره أولًا"));
    decide(&mut browser, "approve", &[&format!("{comment}-1")]).await;
    let answered = browser.send("POST", &path, &words).await;
    let page = then(&mut browser, answered).await;
    assert!(page.body.contains("نُشر جوابك."));
    let all = browser.get("/newsroom/comments?show=approved").await;
    assert!(all.body.contains(words[0].1) && all.body.contains("من غرفة الأخبار"));
    let empty = browser.send("POST", &path, &[("typed", "")]).await;
    assert!(empty.status == 422 && empty.body.contains("اكتب الجواب."));
    let closed = [("commenting", "closed")];
    let set = browser
        .send("POST", "/newsroom/comments/article/600", &closed)
        .await;
    let page = then(&mut browser, set).await;
    assert!(page.body.contains("value=\"closed\" checked"));
    let article = desk
        .store()
        .article(id(ARTICLE))
        .await
        .expect("read")
        .expect("there");
    assert_eq!(article.commenting, Commenting::Closed);
    desk.end().await;
}

#[tokio::test]
async fn words_that_were_met_are_marked_and_markup_is_text() {
    let desk = open().await;
    let text = "<b>اشتر الآن</b> & اتصل";
    let comment = receive(&desk, text).await;
    let mut found = desk
        .store()
        .comment(comment)
        .await
        .expect("read")
        .expect("there");
    let from = text.find("اشتر").expect("there");
    let hold = Hold::in_text(HoldRule::Advertising, from..from + "اشتر الآن".len());
    found.received.holds = vec![hold];
    found.received.version = 2;
    let changed = CommentWrite::Changed {
        comment: Box::new(found),
        loaded_version: 1,
    };
    let changes = editorial::Changes::new().write(editorial::Write::Comment(changed));
    desk.store().commit(changes).await.expect("committed");
    receive(&desk, "Power is back in the city").await;
    let mut browser = desk.signed_in(Role::Moderator).await;
    let page = browser.get(QUEUE).await;
    let marked = "&lt;b&gt;<mark>اشتر الآن</mark>&lt;/b&gt; &amp; اتصل";
    assert!(page.body.contains(marked) && page.body.contains("إعلان"));
    assert!(
        page.body
            .contains("<p class=\"said\" dir=\"ltr\">Power is back")
    );
    assert!(!page.body.contains("dir=\"rtl\">&lt;b"), "as the page runs");
    // The script and the style are files of ours, and nothing else runs.
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"));
    let script = page
        .body
        .split("<script src=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let script = browser.get(script.expect("a script")).await;
    assert_eq!(
        script.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    let searched = browser
        .get("/newsroom/comments?q=%D8%A7%D8%B4%D8%AA%D8%B1")
        .await;
    assert!(searched.body.contains("اتصل") && !searched.body.contains("Power is"));
    // English turns the page, and each text stays as it runs.
    browser.get("/newsroom/language/en").await;
    let page = browser.get(QUEUE).await;
    assert!(page.body.contains("<p class=\"said\">Power is back"));
    assert!(page.body.contains("<p class=\"said\" dir=\"rtl\">&lt;b"));
    assert!(page.body.contains("Advertising") && page.body.contains("Approve"));
    desk.end().await;
}

#[tokio::test]
async fn older_comments_stand_on_further_pages() {
    let desk = open().await;
    for number in 700..760 {
        desk.comment(number, ARTICLE).await;
    }
    let mut browser = desk.signed_in(Role::Moderator).await;
    let first = browser.get(QUEUE).await;
    assert_eq!(first.body.matches("<article ").count(), 50);
    let older = "/newsroom/comments?show=waiting&amp;before=710";
    assert!(first.body.contains(older), "{}", first.body);
    let second = browser
        .get("/newsroom/comments?show=waiting&before=710")
        .await;
    assert_eq!(second.body.matches("<article ").count(), 10);
    assert!(second.body.contains("الأحدث"));
    desk.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stream_tells_of_a_new_comment_while_its_session_lasts() {
    let desk = open().await;
    let mut browser = desk.signed_in(Role::Moderator).await;
    let mut stream = browser.events("/newsroom/comments/live").await;
    let patience = tokio::time::timeout(PATIENCE, stream.hold("retry:"));
    assert!(patience.await.expect("in time"), "it opens");
    let began = Instant::now();
    receive(&desk, "جديد").await;
    let told = tokio::time::timeout(PATIENCE, stream.hold("\"waiting\":\"1\""));
    assert!(told.await.expect("in time"), "it tells");
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    // Nothing of what was written is in it.
    assert!(!stream.hold_now("جديد") && !stream.hold_now("mail"));
    stream.forget();
    // What moderators do not look at is no news: the next event is of this comment.
    desk.publish(650).await;
    receive(&desk, "جديد آخر").await;
    let told = tokio::time::timeout(PATIENCE, stream.hold("event: comments"));
    assert!(told.await.expect("in time"));
    assert!(stream.hold_now("\"waiting\":\"2\"") && !stream.hold_now("\"waiting\":\"1\""));
    stream.forget();
    browser.send("POST", "/newsroom/sign-out", &[]).await;
    receive(&desk, "بعد الخروج").await;
    let told = tokio::time::timeout(PATIENCE, stream.hold("event: comments"));
    assert!(!told.await.expect("in time"), "it ends");
    let mut reporter = desk.signed_in(Role::Reporter).await;
    for path in ["/newsroom/comments/live", QUEUE] {
        assert_eq!(reporter.get(path).await.status, 403, "{path}");
    }
    assert!(!reporter.get("/newsroom").await.body.contains(QUEUE));
    desk.end().await;
}
