//! Articles made from outside: written, published, amended, withdrawn and restored;
//! and that nothing that was typed is lost, nor anything shown that is not public.

use std::time::{Duration, Instant};

use editorial::{Id, accounts::Role};

use crate::{
    browser::{Answer, Browser},
    desk::Desk,
};

/// How soon something must show, and how long it is waited for at the most.
const SOON: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(20);

/// A moment ahead of the clock of the desk, in the time zone of the paper.
const AHEAD: &str = "2025-10-10T08:00";

const HEADLINE: &str = "عودة القطار إلى حلب";
const BODY: &str = "عاد القطار **اليوم** إلى المدينة.\n\n## خلفية\n\nتوقف قبل سنوات.";

/// What was said, without the signs that isolate values.
pub(crate) fn plain(answer: &Answer) -> String {
    answer.body.replace(['\u{2068}', '\u{2069}'], "")
}

pub(crate) fn says(answer: &Answer, words: &str) {
    let status = answer.status;
    assert!(
        plain(answer).contains(words),
        "{status} does not say {words}"
    );
}

/// The value of a hidden field.
pub(crate) fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.body.find(&mark).map(|at| at + mark.len());
    let rest = at.map_or("", |at| &page.body[at..]);
    rest.split('"').next().unwrap_or_default().to_owned()
}

pub(crate) fn path(act: &str, article: &str) -> String {
    format!("/newsroom/articles/{act}/{article}")
}

/// The screen that an answer leads to.
pub(crate) async fn then(browser: &mut Browser, answer: Answer) -> Answer {
    assert_eq!(answer.status, 303, "{}", answer.body);
    let to = answer.header("location").expect("a place").to_owned();
    browser.get(&to).await
}

/// Begins an article; its number.
pub(crate) async fn begin(browser: &mut Browser) -> String {
    let answer = browser.send("POST", "/newsroom/articles/new", &[]).await;
    let to = answer.header("location").expect("a form");
    let number = to.strip_prefix("/newsroom/articles/edit/").expect("a form");
    number.split('?').next().expect("a number").to_owned()
}

/// The version that the form of an article was made from.
async fn seen(browser: &mut Browser, article: &str) -> String {
    let form = browser.get(&path("edit", article)).await;
    assert_eq!(form.status, 200);
    hidden(&form, "seen")
}

/// Sends a form of an article as a browser does that looked at it just now.
pub(crate) async fn send(
    browser: &mut Browser,
    act: &str,
    article: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let seen = seen(browser, article).await;
    let mut all = vec![("seen", &*seen)];
    all.extend_from_slice(fields);
    browser.send("POST", &path(act, article), &all).await
}

/// Waits until readers get this status, and words in it; how long it took.
async fn until(reader: &mut Browser, address: &str, status: u16, words: &str) -> Duration {
    let began = Instant::now();
    loop {
        let page = reader.get(address).await;
        if page.status == status && page.body.contains(words) {
            return began.elapsed();
        }
        let told = page.status;
        assert!(began.elapsed() < PATIENCE, "{address} answers {told}");
    }
}

/// Where readers find it.
async fn public(browser: &mut Browser, article: &str) -> String {
    let form = browser.get(&path("edit", article)).await;
    let at = form.body.find(&format!("href=\"/a/{article}/"));
    let rest = &form.body[at.expect("a public address") + "href=\"".len()..];
    rest.split('"').next().expect("an address").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_from_its_first_word_to_its_return() {
    for (place, desk) in Desk::on_each_engine().await {
        let mut reporter = desk.signed_in(Role::Reporter).await;
        let article = begin(&mut reporter).await;
        let fields = [("headline", HEADLINE), ("body", BODY)];
        let saved = send(&mut reporter, "save", &article, &fields).await;
        let saved = then(&mut reporter, saved).await;
        says(&saved, "حُفظ المقال.");
        says(&saved, "9 كلمات");
        says(&saved, "## خلفية");
        assert!(!saved.body.contains(&path("publish", &article)));
        let own = reporter.get("/newsroom/articles").await;
        says(&own, HEADLINE);
        says(&own, "id=\"count-nav-articles\">1<");
        says(&own, "reporter");

        // Not by whom it is not allowed, and what he typed stands there.
        let refused = send(&mut reporter, "publish", &article, &fields).await;
        assert_eq!(refused.status, 403);
        says(&refused, HEADLINE);
        let address = format!("/a/{article}");
        let mut reader = Browser::new(desk.address);
        assert_eq!(reader.get(&address).await.status, 404);

        let mut editor = desk.signed_in(Role::Editor).await;
        let fields = [("headline", "عاد القطار إلى حلب"), ("body", BODY)];
        let published = send(&mut editor, "publish", &article, &fields).await;
        let published = then(&mut editor, published).await;
        says(&published, "نُشر المقال.");
        let address = public(&mut editor, &article).await;
        let took = until(&mut reader, &address, 200, "عاد القطار إلى حلب").await;
        assert!(took < SOON, "{took:?}");
        let page = reader.get(&address).await;
        says(&page, "<strong>اليوم</strong>");

        // It is the editors' now; what the reporter still types is not lost.
        let late = [("seen", "2"), ("headline", "x"), ("body", "متأخر جدا")];
        let late = reporter.send("POST", &path("save", &article), &late).await;
        assert_eq!(late.status, 403);
        says(&late, "متأخر جدا");

        // A slip of the pen: without a word about it.
        let fields = [("body", "عاد القطار اليوم."), ("how", "typo")];
        let amended = send(&mut editor, "amend", &article, &fields).await;
        says(&then(&mut editor, amended).await, "نُشر التعديل.");
        let took = until(&mut reader, &address, 200, "عاد القطار اليوم.").await;
        assert!(took < SOON, "{took:?}");
        assert!(!reader.get(&address).await.body.contains("تصحيح"));

        // With a note, which must have words.
        let fields = [("body", "عاد القطار أمس."), ("how", "correction")];
        let refused = send(&mut editor, "amend", &article, &fields).await;
        assert_eq!(refused.status, 422);
        says(&refused, "اكتب في جملة ما كان خطأ");
        says(&refused, "عاد القطار أمس.");
        let fields = [fields[0], fields[1], ("note", "كان اليوم خطأ.")];
        let amended = send(&mut editor, "amend", &article, &fields).await;
        then(&mut editor, amended).await;
        until(&mut reader, &address, 200, "كان اليوم خطأ.").await;
        // A note that is typed stays where the text alone is saved.
        let fields = [("body", "عاد القطار أمس."), ("note", "لم تُنشر بعد")];
        let saved = send(&mut editor, "save", &article, &fields).await;
        assert_eq!(saved.status, 200);
        says(&saved, "لم تُنشر بعد</textarea>");
        // A note alone.
        let fields = [("how", "update"), ("note", "وصل قطار ثان.")];
        let noted = send(&mut editor, "note", &article, &fields).await;
        says(&then(&mut editor, noted).await, "أُضيفت الملاحظة");
        until(&mut reader, &address, 200, "وصل قطار ثان.").await;

        let mut chief = desk.signed_in(Role::ChiefEditor).await;
        let reason = [("reason", "لم يصل القطار.")];
        assert_eq!(
            send(&mut editor, "withdraw", &article, &reason)
                .await
                .status,
            403
        );
        let withdrawn = send(&mut chief, "withdraw", &article, &reason).await;
        says(&then(&mut chief, withdrawn).await, "سُحب المقال");
        let took = until(&mut reader, &address, 410, "لم يصل القطار.").await;
        assert!(took < SOON, "{took:?}");
        let again = send(&mut chief, "withdraw", &article, &reason).await;
        assert_eq!(again.status, 422);
        says(&again, "المقال غير منشور");
        let listed = chief.get("/newsroom/articles?list=withdrawn").await;
        says(&listed, "عاد القطار إلى حلب");
        let restored = send(&mut chief, "restore", &article, &[]).await;
        then(&mut chief, restored).await;
        until(&mut reader, &address, 200, "عاد القطار أمس.").await;
        let trail = chief.get("/newsroom/trail").await;
        for act in ["بدأ مقالًا", "نشر مقالًا", "عدّل مقالًا بلا ملاحظة", "سحب مقالًا"]
        {
            says(&trail, act);
        }
        desk.end().await;
        place.end().await;
    }
}

#[tokio::test]
async fn names_that_are_not_there_are_made_when_asked() {
    let desk = Desk::open().await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let article = begin(&mut editor).await;
    let fields = [
        ("headline", HEADLINE),
        ("body", BODY),
        ("authors", "ليلى حداد"),
        ("tags", "قطارات، حلب"),
    ];
    let refused = send(&mut editor, "save", &article, &fields).await;
    assert_eq!(refused.status, 422);
    for words in [
        "ليس موجودًا: قطارات، حلب",
        "ليس موجودًا: ليلى حداد",
        "name=\"make\"",
        "aria-invalid=\"true\" aria-describedby=\"tags-fault",
        "<a href=\"#authors\">",
        HEADLINE,
        "توقف قبل سنوات.",
    ] {
        says(&refused, words);
    }
    assert_eq!(seen(&mut editor, &article).await, "1", "nothing is saved");
    let mut fields = fields.to_vec();
    fields.push(("make", "1"));
    let saved = send(&mut editor, "save", &article, &fields).await;
    let saved = then(&mut editor, saved).await;
    says(&saved, "value=\"قطارات، حلب\"");
    // They are there now, and not made again.
    let other = begin(&mut editor).await;
    let fields = [
        ("headline", "آخر"),
        ("body", ""),
        ("tags", "حلب,قطارات,حلب"),
    ];
    let saved = send(&mut editor, "save", &other, &fields).await;
    says(&then(&mut editor, saved).await, "value=\"حلب، قطارات\"");
    let names = ["حلب".to_owned()];
    let tags = desk.store().tags_named(&names).await.expect("read");
    assert_eq!(tags.len(), 1);
    desk.end().await;
}

#[tokio::test]
async fn what_is_wrong_stands_beside_what_was_typed() {
    let desk = Desk::open().await;
    desk.section().await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let article = begin(&mut editor).await;
    let long = "س".repeat(401);
    let fields = [
        ("headline", &*long),
        ("kicker", "<b>عاجل</b>"),
        ("section", "601"),
        ("body", "سطر\n\n[كلمة](javascript:x)\n\n![صورة](media:x"),
    ];
    let refused = send(&mut editor, "save", &article, &fields).await;
    assert_eq!(refused.status, 422);
    for words in [
        "<a href=\"#headline\">",
        "400 حرف على الأكثر",
        "السطر 3: «javascript:x»",
        "السطر 5: الصورة لا تُقرأ",
        "&lt;b&gt;عاجل&lt;/b&gt;",
        "![صورة](media:x",
        "<option value=\"601\" selected>",
        &long,
    ] {
        says(&refused, words);
    }
    let nowhere = [("section", "999"), ("language", "x y"), ("body", "نص")];
    let refused = send(&mut editor, "save", &article, &nowhere).await;
    says(&refused, "ليس هذا قسمًا");
    says(&refused, "ليس هذا رمز لغة");
    // Nothing is published without a headline, and the text is saved.
    let refused = send(&mut editor, "publish", &article, &[("body", "نص بلا عنوان")]).await;
    assert_eq!(refused.status, 422);
    says(&refused, "لا عنوان للمقال.");
    says(&refused, "نص بلا عنوان");
    let form = editor.get(&path("edit", &article)).await;
    says(&form, "نص بلا عنوان");
    desk.end().await;
}

#[tokio::test]
async fn of_two_who_write_at_once_neither_loses_a_word() {
    let desk = Desk::open().await;
    let mut reporter = desk.signed_in(Role::Reporter).await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let article = begin(&mut reporter).await;
    let old = seen(&mut editor, &article).await;
    let fields = [("headline", "عنوان المراسل"), ("body", "نص المراسل")];
    let saved = send(&mut reporter, "save", &article, &fields).await;
    assert_eq!(saved.status, 303);
    for act in ["save", "publish"] {
        let fields = [
            ("seen", &*old),
            ("headline", "عنوان المحرر"),
            ("body", "نص المحرر"),
        ];
        let conflict = editor.send("POST", &path(act, &article), &fields).await;
        assert_eq!(conflict.status, 409);
        for words in [
            "عنوان المراسل",
            "نص المراسل",
            "عنوان المحرر",
            "نص المحرر",
            "<bdi>reporter</bdi>",
            "احفظ نصي فوقه",
        ] {
            says(&conflict, words);
        }
        assert_eq!(hidden(&conflict, "seen"), "2");
    }
    let form = reporter.get(&path("edit", &article)).await;
    says(&form, "نص المراسل");
    assert!(!form.body.contains("نص المحرر"));
    // A fault meanwhile does not hide that somebody saved.
    let fields = [("seen", &*old), ("body", "![x](media:")];
    let refused = editor.send("POST", &path("save", &article), &fields).await;
    assert_eq!((refused.status, hidden(&refused, "seen")), (422, old));
    // Knowingly, over it.
    let fields = [
        ("seen", "2"),
        ("headline", "عنوان المحرر"),
        ("body", "نص المحرر"),
    ];
    let saved = editor.send("POST", &path("save", &article), &fields).await;
    says(&then(&mut editor, saved).await, "نص المحرر");
    let texts = editor.get(&path("revisions", &article)).await;
    says(&texts, "عنوان المراسل");
    desk.end().await;
}

#[tokio::test]
async fn a_session_that_ended_takes_no_word_with_it() {
    let desk = Desk::open().await;
    let mut browser = desk.signed_in(Role::Reporter).await;
    let article = begin(&mut browser).await;
    let form = browser.form_of("/newsroom/account").await;
    let (seen, save) = (seen(&mut browser, &article).await, path("save", &article));
    let here = [("sec-fetch-site", "same-origin")];
    let fields = [
        ("form", &*form),
        ("seen", &*seen),
        ("headline", HEADLINE),
        ("body", "سطر «أول»\n\n- بند & <آخر>"),
    ];

    // Signed out: the screen holds every field, and says how to go on.
    browser.send("POST", "/newsroom/sign-out", &[]).await;
    let kept = browser.raw("POST", &save, &here, &fields).await;
    assert_eq!(kept.status, 401);
    for words in [
        "انتهى دخولك",
        "href=\"/newsroom/sign-in\" target=\"_blank\"",
        &format!("action=\"{save}\""),
        "name=\"headline\" value=\"عودة القطار إلى حلب\"",
        "name=\"body\" value=\"سطر «أول»\n\n- بند &amp; &lt;آخر&gt;\"",
    ] {
        says(&kept, words);
    }
    assert_eq!(hidden(&kept, "seen"), seen);

    // Signed in anew, the form is an old one: nothing is saved, nothing lost.
    let mut again = desk.signed_in(Role::Reporter).await;
    let stale = again.raw("POST", &save, &here, &fields).await;
    assert_eq!(stale.status, 403);
    says(&stale, "لم يُحفظ شيء بعد");
    says(&stale, "- بند &amp; &lt;آخر&gt;</textarea>");
    assert_eq!(hidden(&stale, "seen"), seen);
    let fresh = hidden(&stale, "form");
    assert_ne!(fresh, form);
    let mut new = fields;
    new[0].1 = &fresh;
    let saved = again.raw("POST", &save, &here, &new).await;
    says(&then(&mut again, saved).await, "- بند &amp; &lt;آخر&gt;");

    // From another site nothing comes back.
    let there = [("origin", "https://evil.example")];
    let refused = again.raw("POST", &save, &there, &fields).await;
    assert_eq!(refused.status, 403);
    assert!(!refused.body.contains("بند"));
    desk.end().await;
}

#[tokio::test]
async fn an_article_may_be_long_and_has_a_limit() {
    let desk = Desk::open().await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let article = begin(&mut editor).await;
    // Six bytes a letter, urlencoded.
    let long = "كلمة ".repeat(40_000);
    let fields = [("headline", "طويل"), ("body", &*long)];
    let saved = send(&mut editor, "save", &article, &fields).await;
    assert_eq!(saved.status, 303);
    let endless = "س".repeat(800_000);
    let refused = send(&mut editor, "save", &article, &[("body", &endless)]).await;
    assert_eq!(refused.status, 413);
    says(&refused, "فنصك فيها");
    let elsewhere = editor
        .send("POST", "/newsroom/articles/new", &[("x", &long)])
        .await;
    assert_eq!(elsewhere.status, 413);
    desk.end().await;
}

#[tokio::test]
async fn what_is_not_public_is_shown_to_its_writers_alone() {
    let desk = Desk::open().await;
    desk.publish(600).await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let mut reporter = desk.signed_in(Role::Reporter).await;
    let article = begin(&mut editor).await;
    let secret = "سرّ-لم-يُنشر";
    let fields = [
        ("headline", secret),
        ("body", "نص سري"),
        ("tags", "وسم-السر"),
        ("make", "1"),
    ];
    let saved = send(&mut editor, "save", &article, &fields).await;
    assert_eq!(saved.status, 303);
    // Not another's, nor what is public, nor what was never begun.
    for number in [&*article, "600"] {
        for act in ["edit", "preview", "page", "revisions", "discard"] {
            let answer = reporter.get(&path(act, number)).await;
            assert_eq!(answer.status, 403, "{act} {number}");
            assert!(!answer.body.contains(secret));
        }
    }
    for list in ["work", "unpublished", "published", "withdrawn"] {
        let listed = reporter
            .get(&format!("/newsroom/articles?list={list}"))
            .await;
        assert!(
            listed.status == 200 && !listed.body.contains(secret),
            "{list}"
        );
        assert!(!listed.body.contains("/newsroom/articles/edit/"), "{list}");
    }
    for list in ["work", "unpublished"] {
        let listed = editor.get(&format!("/newsroom/articles?list={list}")).await;
        says(&listed, secret);
    }
    let preview = editor.get(&path("preview", &article)).await;
    assert_eq!(preview.status, 200);
    let policy = preview.header("content-security-policy").expect("a policy");
    assert!(policy.contains("frame-src 'self'") && policy.contains("frame-ancestors 'none'"));
    assert_eq!(preview.header("x-frame-options"), Some("DENY"));
    says(&preview, "كيلوبايت مضغوطة");
    let page = editor.get(&path("page", &article)).await;
    assert_eq!(page.status, 200);
    says(&page, secret);
    assert!(page.body.contains("</html>") && !page.body.contains("<form class=\"comment"));
    for (name, value) in [
        ("x-frame-options", "SAMEORIGIN"),
        ("x-robots-tag", "noindex"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(page.headers(name), [value]);
    }
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("frame-ancestors 'self'") && policy.contains("style-src 'sha256-"));
    // On no surface for readers.
    let mut reader = Browser::new(desk.address);
    let encoded = editorial::urls::encode(secret);
    for address in [
        format!("/a/{article}"),
        format!("/a/{article}/{encoded}"),
        format!("/comments/{article}"),
        path("page", &article),
    ] {
        let answer = reader.get(&address).await;
        assert!(
            answer.status != 200 && !answer.body.contains(secret),
            "{address}"
        );
    }
    let mut shown = 0;
    for address in [
        "/",
        "/archive",
        "/feed.xml",
        "/feed.json",
        "/sitemap.xml",
        "/sitemap/0.xml",
        "/sitemap/1.xml",
        "/sitemap-news.xml",
        &format!("/search?q={encoded}"),
    ] {
        let answer = reader.get(address).await;
        shown += usize::from(answer.status == 200);
        // What was searched for stands on the page of results.
        let named = !address.starts_with("/search") && answer.body.contains(secret);
        assert!(!named, "{address}");
        assert!(!answer.body.contains(&format!("/a/{article}")), "{address}");
    }
    assert!(shown >= 6, "{shown}");
    desk.end().await;
}

#[tokio::test]
async fn an_older_text_comes_back_and_a_new_one_goes() {
    let desk = Desk::open().await;
    desk.publish(600).await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let fields = [("headline", "عنوان جديد"), ("body", "نص أول")];
    let saved = send(&mut editor, "save", "600", &fields).await;
    assert_eq!(saved.status, 303);
    let saved = send(&mut editor, "save", "600", &[("body", "نص ثان")]).await;
    assert_eq!(saved.status, 303);
    let texts = editor.get(&path("revisions", "600")).await;
    assert_eq!(texts.body.matches("?show=").count(), 3);
    assert_eq!(texts.body.matches("رآه القراء").count(), 1);
    let public = desk.store().article(Id::new(600).expect("in range")).await;
    let public = public.expect("read").expect("there").revision;
    let shown = editor
        .get(&format!("{}?show={public}", path("revisions", "600")))
        .await;
    says(&shown, "قال الوزير إن المحادثات مستمرة.");
    let (number, version) = (public.to_string(), hidden(&shown, "seen"));
    let stale = [("revision", &*number), ("seen", "1")];
    let refused = editor.send("POST", &path("revert", "600"), &stale).await;
    assert_eq!(refused.status, 409);
    let fields = [("revision", &*number), ("seen", &*version)];
    let back = editor.send("POST", &path("revert", "600"), &fields).await;
    let back = then(&mut editor, back).await;
    says(&back, "عاد النص القديم");
    says(&back, "قال الوزير إن المحادثات مستمرة.");
    says(&back, "عودة الكهرباء إلى المدينة");
    // Thrown away: asked first, and not what was not seen.
    let asked = editor.get(&path("discard", "600")).await;
    says(&asked, "أتهمل ما كُتب؟");
    let unseen = [("seen", "1")];
    let refused = editor.send("POST", &path("discard", "600"), &unseen).await;
    assert_eq!(refused.status, 409);
    let version = hidden(&asked, "seen");
    let fields = [("seen", &*version)];
    let gone = editor.send("POST", &path("discard", "600"), &fields).await;
    says(&then(&mut editor, gone).await, "أُهمل ما كُتب.");
    let nothing = editor.get(&path("discard", "600")).await;
    says(&nothing, "ليس في المقال ما لم يُنشر");
    let amended = send(&mut editor, "amend", "600", &[("how", "typo")]).await;
    assert_eq!(amended.status, 422);
    says(&amended, "ليس في المقال ما لم يُنشر");
    desk.end().await;
}

#[tokio::test]
async fn many_articles_stand_on_many_screens() {
    let desk = Desk::open().await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let mut reporter = desk.signed_in(Role::Reporter).await;
    for _ in 0..53 {
        begin(&mut editor).await;
    }
    let own = begin(&mut reporter).await;
    for (list, all) in [("work", 54), ("unpublished", 54)] {
        let mut to = format!("/newsroom/articles?list={list}");
        let mut found = Vec::new();
        for _ in 0..2 {
            let screen = editor.get(&to).await;
            let mark = "<p class=\"head\"><a href=\"";
            let links = screen.body.split(mark).skip(1);
            found.extend(links.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
            let older = screen.body.split("<a class=\"button\" href=\"").nth(1);
            let older = older.and_then(|rest| rest.split('"').next());
            to = older.unwrap_or_default().replace("&amp;", "&");
        }
        let count = found.len();
        found.sort();
        found.dedup();
        assert_eq!((count, found.len()), (all, all), "{list}");
    }
    let listed = reporter.get("/newsroom/articles").await;
    assert_eq!(listed.body.matches("/newsroom/articles/edit/").count(), 1);
    says(&listed, &path("edit", &own));
    says(&listed, "بلا عنوان");
    desk.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_given_a_moment_and_the_moment_taken_back() {
    for (place, desk) in Desk::on_each_engine().await {
        let mut editor = desk.signed_in(Role::Editor).await;
        let article = begin(&mut editor).await;
        let fields = [
            ("headline", HEADLINE),
            ("body", BODY),
            ("at", "2001-01-01T08:00"),
        ];
        let past = send(&mut editor, "schedule", &article, &fields).await;
        assert_eq!(past.status, 422);
        says(&past, "مضى هذا الموعد");
        says(&past, "value=\"2001-01-01T08:00\"");
        says(&past, "## خلفية");
        let fields = [("headline", HEADLINE), ("body", BODY), ("at", "غدًا")];
        let none = send(&mut editor, "schedule", &article, &fields).await;
        assert_eq!(none.status, 422);
        says(&none, "اكتب يوم النشر وساعته.");
        let untitled = [("headline", ""), ("body", BODY), ("at", AHEAD)];
        let untitled = send(&mut editor, "schedule", &article, &untitled).await;
        assert_eq!(untitled.status, 422);

        let fields = [("headline", HEADLINE), ("body", BODY), ("at", AHEAD)];
        let done = send(&mut editor, "schedule", &article, &fields).await;
        let done = then(&mut editor, done).await;
        says(&done, "سيُنشر المقال في موعده.");
        says(&done, &format!("value=\"{AHEAD}\""));
        let list = editor.get("/newsroom/articles?list=scheduled").await;
        says(&list, HEADLINE);
        says(&list, &AHEAD.replace('T', " "));
        let mut reader = Browser::new(desk.address);
        assert_eq!(reader.get(&format!("/a/{article}")).await.status, 404);
        let back = send(&mut editor, "unschedule", &article, &[]).await;
        let back = then(&mut editor, back).await;
        says(&back, "أُلغي الموعد");
        let list = editor.get("/newsroom/articles?list=scheduled").await;
        assert!(!list.body.contains(HEADLINE));
        let again = send(&mut editor, "unschedule", &article, &[]).await;
        assert_eq!(again.status, 422);
        says(&again, "لا موعد لهذا المقال.");
        let mut reporter = desk.signed_in(Role::Reporter).await;
        let fields = [("at", AHEAD)];
        let refused = reporter
            .send("POST", &path("schedule", &article), &fields)
            .await;
        assert_eq!(refused.status, 403);
        let list = reporter.get("/newsroom/articles?list=scheduled").await;
        assert!(!plain(&list).contains("لها موعد"));
        desk.end().await;
        place.end().await;
    }
}

#[tokio::test]
async fn a_database_that_is_away_takes_no_word_with_it() {
    let desk = Desk::open().await;
    let mut browser = desk.signed_in(Role::Reporter).await;
    let article = begin(&mut browser).await;
    let (form, seen) = (
        browser.form_of(&path("edit", &article)).await,
        seen(&mut browser, &article).await,
    );
    desk.store().clone().close().await;
    let fields = [
        ("form", &*form),
        ("seen", &*seen),
        ("headline", HEADLINE),
        ("body", "سطر <أول>"),
    ];
    let here = [("sec-fetch-site", "same-origin")];
    let save = path("save", &article);
    let kept = browser.raw("POST", &save, &here, &fields).await;
    assert_eq!(kept.status, 503);
    assert!(kept.header("retry-after").is_some());
    says(&kept, "لا تُحفظ النصوص في هذه اللحظة");
    says(&kept, "سطر &lt;أول&gt;</textarea>");
    // The button sends the same once more.
    assert_eq!(
        (hidden(&kept, "form"), hidden(&kept, "seen")),
        (form.clone(), seen.clone())
    );
    assert!(kept.body.contains(&format!("action=\"{save}\"")));
    let there = [("origin", "https://evil.example")];
    let refused = browser.raw("POST", &save, &there, &fields).await;
    assert_eq!(refused.status, 503);
    assert!(!refused.body.contains("سطر"));
    desk.end().await;
}
