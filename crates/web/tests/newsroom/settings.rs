//! The settings from outside: changed on their form, seen by readers within a second,
//! and nothing that was typed is lost.

use std::time::{Duration, Instant};

use editorial::accounts::Role;

use crate::{
    browser::{Answer, Browser},
    desk::Desk,
};

/// How soon something must show, and how long it is waited for at the most.
const SOON: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(20);
const SETTINGS: &str = "/newsroom/settings";

fn says(answer: &Answer, words: &str) {
    let plain = answer.body.replace(['\u{2068}', '\u{2069}'], "");
    assert!(
        plain.contains(words),
        "{} does not say {words}",
        answer.status
    );
}

/// What a browser sends of the form that it looked at, with `typed` in its fields.
async fn send(browser: &mut Browser, path: &str, typed: &[(&str, &str)], seen: &str) -> Answer {
    let good = [
        ("name", "صحيفة"),
        ("time-zone", "Asia/Damascus"),
        ("language", "ar"),
        ("dates-months", "egypt_gulf"),
        ("dates-second-months", "levant"),
        ("dates-separator", "/"),
        ("dates-hijri-offset", "0"),
        ("ticker-lines", "15"),
        ("ticker-fill", "on"),
        ("old-after-days", "30"),
        ("comments-open", "on"),
        ("comments-close-after-days", "30"),
        ("comments-sender-days", "30"),
        ("freshness-percent", "25"),
        ("freshness-half-life-days", "90"),
    ];
    let mut fields = vec![("seen", seen)];
    fields.extend_from_slice(typed);
    let others = good
        .iter()
        .filter(|(name, _)| !typed.iter().any(|one| one.0 == *name));
    fields.extend(others);
    browser.send("POST", path, &fields).await
}

async fn seen(browser: &mut Browser) -> String {
    let form = browser.get(SETTINGS).await;
    let mark = "name=\"seen\" value=\"";
    let at = form.body.find(mark).expect("a guard") + mark.len();
    form.body[at..].split('"').next().expect("one").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_is_seen_and_what_is_wrong_is_told() {
    let desk = Desk::open().await;
    desk.publish(600).await;
    let mut chief = desk.signed_in(Role::ChiefEditor).await;
    let mut reader = Browser::new(desk.address);
    let first = seen(&mut chief).await;
    let typed = [
        ("name", "ورّاق <اليوم>"),
        ("tagline", "يومية"),
        ("dates-months", "morocco"),
        ("dates-second-months", ""),
        ("dates-hijri", "on"),
        ("old-after-days", "٤٥"),
        (
            "header-menu",
            "محليات | /section/محليات\nالعالم\n- أوروبا | https://e.example",
        ),
    ];
    let shown = send(&mut chief, "/newsroom/settings/example", &typed, &first).await;
    assert_eq!(shown.status, 200);
    says(&shown, "أكتوبر 2025، ");
    says(&shown, "value=\"ورّاق &lt;اليوم&gt;\"");
    assert!(!reader.get("/").await.body.contains("ورّاق"), "not saved");
    let saved = send(&mut chief, SETTINGS, &typed, &first).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let began = Instant::now();
    loop {
        let page = reader.get("/a/600/%D8%AE%D8%A8%D8%B1").await;
        if page.body.contains("ورّاق &lt;اليوم&gt;") && page.body.contains("أوروبا")
        {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "it does not show");
    }
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    let kept = desk.store().settings().await.expect("read");
    assert_eq!((kept.old_after_days, kept.dates.hijri), (45, true));
    assert_eq!(kept.dates.second_months, None);
    says(
        &chief.get(SETTINGS).await,
        "- أوروبا | https://e.example</textarea>",
    );

    // From an old form nothing is replaced unseen; what was typed is there.
    let late = send(&mut chief, SETTINGS, &[("name", "اسم آخر")], &first).await;
    assert_eq!(late.status, 409);
    says(&late, "غيّر غيرك الإعدادات");
    says(&late, "value=\"اسم آخر\"");
    let now = seen(&mut chief).await;
    let cases: [(&str, &str, &str); 9] = [
        ("name", "", "لا اسم للصحيفة"),
        (
            "time-zone",
            "Mars/Base",
            "لا منطقة زمنية بهذا الاسم: Mars/Base",
        ),
        ("ticker-lines", "51", "50 سطرًا على الأكثر"),
        ("ticker-lines", "كثير", "ليس هذا عددًا"),
        ("comments-sender-days", "0", "من 1 إلى 90"),
        ("comments-rules", "javascript:x", "ليس هذا عنوانًا"),
        ("origin", "https://example.org/x", "بلا مسار"),
        ("footer-menu", "رابط | javascript:x", "الرابط «رابط»"),
        ("header-menu", "- تحت | /", "السطر 1 يبدأ"),
    ];
    for (field, value, words) in cases {
        let typed = [(field, value), ("tagline", "سطر مكتوب")];
        let refused = send(&mut chief, SETTINGS, &typed, &now).await;
        assert_eq!(refused.status, 422, "{field}");
        says(&refused, words);
        says(&refused, &format!("<a href=\"#{field}\">"));
        says(&refused, "value=\"سطر مكتوب\"");
    }
    let here = [("sec-fetch-site", "same-origin")];
    let fields = [
        ("form", "x"),
        ("seen", &*now),
        ("name", "اسم من صفحة قديمة"),
    ];
    let stale = chief.raw("POST", SETTINGS, &here, &fields).await;
    assert_eq!(stale.status, 403);
    says(&stale, "value=\"اسم من صفحة قديمة\"");
    let trail = chief.get("/newsroom/trail").await;
    says(&trail, "ضبط الموقع");
    desk.end().await;
}
