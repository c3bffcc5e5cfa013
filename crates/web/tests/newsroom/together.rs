//! Writing together: what one types comes to the other and is on disk before it is
//! acknowledged; who may not write does not get in; a form writes in the same text.

use std::time::Duration;

use editorial::{Block, BlockId, BlockKind, Body, Id, accounts::Role};
use futures_util::{SinkExt as _, StreamExt as _};
use manuscript::Manuscript;
use tokio_tungstenite::tungstenite::Message;

use crate::{
    browser::{Browser, Line},
    desk::Desk,
};

const PATIENCE: Duration = Duration::from_secs(20);

/// Somebody's editor: his copy of the document, and his line.
struct Editor {
    line: Line,
    document: String,
    manuscript: Manuscript,
    /// The number he writes under.
    writer: Id,
    sent: u8,
}

impl Editor {
    async fn comes(browser: &Browser, article: &str, writer: i64) -> Self {
        let path = format!("/newsroom/articles/live/{article}");
        let mut line = browser.line(&path, true).await.expect("let in");
        let Message::Text(hello) = next(&mut line).await else {
            panic!("no hello");
        };
        let hello: serde_json::Value = serde_json::from_str(&hello).expect("JSON");
        let state = binary(next(&mut line).await);
        assert_eq!(state[0], 0);
        let nothing = Message::Binary(vec![0, 0].into());
        line.send(nothing).await.expect("sent");
        let missing = binary(next(&mut line).await);
        assert_eq!(missing[0], 6);
        Self {
            line,
            document: hello["document"].as_str().expect("a number").to_owned(),
            manuscript: Manuscript::of([missing[1..].to_vec()]).expect("a document"),
            writer: Id::new(writer).expect("in range"),
            sent: 0,
        }
    }

    /// Writes a paragraph below the text, and hears that it is on disk.
    async fn writes(&mut self, words: &str) {
        self.types(words).await;
        let kept = binary(next(&mut self.line).await);
        assert_eq!(kept, [3, self.sent, 0, 0, 0]);
    }

    async fn types(&mut self, words: &str) {
        let mut body = self.manuscript.body();
        body.blocks.push(Block {
            id: BlockId(0),
            lang: None,
            kind: BlockKind::Paragraph {
                runs: vec![words.into()],
            },
        });
        let update = self.manuscript.write(&body, self.writer).expect("new");
        self.sent += 1;
        let mut bytes = vec![2, self.sent, 0, 0, 0];
        bytes.extend(update);
        let sent = self.line.send(Message::Binary(bytes.into())).await;
        sent.expect("sent");
    }

    /// Takes what another one wrote.
    async fn hears(&mut self) {
        let update = binary(next(&mut self.line).await);
        assert_eq!(update[0], 1);
        self.manuscript.take(&update[1..]).expect("taken");
    }

    fn text(&self) -> String {
        text(&self.manuscript.body())
    }
}

fn text(body: &Body) -> String {
    body.plain_text()
}

async fn next(line: &mut Line) -> Message {
    loop {
        let came = tokio::time::timeout(PATIENCE, line.next()).await;
        match came.expect("in time").expect("open").expect("a message") {
            Message::Ping(_) | Message::Pong(_) => {}
            message => return message,
        }
    }
}

fn binary(message: Message) -> Vec<u8> {
    match message {
        Message::Binary(bytes) => bytes.to_vec(),
        other => panic!("{other:?}"),
    }
}

/// Begins an article; its number.
async fn begin(browser: &mut Browser) -> String {
    let answer = browser.send("POST", "/newsroom/articles/new", &[]).await;
    let to = answer.header("location").expect("a form");
    let number = to.strip_prefix("/newsroom/articles/edit/").expect("a form");
    number.split('?').next().expect("a number").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_write_in_one_text_and_a_form_writes_there_too() {
    let desk = Desk::open().await;
    desk.section().await;
    let mut chief = desk.signed_in(Role::ChiefEditor).await;
    let mut editor = desk.signed_in(Role::Editor).await;
    let article = begin(&mut chief).await;
    let id = Id::parse(&article).expect("a number");
    let mut here = Editor::comes(&chief, &article, 1_001).await;
    let mut there = Editor::comes(&editor, &article, 1_002).await;
    assert_eq!(here.document, there.document);
    here.writes("كتبه رئيس التحرير").await;
    there.hears().await;
    there.writes("وكتبه المحرر").await;
    here.hears().await;
    assert_eq!(here.text(), "كتبه رئيس التحرير\nوكتبه المحرر");
    assert_eq!(here.text(), there.text());
    let kept = desk
        .store()
        .document(id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!((kept.last, kept.settled), (3, 1));

    // A form without the text leaves it to the document.
    let saved = editor
        .send(
            "POST",
            &format!("/newsroom/articles/save/{article}"),
            &[("seen", "1"), ("headline", "اجتماع"), ("together", "1")],
        )
        .await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let copy = desk
        .store()
        .working_copy(id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(text(&copy.content.body), here.text());
    assert_eq!(copy.content.headline, "اجتماع");
    // It gave the new paragraphs their numbers, in the document.
    here.hears().await;
    there.hears().await;

    // A plain form with the text writes in the document.
    let form = chief
        .get(&format!("/newsroom/articles/edit/{article}"))
        .await;
    let mark = "name=\"seen_text\" value=\"";
    let at = form.body.find(mark).expect("a field") + mark.len();
    let seen_text: String = form.body[at..]
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let plain = [
        ("seen", "2"),
        ("seen_text", &*seen_text),
        ("headline", "اجتماع"),
        ("body", "كتبه رئيس التحرير\n\nوكتبته استمارة"),
    ];
    let save = format!("/newsroom/articles/save/{article}");
    assert_eq!(chief.send("POST", &save, &plain).await.status, 303);
    here.hears().await;
    there.hears().await;
    assert_eq!(there.text(), "كتبه رئيس التحرير\nوكتبته استمارة");
    // A form that is behind the document is told, and holds what was typed.
    there.writes("بعدها").await;
    let late = [("seen", "3"), plain[1], ("body", "نص آخر")];
    let told = chief.send("POST", &save, &late).await;
    assert_eq!(told.status, 409);
    assert!(told.body.contains("نص آخر"), "{}", told.body);

    // Published as it stands, and the conversation is over.
    here.hears().await;
    let publish = format!("/newsroom/articles/publish/{article}");
    let published = chief
        .send("POST", &publish, &[("seen", "3"), ("together", "1")])
        .await;
    assert_eq!(published.status, 303, "{}", published.body);
    let shown = desk
        .store()
        .article(id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        text(&shown.body),
        "كتبه رئيس التحرير\nوكتبته استمارة\nبعدها"
    );
    loop {
        match next(&mut here.line).await {
            Message::Text(words) => {
                assert_eq!(words.as_str(), "ended");
                break;
            }
            Message::Binary(_) => {}
            other => panic!("{other:?}"),
        }
    }
    drop((here, there));
    desk.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_write_does_not_get_in() {
    let desk = Desk::open().await;
    let mut chief = desk.signed_in(Role::ChiefEditor).await;
    let article = begin(&mut chief).await;
    let path = format!("/newsroom/articles/live/{article}");
    let reporter = desk.signed_in(Role::Reporter).await;
    assert_eq!(reporter.line(&path, true).await.err(), Some(403));
    assert_eq!(
        chief.line(&path, false).await.err(),
        Some(403),
        "another site"
    );
    let nobody = Browser::new(desk.address);
    assert_eq!(nobody.line(&path, true).await.err(), Some(303));
    assert_eq!(chief.get(&path).await.status, 426);
    // Whoever is signed out meanwhile writes nothing more.
    let mut editor = Editor::comes(&chief, &article, 1_001).await;
    editor.writes("قبل الخروج").await;
    chief.send("POST", "/newsroom/sign-out", &[]).await;
    editor.types("بعد الخروج").await;
    let id = Id::parse(&article).expect("a number");
    loop {
        match tokio::time::timeout(PATIENCE, editor.line.next()).await {
            Ok(Some(Ok(Message::Binary(bytes)))) => assert_ne!(bytes[0], 3, "kept"),
            Ok(Some(Ok(_))) => {}
            Ok(_) => break,
            Err(late) => panic!("{late}"),
        }
    }
    let kept = desk
        .store()
        .document(id)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(kept.last, 2);
    desk.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_write_in_one_text() {
    let Some((_place, [one, other])) = Desk::two_nodes().await else {
        return;
    };
    let mut chief = one.signed_in(Role::ChiefEditor).await;
    let article = begin(&mut chief).await;
    let mut here = Editor::comes(&chief, &article, 1_001).await;
    let mut away = one.signed_in(Role::Editor).await;
    away.goes_to(other.address);
    let mut there = Editor::comes(&away, &article, 1_002).await;
    here.writes("من خادم").await;
    there.hears().await;
    there.writes("ومن خادم آخر").await;
    here.hears().await;
    assert_eq!(here.text(), "من خادم\nومن خادم آخر");
    assert_eq!(here.text(), there.text());
    // Truly at once.
    here.types("أولًا").await;
    there.types("ثانيًا").await;
    for editor in [&mut here, &mut there] {
        let mut heard = 0;
        while heard < 2 {
            let came = binary(next(&mut editor.line).await);
            match came[0] {
                1 => {
                    editor.manuscript.take(&came[1..]).expect("taken");
                    heard += 1;
                }
                3 => heard += 1,
                other => panic!("{other}"),
            }
        }
    }
    assert_eq!(here.text(), there.text());
    assert_eq!(here.text().lines().count(), 4);
    drop((here, there));
    one.end().await;
    other.end().await;
}
