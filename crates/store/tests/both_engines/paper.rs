//! What the tests write: articles with their names, headlines.

use editorial::{
    Article, ArticleKind, ArticleState, Block, BlockId, BlockKind, Body, Changes, Id, Timestamp,
    Write,
    audit::Actor,
    comment::Commenting,
    media::Media,
    people::Author,
    places::{Section, Tag},
    ticker::TickerItem,
};
use sqlx::Executor;
use store::{Database, Store};
use testing::Place;

pub(crate) fn id(value: i64) -> Id {
    Id::new(value).expect("in range")
}

pub(crate) fn section() -> Section {
    Section {
        id: id(1),
        slug: "syria".into(),
        name: "سوريا".into(),
        description: String::new(),
        colour: "#123456".into(),
        position: 0,
    }
}

pub(crate) fn article(number: i64) -> Article {
    Article {
        id: id(number),
        version: 1,
        kind: ArticleKind::Story,
        state: ArticleState::Unpublished,
        slug: format!("خبر-{number}"),
        kicker: "أستانا".into(),
        headline: format!("خبر رقم {number}: «اتفاق» على خفض التوتر في سوريــة"),
        standfirst: "مقدمة".into(),
        dateline: "أستانا".into(),
        agency: String::new(),
        language: "ar".into(),
        section: Some(id(1)),
        authors: vec![id(3)],
        tags: vec![id(2)],
        lead: None,
        body: Body {
            blocks: vec![Block {
                id: BlockId(1),
                lang: None,
                kind: BlockKind::Paragraph {
                    runs: vec!["قال الوزير إن \"المحادثات\" بدأت.\nثم انتهت.".into()],
                },
            }],
        },
        revision: id(number + 100_000),
        published_at: Some(Timestamp(number * 1_000)),
        changed_at: Timestamp(number * 1_000),
        commenting: Commenting::ByAge,
        age_note: true,
        sources: vec!["https://example.org/a".into()],
        signature: vec![1, 2, u32::MAX],
    }
}

pub(crate) fn media(number: i64) -> Media {
    Media {
        key: format!("key-{number}"),
        width: 1200,
        height: 675,
        ..Media::new(id(number))
    }
}

pub(crate) fn frame_things() -> Changes {
    Changes::new()
        .write(Write::Section(section()))
        .write(Write::Tag(Tag {
            id: id(2),
            slug: "أستانا".into(),
            name: "أستانا".into(),
        }))
        .write(Write::Author(Author {
            id: id(3),
            slug: "layla".into(),
            name: "ليلى حداد".into(),
            bio: String::new(),
        }))
}

pub(crate) async fn published(store: &Store, numbers: impl IntoIterator<Item = i64>) {
    store.commit(frame_things()).await.expect("committed");
    for number in numbers {
        let mut changes = article(number)
            .publish(Actor::System, Timestamp(5))
            .expect("publishable");
        if let Some(Write::Article { loaded_version, .. }) = changes.writes.first_mut() {
            *loaded_version = None;
        }
        store.commit(changes).await.expect("committed");
    }
}

pub(crate) fn headline(number: i64, expires_at: Option<i64>) -> Changes {
    let item = TickerItem {
        id: id(number),
        text: format!("عاجل {number}"),
        url: String::new(),
        urgent: true,
        at: Timestamp(number),
        expires_at: expires_at.map(Timestamp),
        version: 1,
    };
    item.push(Actor::CommandLine).expect("a good headline")
}

/// Does what nobody should, past the store.
pub(crate) async fn tamper(place: &Place, statement: &'static str) {
    let address = match &place.database {
        Database::Sqlite(folder) => format!("sqlite://{}", folder.join("warraq.db").display()),
        Database::Postgres(url) => url.clone(),
    };
    let pool = sqlx::any::AnyPoolOptions::new()
        .max_connections(1)
        .connect(&address)
        .await
        .expect("opens");
    pool.execute(statement).await.expect("done");
    pool.close().await;
}
