//! Data folders of older programs open in this one: see `fixtures/README.md`.

use std::path::{Path, PathBuf};

use editorial::{
    ArticleState, BlockKind, Id, Timestamp, audit::Actor, changes::Target, page::ListSubject,
    ticker::TickerItem,
};
use store::{Database, ListOf, Store, seal::EmailSealer};

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

fn copy(from: &Path, into: &Path) {
    store::files::make_folder(into).expect("made");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = into.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, target).expect("copied");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_older_folder_opens_and_goes_on() {
    let all = fixtures();
    // One for each schema up to this program's: none is ever taken away.
    let names: Vec<_> = all
        .iter()
        .filter_map(|path| path.file_name()?.to_str())
        .collect();
    let expected: Vec<_> = (1..=store::SCHEMA)
        .map(|schema| format!("schema-{schema}"))
        .collect();
    assert_eq!(
        names, expected,
        "keep a folder of every schema: see fixtures/README.md"
    );
    for fixture in all {
        let name = fixture
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let folder = std::env::temp_dir().join(format!("older-{name}-{}", std::process::id()));
        copy(&fixture, &folder);
        let store = Store::open(&Database::Sqlite(folder.clone()))
            .await
            .expect("it opens");
        assert_eq!(store.integrity().await.expect("read"), None, "{name}");
        let audit = store.audit_verify().await.expect("read");
        assert!(
            audit.entries >= 4 && audit.broken_at.is_none(),
            "{name}: {audit:?}"
        );
        pages(&store).await;
        small_things(&store, &folder).await;
        go_on(&store, audit.entries).await;
        store.close().await;
        std::fs::remove_dir_all(folder).expect("removed");
    }
}

/// Schema 2 kept the text of an article in a table of its own, and did not
/// need a revision of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_without_a_revision_becomes_one() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-2");
    let folder = std::env::temp_dir().join(format!("older-texts-{}", std::process::id()));
    copy(&fixture, &folder);
    sqlx::any::install_default_drivers();
    let file = folder.join(store::DATABASE_FILE);
    let pool = sqlx::AnyPool::connect(&format!("sqlite://{}", file.display()))
        .await
        .expect("it opens");
    let gone = sqlx::query("DELETE FROM revision")
        .execute(&pool)
        .await
        .expect("deleted");
    assert!(gone.rows_affected() >= 3);
    pool.close().await;
    let store = Store::open(&Database::Sqlite(folder.clone()))
        .await
        .expect("it opens");
    pages(&store).await;
    let well = article(&store, "/2018/05/06/well").await;
    let kept = store.article(well).await.expect("read").expect("there");
    let revisions = store.revisions(well, 10).await.expect("read");
    assert_eq!(revisions.len(), 1);
    assert_eq!(revisions[0].id, kept.revision);
    assert_eq!(revisions[0].body, kept.body);
    store.close().await;
    std::fs::remove_dir_all(folder).expect("removed");
}

async fn article(store: &Store, address: &str) -> Id {
    let target = store
        .old_address(address)
        .await
        .expect("read")
        .expect("an old address");
    match target {
        Target::Article(id) => id,
        other => panic!("{address} leads to {other:?}"),
    }
}

async fn pages(store: &Store) {
    let well = article(store, "/2018/05/06/well").await;
    let page = store
        .article_page(well, false)
        .await
        .expect("read")
        .value
        .expect("there");
    assert_eq!(page.article.headline, "عودة الماء إلى بئر البلدة");
    assert_eq!(page.article.state, ArticleState::Published);
    let is = |wanted: fn(&BlockKind) -> bool| {
        page.article
            .body
            .blocks
            .iter()
            .any(|block| wanted(&block.kind))
    };
    assert!(
        is(|kind| matches!(kind, BlockKind::Table { .. })),
        "the table"
    );
    assert!(
        is(|kind| matches!(kind, BlockKind::List { .. })),
        "the list"
    );
    let text = page.article.body.plain_text();
    assert!(
        text.contains("عاد الماء إلى البئر") && text.contains("Water is back."),
        "{text}"
    );
    assert_eq!(page.section.expect("a section").name, "البلدة");
    assert_eq!(page.authors[0].name, "هند الراوي");
    assert_eq!(page.tags[0].name, "المياه");
    assert_eq!(page.lead.expect("a picture").alt, "بئر من حجر");
    assert_eq!(page.corrections[0].text, "تصحيح: العمق 41 مترًا.");
    assert_eq!((page.thread.count, page.thread.lines.len()), (2, 2));

    let gone = article(store, "/2020/02/01/gone").await;
    let page = store
        .article_page(gone, false)
        .await
        .expect("read")
        .value
        .expect("there");
    assert_eq!(page.article.state, ArticleState::Withdrawn);
    let listed = store.sitemap_page(1, 100).await.expect("read").value;
    let headlines: Vec<_> = listed.iter().map(|line| line.headline.as_str()).collect();
    assert_eq!(
        headlines,
        ["عودة الماء إلى بئر البلدة", "سوق الخميس يفتح أبوابه"]
    );
    let (about, _) = store
        .standing_page("about")
        .await
        .expect("read")
        .value
        .expect("there");
    assert_eq!(about.headline, "من نحن");
    assert!(
        !store
            .home_page()
            .await
            .expect("read")
            .value
            .latest
            .is_empty()
    );
    let section = store
        .list(&ListOf::Section("town".into()), None, 10)
        .await
        .expect("read")
        .value;
    assert!(matches!(section, Some((ListSubject::Section(_), _))));
}

async fn small_things(store: &Store, folder: &Path) {
    assert_eq!(store.settings().await.expect("read").name, "صحيفة القنديل");
    let items = store.ticker_items(Timestamp(0)).await.expect("read");
    assert_eq!(
        (items[0].text.as_str(), items[0].urgent),
        ("خبر عاجل من البلدة", true)
    );
    let sealed = store.sealed_addresses(None, 10).await.expect("read");
    assert_eq!(sealed.len(), 1);
    let sealer =
        EmailSealer::open(&folder.join("keys"), || panic!("the keys are there")).expect("keys");
    let email = sealer.open_sealed(&sealed[0].sealed).expect("it opens");
    assert_eq!(email.expose_for_sealing(), b"salim@reader.example");
    let keys = store.original_keys("", 10).await.expect("read");
    assert!(
        folder
            .join("media/originals")
            .join(&keys[0][..2])
            .join(&keys[0])
            .exists()
    );
}

/// The old chain and the old ids go on.
async fn go_on(store: &Store, entries: i64) {
    let id = store
        .draw_ids(1)
        .await
        .expect("drawn")
        .draw()
        .expect("an id");
    let item = TickerItem {
        id,
        text: "خبر جديد".into(),
        url: String::new(),
        urgent: false,
        at: Timestamp(i64::MAX / 4),
        expires_at: None,
        version: 1,
    };
    store
        .commit(item.push(Actor::CommandLine).expect("a headline"))
        .await
        .expect("committed");
    let audit = store.audit_verify().await.expect("read");
    assert_eq!((audit.entries, audit.broken_at), (entries + 1, None));
}
