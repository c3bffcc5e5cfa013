//! Saved texts beside each other, and their list page by page.

use editorial::{Id, accounts::Role};

use crate::{browser::Browser, desk::Desk};

const LIST: &str = "/newsroom/articles/revisions/600";

async fn save(browser: &mut Browser, body: &str) {
    let form = browser.get("/newsroom/articles/edit/600").await;
    let mark = "name=\"seen\" value=\"";
    let at = form.body.find(mark).expect("a form") + mark.len();
    let seen: String = form.body[at..]
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let fields = [("seen", &*seen), ("headline", "عنوان جديد"), ("body", body)];
    let saved = browser
        .send("POST", "/newsroom/articles/save/600", &fields)
        .await;
    assert_eq!(saved.status, 303);
}

#[tokio::test]
async fn two_texts_stand_beside_each_other() {
    let desk = Desk::open().await;
    desk.publish(600).await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let list = editor.get(LIST).await;
    assert!(!list.body.contains("ما تغيّر منذ النشر"));
    save(&mut editor, "قال **الوزير** <أمس> إن المحادثات توقفت.").await;
    let list = editor.get(LIST).await;
    assert!(list.body.contains("ما تغيّر منذ النشر"));
    let article = desk.store().article(Id::new(600).expect("in range")).await;
    let public = article.expect("read").expect("there").revision;
    let texts = desk.store().revisions(Id::new(600).expect("in range"), 9);
    let texts = texts.await.expect("read");
    let newest = texts.iter().find(|text| text.id != public).expect("two").id;
    // However they are chosen, the older is the first.
    for (one, other) in [(public, newest), (newest, public)] {
        let shown = editor.get(&format!("{LIST}?one={one}&other={other}")).await;
        assert_eq!(shown.status, 200);
        for part in [
            "<del><bdi class=\"hidden\" lang=\"ar\">حُذف:</bdi>",
            "<ins><bdi class=\"hidden\" lang=\"ar\">أُضيف:</bdi>",
            "توقفت</",
            "&lt;",
        ] {
            assert!(shown.body.contains(part), "{part}");
        }
    }
    for (query, status) in [
        (format!("one={public}&other={public}"), 422),
        (format!("one={public}"), 422),
        ("compare=1".to_owned(), 422),
        (format!("one={public}&other=x"), 422),
        (format!("one={public}&other=600"), 404),
    ] {
        let refused = editor.get(&format!("{LIST}?{query}")).await;
        assert_eq!(refused.status, status, "{query}");
        assert!(refused.body.contains("role=\"alert\""), "{query}");
    }
    desk.end().await;
}

#[tokio::test]
async fn the_list_goes_on_to_the_first_text() {
    let desk = Desk::open().await;
    desk.publish(600).await;
    let mut editor = desk.signed_in(Role::Editor).await;
    for turn in 0..60 {
        save(&mut editor, &format!("نص {turn}")).await;
    }
    let (mut to, mut counts) = (LIST.to_owned(), Vec::new());
    loop {
        let list = editor.get(&to).await;
        counts.push(list.body.matches("name=\"other\"").count());
        let Some(at) = list.body.find("?before=") else {
            break;
        };
        let place = list.body[at..].split('"').next().expect("an address");
        to = format!("{LIST}{place}");
    }
    assert_eq!(counts, [50, 11]);
    desk.end().await;
}
