//! The old site's clock: which time zone a paper has after an import.

use editorial::{SiteSettings, Timestamp, audit::Actor};

use crate::export::{comment, imported, post, says};
use crate::paper::{NOW, Paper};
use testing::{Place, on_both_engines};

on_both_engines! {
    a_paper_takes_the_zone_of_the_old_site
    the_newsrooms_zone_stays
    an_export_without_both_dates_tells_no_zone
}

/// A post with these two dates.
fn dated(number: u32, local: &str, utc: &str, rest: &str) -> String {
    let link = format!("https://old.example/{number}/");
    post(number, "publish", &link, rest)
        .replace("2019-03-04 12:00:00", local)
        .replace("2019-03-04 09:00:00", utc)
}

/// A site of Casablanca: an hour ahead, but for Ramadan.
fn of_casablanca() -> [String; 4] {
    [
        dated(1, "2019-03-04 12:00:00", "2019-03-04 11:00:00", ""),
        dated(2, "2019-05-15 12:00:00", "2019-05-15 12:00:00", ""),
        dated(3, "2019-07-04 12:00:00", "2019-07-04 11:00:00", ""),
        dated(
            4,
            "2019-07-04 12:00:00",
            "0000-00-00 00:00:00",
            &comment(41, 0, "1", "comment", "نعم"),
        ),
    ]
}

fn at(text: &str) -> Timestamp {
    let at: jiff::Timestamp = text.parse().expect("a moment");
    Timestamp(at.as_microsecond())
}

async fn zone(paper: &Paper) -> String {
    paper.store.settings().await.expect("read").time_zone
}

async fn a_paper_takes_the_zone_of_the_old_site(place: &Place) {
    let paper = Paper::new(place).await;
    let report = imported(&paper, &of_casablanca()).await;
    assert_eq!(zone(&paper).await, "Africa/Casablanca");
    says(
        &report,
        "time_zone",
        "times follow Africa/Casablanca, as 3 of 3 items of the export do; change it with `warraq settings set time_zone",
    );
    let undated = paper.article("?p=4").await;
    assert_eq!(undated.published_at, Some(at("2019-07-04T11:00:00Z")));
    let source = "wordpress:https://old.example";
    let numbers = ["41".to_owned()];
    let origins = paper.store.origins(source, "comment", &numbers).await;
    let id = origins.expect("read")[0].id;
    let comment = paper.store.comment(id).await.expect("read").expect("there");
    assert_eq!(comment.written_at, at("2019-03-05T09:00:00Z"));
    // Once it is the paper's own, it is not told again.
    let report = imported(&paper, &of_casablanca()).await;
    assert!(
        report.lines.iter().all(|line| line.id != "time_zone"),
        "{report:?}"
    );
}

async fn the_newsrooms_zone_stays(place: &Place) {
    let paper = Paper::new(place).await;
    let loaded = paper.store.settings().await.expect("read");
    let settings = SiteSettings {
        time_zone: "Asia/Riyadh".into(),
        ..loaded.clone()
    };
    let changed =
        actions::change_settings(&paper.store, loaded, settings, Actor::CommandLine, NOW).await;
    changed.expect("set");
    let report = imported(&paper, &of_casablanca()).await;
    assert_eq!(zone(&paper).await, "Asia/Riyadh");
    says(
        &report,
        "time_zone",
        "times follow Asia/Riyadh, as the paper is set, though 3 of 3 items of the export follow Africa/Casablanca",
    );
    // What the old site's clock alone says is still read by that clock.
    let undated = paper.article("?p=4").await;
    assert_eq!(undated.published_at, Some(at("2019-07-04T11:00:00Z")));
}

async fn an_export_without_both_dates_tells_no_zone(place: &Place) {
    let paper = Paper::new(place).await;
    let report = imported(&paper, &of_casablanca()[3..]).await;
    let fresh = SiteSettings::default().time_zone;
    assert_eq!(zone(&paper).await, fresh);
    assert!(
        report.lines.iter().all(|line| line.id != "time_zone"),
        "{report:?}"
    );
}
