//! What generated articles share: a few dozen pictures, some hundred tags and
//! some dozen authors.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::Context as _;
use editorial::{Changes, Id, Write, id::IdBlock, media::Media, people::Author, places::Tag};
use media::Originals;
use store::Store;

use super::{
    print,
    sample::{Sample, SampleSection},
    wording::Topic,
};

/// Ids kept free for the stock.
pub(super) const IDS: i64 = 1_000;
/// Pictures for each section.
const PICTURES: usize = 6;
/// Authors of generated articles.
const AUTHORS: usize = 60;
/// Letters of a slug.
const SLUG_LETTERS_MAX: usize = 60;

/// The ids of what generated articles refer to.
pub(super) struct Stock {
    /// By slug: the section and its pictures.
    pub(super) sections: HashMap<String, (Id, Vec<Id>)>,
    /// By name.
    pub(super) tags: HashMap<String, Id>,
    pub(super) authors: Vec<Id>,
}

/// Reads the word lists.
pub(super) fn topics(sample: &Sample) -> anyhow::Result<Vec<Topic>> {
    let words = &sample.words;
    words
        .topics
        .iter()
        .map(|(name, text)| {
            Topic::parse(words.shared, text).with_context(|| format!("sample/generated/{name}.txt"))
        })
        .collect()
}

/// Draws the pictures of the stock. Their ids are still to be given.
///
/// # Errors
/// Where one cannot be drawn or kept.
pub(super) fn draw(sample: &Sample, originals: &Originals) -> anyhow::Result<Vec<Media>> {
    (1_u64..)
        .zip(pictures(&sample.site.sections))
        .map(|(seed, section)| print::draw(originals, seed * 104_729, &section.colour))
        .collect()
}

/// The writes that lay in the stock, beside what the sample has, with the ids
/// from `first` on.
///
/// # Errors
/// Where the stock has outgrown its ids.
pub(super) fn lay_in(
    sample: &Sample,
    topics: &[Topic],
    drawn: Vec<Media>,
    first: Id,
) -> anyhow::Result<Changes> {
    let mut ids = IdBlock::new(first, first.get() + IDS);
    let mut id = || ids.draw().context("the stock has more things than ids");
    let mut changes = Changes::new();
    for picture in drawn {
        changes.writes.push(Write::Media(Media {
            id: id()?,
            ..picture
        }));
    }
    let known: BTreeSet<String> = sample
        .articles
        .iter()
        .flat_map(|article| &article.front.tags)
        .map(|name| slug(name))
        .collect();
    for (slug, name) in tags(topics) {
        if !known.contains(&slug) {
            let tag = Tag {
                id: id()?,
                slug,
                name: name.to_owned(),
            };
            changes.writes.push(Write::Tag(tag));
        }
    }
    for name in authors(topics) {
        changes.writes.push(Write::Author(Author {
            id: id()?,
            slug: slug(&name),
            bio: "اسم متخيَّل يوقّع نصوصًا مولَّدة في هذه الصحيفة النموذجية.".to_owned(),
            name,
        }));
    }
    Ok(changes)
}

impl Stock {
    /// Finds the stock in a paper where it was laid in.
    ///
    /// # Errors
    /// Where the store fails, or somebody took a part of the stock away.
    pub(super) async fn find(
        store: &Store,
        sample: &Sample,
        topics: &[Topic],
        first: Id,
    ) -> anyhow::Result<Self> {
        let known = store.sections().await?;
        let mut sections = HashMap::new();
        for section in &known {
            let own = (0_i64..)
                .zip(pictures(&sample.site.sections))
                .filter(|(_, given)| given.slug == section.slug)
                .filter_map(|(at, _)| Id::new(first.get() + at));
            sections.insert(section.slug.clone(), (section.id, own.collect()));
        }
        for topic in topics {
            if !sections.contains_key(&topic.section) {
                anyhow::bail!(
                    "the section {} is gone: give an empty folder with --data",
                    topic.section
                );
            }
        }
        let mut by_slug = HashMap::new();
        for slug in tags(topics).into_keys() {
            let tag = store.tag(&slug).await?;
            let tag = tag.with_context(|| {
                format!("the tag {slug} is gone: give an empty folder with --data")
            })?;
            by_slug.insert(slug, tag.id);
        }
        let mut tag_ids = HashMap::new();
        for name in topics.iter().flat_map(Topic::tags) {
            if let Some(id) = by_slug.get(&slug(name)) {
                tag_ids.insert(name.to_owned(), *id);
            }
        }
        let wanted: BTreeSet<String> = authors(topics).map(|name| slug(&name)).collect();
        let authors = store.authors().await?;
        Ok(Self {
            sections,
            tags: tag_ids,
            authors: authors
                .into_iter()
                .filter(|author| wanted.contains(&author.slug))
                .map(|author| author.id)
                .collect(),
        })
    }
}

/// The section of each picture, in the order of their ids.
fn pictures(sections: &[SampleSection]) -> impl Iterator<Item = &SampleSection> {
    sections
        .iter()
        .flat_map(|section| std::iter::repeat_n(section, PICTURES))
}

fn slug(name: &str) -> String {
    arabic::slug::slug(name, SLUG_LETTERS_MAX)
}

/// Slugs and names of all tags, in the order of the slugs.
fn tags(topics: &[Topic]) -> BTreeMap<String, &str> {
    let names = topics.iter().flat_map(Topic::tags);
    names.map(|name| (slug(name), name)).collect()
}

/// Names for bylines.
fn authors(topics: &[Topic]) -> impl Iterator<Item = String> {
    topics
        .first()
        .into_iter()
        .flat_map(|topic| topic.bylines().take(AUTHORS))
}
