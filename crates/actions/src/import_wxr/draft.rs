//! A post reduced to the parts of an article, by itself: no store, no ids. It
//! is the heavy part of an import, and several are made at the same time.

use std::collections::HashMap;

use arabic::{keywords::signature, slug::slug};
use editorial::{Timestamp, article::HEADLINE_LETTERS_MAX};
use importer::{
    address::Keeping,
    html::{PictureNames, Reduced, words},
    wordpress::{Item, Surroundings, body},
};
use jiff::tz::TimeZone;

use super::{addresses, moment, names::SLUG_LETTERS_MAX};

/// Attachments whose post is remembered.
pub(super) const ATTACHED_MAX: usize = 2_000_000;
/// Bytes of reusable blocks that are remembered.
pub(super) const REUSABLE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Letters of a headline made of a text's first words.
const FIRST_WORDS_LETTERS: usize = 120;

/// The headline of what has no words at all.
const WITHOUT_TITLE: &str = "بلا عنوان";

/// What the texts of posts refer to.
#[derive(Clone)]
pub(super) struct Aside {
    /// The time zone that the site's own dates are read in.
    pub(super) zone: TimeZone,
    /// How the site's addresses are kept.
    pub(super) keeping: Keeping,
    /// The site's language, as the export says it.
    pub(super) language: String,
    /// Texts of reusable blocks.
    pub(super) reusable: HashMap<u64, String>,
    /// Their bytes.
    pub(super) reusable_bytes: usize,
    /// Post and attachment, in order.
    pub(super) attached: Vec<(u64, u64)>,
}

impl Default for Aside {
    fn default() -> Self {
        Self {
            zone: TimeZone::UTC,
            keeping: Keeping::of("", false),
            language: String::new(),
            reusable: HashMap::new(),
            reusable_bytes: 0,
            attached: Vec::new(),
        }
    }
}

/// The parts of an article that its item alone decides.
pub(super) struct Draft {
    pub(super) language: String,
    pub(super) headline: String,
    pub(super) standfirst: String,
    pub(super) slug: String,
    pub(super) text: Reduced,
    /// The pictures that `text` names by stand-ins.
    pub(super) pictures: PictureNames,
    pub(super) signature: Vec<u32>,
    pub(super) published_at: Option<Timestamp>,
    pub(super) changed_at: Option<Timestamp>,
    /// Every key the item was reached by.
    pub(super) keys: Vec<String>,
    /// Lines for the report.
    pub(super) notes: Vec<String>,
}

/// Makes the draft of an item.
pub(super) fn draft(item: &Item, aside: &Aside) -> Draft {
    let language = item.language(&aside.language);
    let is_arabic = language == "ar";
    let pictures = PictureNames::default();
    let number: u64 = item.id.parse().unwrap_or(0);
    let attached = || {
        let from = aside.attached.partition_point(|(post, _)| *post < number);
        aside.attached[from..]
            .iter()
            .take_while(|(post, _)| *post == number)
            .map(|(_, picture)| *picture)
            .collect()
    };
    let text = body(
        &item.content,
        is_arabic,
        &Surroundings {
            find: &|name| pictures.note(name),
            reusable: &|number| aside.reusable.get(&number).map(String::as_str),
            attached: &attached,
        },
    );
    let plain = text.body.plain_text();
    let mut notes = Vec::new();
    let headline = headline(item, is_arabic, &plain, &mut notes);
    let own_slug = slug(&editorial::urls::decode(&item.name), SLUG_LETTERS_MAX);
    let published_at = published_at(item, &aside.zone, &mut notes);
    Draft {
        signature: signature(&format!("{headline} {plain}")),
        slug: if own_slug.is_empty() {
            slug(&headline, SLUG_LETTERS_MAX)
        } else {
            own_slug
        },
        standfirst: words(&item.excerpt, is_arabic),
        changed_at: moment(&item.modified_gmt, &TimeZone::UTC).or(published_at),
        keys: addresses::of_item(item, &aside.keeping),
        headline,
        language,
        text,
        pictures,
        published_at,
        notes,
    }
}

fn headline(item: &Item, is_arabic: bool, plain: &str, notes: &mut Vec<String>) -> String {
    let title = words(&item.title, is_arabic);
    if title.is_empty() {
        let first: Vec<&str> = plain.split_whitespace().take(10).collect();
        if first.is_empty() {
            notes.push(format!(
                "has neither title nor text; its headline is «{WITHOUT_TITLE}»"
            ));
            return WITHOUT_TITLE.to_owned();
        }
        notes.push("has no title; its first words became the headline".to_owned());
        return first.join(" ").chars().take(FIRST_WORDS_LETTERS).collect();
    }
    if title.chars().count() > HEADLINE_LETTERS_MAX {
        notes.push(format!(
            "the title is longer than {HEADLINE_LETTERS_MAX} letters and was cut: {title}"
        ));
        return title.chars().take(HEADLINE_LETTERS_MAX).collect();
    }
    title
}

/// When the item went live. What never did has no such moment: the date of a
/// draft is when it was begun, that of a future post only a plan.
fn published_at(item: &Item, zone: &TimeZone, notes: &mut Vec<String>) -> Option<Timestamp> {
    let dated = moment(&item.date_gmt, &TimeZone::UTC).or_else(|| moment(&item.date, zone));
    match item.status.as_str() {
        "future" | "draft" | "pending" => None,
        "publish" if dated.is_none() => {
            notes.push("has no date; shown as «تاريخ النشر غير معروف»".to_owned());
            None
        }
        _ => dated,
    }
}
