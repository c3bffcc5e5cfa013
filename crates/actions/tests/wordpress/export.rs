//! Exports made of elements, and what an import of them did.

use actions::{
    import_wxr::ImportReport,
    old_address::{Answer, answer},
};

use editorial::Standing;

use crate::paper::Paper;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\"><channel>\n<title>ص</title><link>https://old.example</link><language>ar</language>\n<wp:wxr_version>1.2</wp:wxr_version>\n";

/// An export of these elements.
pub(crate) fn export(elements: &[String]) -> String {
    format!("{HEAD}{}\n</channel></rss>\n", elements.join("\n"))
}

/// An export of the site at that address.
pub(crate) fn export_of(site: &str, elements: &[String]) -> String {
    export(elements).replace(
        "<link>https://old.example</link>",
        &format!("<link>{site}</link>"),
    )
}

/// A post: its number, status, address, and whatever else it has.
pub(crate) fn post(number: u32, status: &str, link: &str, rest: &str) -> String {
    format!(
        "<item><title>خبر {number}</title><link>{link}</link><content:encoded><![CDATA[نص الخبر {number}]]></content:encoded><wp:post_id>{number}</wp:post_id><wp:post_date>2019-03-04 12:00:00</wp:post_date><wp:post_date_gmt>2019-03-04 09:00:00</wp:post_date_gmt><wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>{rest}</item>"
    )
}

pub(crate) fn category(number: u32, slug: &str, name: &str, parent: &str) -> String {
    format!(
        "<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{slug}</wp:category_nicename><wp:category_parent>{parent}</wp:category_parent><wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>"
    )
}

pub(crate) fn in_category(slug: &str, name: &str) -> String {
    format!("<category domain=\"category\" nicename=\"{slug}\"><![CDATA[{name}]]></category>")
}

pub(crate) fn field(name: &str, value: &str) -> String {
    format!(
        "<wp:postmeta><wp:meta_key>{name}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )
}

pub(crate) fn comment(number: u32, parent: u32, approved: &str, kind: &str, text: &str) -> String {
    format!(
        "<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>قارئ</wp:comment_author><wp:comment_author_email>r{number}@mail.example</wp:comment_author_email><wp:comment_date>2019-03-05 10:00:00</wp:comment_date><wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )
}

pub(crate) async fn imported(paper: &Paper, elements: &[String]) -> ImportReport {
    let (report, done) = paper.import_text(&export(elements)).await;
    done.expect("imported");
    report
}

pub(crate) fn says(report: &ImportReport, id: &str, why: &str) {
    assert!(
        report
            .lines
            .iter()
            .any(|line| line.id == id && line.why.contains(why)),
        "{id}: {why}: {:?}",
        report.lines
    );
}

pub(crate) async fn imported_of(paper: &Paper, site: &str, elements: &[String]) -> ImportReport {
    let (report, done) = paper.import_text(&export_of(site, elements)).await;
    done.expect("imported");
    report
}

/// Where an address asked of a host leads, and how that answers.
pub(crate) async fn leads(paper: &Paper, host: &str, address: &str) -> (String, Standing) {
    let told = answer(&paper.store, address, Some(host))
        .await
        .expect("read");
    let to = told.moved_to.map(|to| to.to_string()).unwrap_or_default();
    (to, told.standing)
}

/// How an address answers, in a line: `301 200`, `404`.
pub(crate) async fn answers(paper: &Paper, address: &str) -> String {
    let Answer {
        moved_to, standing, ..
    } = answer(&paper.store, address, None).await.expect("read");
    let moved = moved_to.map_or("", |_| "301 ");
    format!("{moved}{}", standing.code())
}
