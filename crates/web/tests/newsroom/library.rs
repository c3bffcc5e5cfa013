//! The library from outside: files come in, in a form or in parts; they are
//! described, chosen, published, and refused where they may not be shown.

use editorial::accounts::Role;
use media::{Rgb, patterns::draw_jpeg};

use crate::{
    browser::{Answer, Browser},
    desk::Desk,
};

/// What nobody may find in a picture that is kept.
const SECRET: &str = "33.513N 36.276E";

/// A photograph with a place hidden in it.
fn photograph(seed: u64) -> Vec<u8> {
    let plain = draw_jpeg(seed, Rgb(31, 111, 84), 600, 400).expect("drawn");
    let told = format!("Exif\0\0II*\0\x08\0\0\0\0\0{SECRET}");
    let length = u16::try_from(told.len() + 2).expect("short").to_be_bytes();
    [
        &plain[..2],
        &[0xFF, 0xE1],
        &length,
        told.as_bytes(),
        &plain[2..],
    ]
    .concat()
}

fn plain(answer: &Answer) -> String {
    answer.body.replace(['\u{2068}', '\u{2069}'], "")
}

#[track_caller]
fn says(answer: &Answer, words: &str) {
    let status = answer.status;
    assert!(
        plain(answer).contains(words),
        "{status} does not say {words}"
    );
}

/// A text of an answer of JSON.
fn told(answer: &Answer, name: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    match &value[name] {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The number in the address of a picture's screen.
fn number(path: &str) -> String {
    let rest = path.strip_prefix("/newsroom/media/show/").expect("shown");
    rest.split('?').next().expect("a number").to_owned()
}

/// Uploads a photograph by a form; its number.
async fn uploaded(browser: &mut Browser, seed: u64) -> String {
    let files: [(&str, &[u8]); 1] = [("الوفد.JPG", &photograph(seed))];
    let answer = browser
        .send_files("/newsroom/media/upload", &[], &files)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    number(answer.header("location").expect("a place"))
}

/// Describes one; what is not given stays empty.
async fn describe(browser: &mut Browser, media: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(&format!("/newsroom/media/show/{media}")).await;
    let mark = "name=\"seen\" value=\"";
    let at = page.body.find(mark).expect("a form") + mark.len();
    let seen = page.body[at..].split('"').next().expect("a version");
    let mut all = vec![("seen", seen), ("focal_x", "50"), ("focal_y", "50")];
    all.retain(|(name, _)| !fields.iter().any(|(own, _)| own == name));
    all.extend_from_slice(fields);
    browser
        .send("POST", &format!("/newsroom/media/describe/{media}"), &all)
        .await
}

#[tokio::test]
async fn files_of_a_form_are_kept_or_refused_each_by_its_bytes() {
    let desk = Desk::open().await;
    let mut browser = desk.signed_in(Role::Reporter).await;
    let media = uploaded(&mut browser, 7).await;
    let page = browser
        .get(&format!("/newsroom/media/show/{media}?done=kept"))
        .await;
    says(&page, "الوفد.jpg");
    says(&page, "600 × 400");
    let picture = browser.get(&format!("/media/{media}/360.jpg")).await;
    assert_eq!(picture.status, 200);
    assert_eq!(picture.header("content-type"), Some("image/jpeg"));
    assert!(!desk.originals_hold(SECRET.as_bytes()));
    // Of several, each for itself; what is typed in their names is told and does nothing.
    let good = photograph(8);
    let files: [(&str, &[u8]); 4] = [
        ("جيدة.png", &good),
        ("<b>.png", b"<svg onload=alert(1)>"),
        ("page.jpg", b"<html><script>"),
        ("cut.jpg", &good[..good.len() / 2]),
    ];
    let answer = browser
        .send_files("/newsroom/media/upload", &[], &files)
        .await;
    assert_eq!(answer.status, 422);
    for words in [
        "&lt;b&gt;.png",
        "احفظ الرسم PNG",
        "هذه صفحة وليست صورة",
        "مبتور",
    ] {
        says(&answer, words);
    }
    let library = browser.get("/newsroom/media").await;
    says(&library, "جيدة.jpg");
    assert!(!library.body.contains("cut.jpg"));
    let found = browser.get("/newsroom/media?q=%D9%88%D9%81%D8%AF").await;
    says(&found, "الوفد.jpg");
    assert!(!found.body.contains("جيدة.jpg"));
    // A document is had and never shown.
    let document: [(&str, &[u8]); 1] = [("x.html", b"%PDF-1.7\n<script>\n%%EOF")];
    let answer = browser
        .send_files("/newsroom/media/upload", &[], &document)
        .await;
    let file = number(answer.header("location").expect("kept"));
    let answer = browser.get(&format!("/file/{file}/x.pdf")).await;
    assert_eq!(answer.header("content-type"), Some("application/pdf"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert!(
        answer
            .header("content-disposition")
            .is_some_and(|line| line.starts_with("attachment"))
    );
    let nothing = browser.send_files("/newsroom/media/upload", &[], &[]).await;
    says(&nothing, "لم تختر ملفًا");
    desk.end().await;
}

#[tokio::test]
async fn an_upload_in_parts_goes_on_after_a_line_that_broke() {
    let desk = Desk::open().await;
    let mut browser = desk.signed_in(Role::Reporter).await;
    let bytes = photograph(9);
    let (first, rest) = bytes.split_at(1_000);
    let length = bytes.len().to_string();
    let begun = browser
        .send(
            "POST",
            "/newsroom/media/begin",
            &[("name", "الجسر.jpg"), ("bytes", &length)],
        )
        .await;
    let id = told(&begun, "id");
    let part = |at: usize| format!("/newsroom/media/part/{id}?at={at}");
    let finish = format!("/newsroom/media/finish/{id}");
    let kind = "application/octet-stream";
    for _ in 0..2 {
        let sent = browser.send_bytes(&part(0), kind, first).await;
        assert_eq!((sent.status, told(&sent, "at").as_str()), (200, "1000"));
    }
    let gap = browser.send_bytes(&part(2_000), kind, rest).await;
    assert_eq!((gap.status, told(&gap, "at").as_str()), (409, "1000"));
    let early = browser.send("POST", &finish, &[]).await;
    assert_eq!((early.status, told(&early, "at").as_str()), (409, "1000"));
    let there = browser.get(&format!("/newsroom/media/part/{id}")).await;
    assert_eq!(told(&there, "at"), "1000");
    let more = [rest, b"more"].concat();
    let beyond = browser.send_bytes(&part(1_000), kind, &more).await;
    assert_eq!(beyond.status, 413);
    // It is nobody else's.
    let mut other = desk.signed_in(Role::Editor).await;
    let stolen = other.get(&format!("/newsroom/media/part/{id}")).await;
    assert_eq!(stolen.status, 410);
    let sent = browser.send_bytes(&part(1_000), kind, rest).await;
    assert_eq!(told(&sent, "at"), length);
    let done = browser.send("POST", &finish, &[]).await;
    let to = told(&done, "to");
    let again = browser.send("POST", &finish, &[]).await;
    assert_eq!(told(&again, "to"), to, "it is kept once");
    says(&browser.get(&to).await, "الجسر.jpg");
    // What is no picture is told in words, and goes.
    let begun = browser
        .send(
            "POST",
            "/newsroom/media/begin",
            &[("name", "x.png"), ("bytes", "5")],
        )
        .await;
    let id = told(&begun, "id");
    let path = format!("/newsroom/media/part/{id}?at=0");
    browser.send_bytes(&path, kind, b"<svg>").await;
    let refused = browser
        .send("POST", &format!("/newsroom/media/finish/{id}"), &[])
        .await;
    assert_eq!(refused.status, 422);
    assert!(told(&refused, "error").contains("SVG"));
    let large = browser
        .send(
            "POST",
            "/newsroom/media/begin",
            &[("name", "x"), ("bytes", "99999999")],
        )
        .await;
    assert_eq!(large.status, 413);
    assert!(told(&large, "error").contains("32"));
    desk.end().await;
}

#[tokio::test]
async fn a_lead_picture_says_what_it_shows_before_it_is_published() {
    let desk = Desk::open().await;
    desk.section().await;
    let mut browser = desk.signed_in(Role::Editor).await;
    let media = uploaded(&mut browser, 11).await;
    let begun = browser.send("POST", "/newsroom/articles/new", &[]).await;
    let to = begun.header("location").expect("a form").to_owned();
    let article = to.strip_prefix("/newsroom/articles/edit/").expect("a form");
    let article = article.split('?').next().expect("a number").to_owned();
    let path = |act: &str| format!("/newsroom/articles/{act}/{article}");
    // What was typed is saved before one goes to the library.
    let fields = [
        ("headline", "وصول الوفد"),
        ("body", "وصل الوفد اليوم."),
        ("seen", "1"),
        ("media", ""),
    ];
    let chosen = browser.send("POST", &path("lead"), &fields).await;
    assert_eq!(
        chosen.header("location"),
        Some(&*format!("/newsroom/media?for={article}"))
    );
    let picker = browser.get(&format!("/newsroom/media?for={article}")).await;
    says(&picker, &path("lead"));
    let led = browser
        .send("POST", &path("lead"), &[("media", &media)])
        .await;
    assert_eq!(led.status, 303);
    let form = browser.get(&path("edit")).await;
    says(&form, "وصل الوفد اليوم.");
    says(&form, "بلا نص بديل");
    let refused = browser.send("POST", &path("publish"), &[]).await;
    assert_eq!(refused.status, 422);
    says(&refused, "لا نص بديل للصورة الرئيسة");
    // A right that has ended holds it back as well.
    let words = [
        ("alt", "أعضاء الوفد على سلم الطائرة"),
        ("expires", "2020-01-31"),
    ];
    assert_eq!(describe(&mut browser, &media, &words).await.status, 303);
    let refused = browser.send("POST", &path("publish"), &[]).await;
    says(&refused, "انتهى حق عرض الصورة");
    let expired = browser.get("/newsroom/media?show=expired").await;
    says(&expired, "أعضاء الوفد");
    let words = [
        ("alt", "أعضاء الوفد على سلم الطائرة"),
        ("credit", "وكالة"),
        ("expires", "2030-12-31"),
        // Clicked at, without script.
        ("point.x", "70"),
        ("point.y", "20"),
    ];
    assert_eq!(describe(&mut browser, &media, &words).await.status, 303);
    let page = browser.get(&format!("/newsroom/media/show/{media}")).await;
    says(
        &page,
        "name=\"focal_x\" type=\"number\" min=\"0\" max=\"100\" dir=\"ltr\" value=\"25\"",
    );
    says(&page, "value=\"2030-12-31\"");
    let published = browser.send("POST", &path("publish"), &[]).await;
    assert_eq!(published.status, 303, "{}", published.body);
    let shown = browser.get(&format!("/a/{article}")).await;
    let shown = browser
        .get(shown.header("location").expect("its slug"))
        .await;
    says(&shown, &format!("/media/{media}/"));
    says(&shown, "أعضاء الوفد على سلم الطائرة");
    let page = browser.get(&format!("/newsroom/media/show/{media}")).await;
    says(&page, "وصول الوفد");
    // Taken away again.
    let fields = [("media", "none")];
    assert_eq!(
        browser.send("POST", &path("lead"), &fields).await.status,
        303
    );
    says(&browser.get(&path("edit")).await, "بلا صورة رئيسة");
    let none = browser
        .send("POST", &path("lead"), &[("media", "99999")])
        .await;
    says(&none, "لا صورة بهذا الرقم");
    desk.end().await;
}

#[tokio::test]
async fn a_description_does_not_write_over_another_nor_lose_what_was_typed() {
    let desk = Desk::open().await;
    let mut browser = desk.signed_in(Role::Editor).await;
    let media = uploaded(&mut browser, 12).await;
    assert_eq!(
        describe(&mut browser, &media, &[("alt", "جسر")])
            .await
            .status,
        303
    );
    let stale = [("alt", "نهر"), ("seen", "1")];
    let conflict = describe(&mut browser, &media, &stale).await;
    assert_eq!(conflict.status, 409);
    says(&conflict, "نهر</textarea>");
    let long = "ا".repeat(501);
    let fields = [("alt", &*long), ("expires", "غدًا"), ("focal_x", "101")];
    let refused = describe(&mut browser, &media, &fields).await;
    assert_eq!(refused.status, 422);
    says(&refused, &long);
    says(&refused, "اكتب عددًا من 0 إلى 100");
    says(&refused, "مثل 2026-12-31");
    let refused = describe(&mut browser, &media, &[("alt", &*long)]).await;
    says(&refused, "أطول من 500 حرفًا");
    says(
        &browser.get(&format!("/newsroom/media/show/{media}")).await,
        "جسر</textarea>",
    );
    desk.end().await;
}

#[tokio::test]
async fn much_is_read_only_of_those_who_may_send_it() {
    let desk = Desk::open().await;
    let bytes = vec![0; 100_000];
    let mut stranger = Browser::new(desk.address);
    let mut moderator = desk.signed_in(Role::Moderator).await;
    let mut reporter = desk.signed_in(Role::Reporter).await;
    for path in ["/newsroom/media/upload", "/newsroom/media/part/abc?at=0"] {
        for (browser, status) in [(&mut stranger, 413), (&mut moderator, 413)] {
            let answer = browser
                .send_bytes(path, "multipart/form-data; boundary=x", &bytes)
                .await;
            assert_eq!(answer.status, status, "{path}");
        }
        let answer = reporter
            .send_bytes(path, "multipart/form-data; boundary=x", &bytes)
            .await;
        assert_ne!(answer.status, 413, "{path}");
    }
    desk.end().await;
}
