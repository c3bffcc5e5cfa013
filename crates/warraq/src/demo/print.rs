//! The sample's articles, pages and ticker, turned into changes.

use std::collections::BTreeMap;

use actions::publish_batch;
use anyhow::{Context as _, bail};
use editorial::{
    Article, Body, Changes, Id, SiteSettings, Timestamp, Write,
    article::{ArticleKind, ArticleState},
    audit::{Action, Actor, AuditEntry},
    body::SCHEMA,
    comment::{Comment, CommentState, CommentWrite, Commenting, Received},
    correction::{Correction, CorrectionKind},
    id::IdBlock,
    media::{Media, MediaKind},
    people::Author,
    places::{Section, Tag},
    ticker::{TickerItem, TickerWrite},
};
use importer::html::{Lines, reduce};
use media::{Originals, patterns};

use super::sample::{Sample, SampleArticle};

/// The size of a drawn lead image, in pixels.
const LEAD_SIZE: (u32, u32) = (1200, 675);

/// Turns the sample's files into changes.
pub(super) struct Printer {
    pub(super) ids: IdBlock,
    pub(super) now: Timestamp,
    /// The lead pictures of the sample's articles, in their order.
    pub(super) pictures: Vec<Media>,
}

/// What the articles refer to, by the names used in the files.
struct Names {
    sections: BTreeMap<String, Id>,
    authors: BTreeMap<String, Id>,
    tags: BTreeMap<String, Id>,
}

impl Printer {
    /// The whole sample as one set of changes.
    ///
    /// # Errors
    /// Where a file of the sample is not well formed, or a picture cannot be
    /// kept.
    pub(super) fn changes(&mut self, sample: &Sample) -> anyhow::Result<Changes> {
        let mut changes = Changes::new();
        let names = self.names(sample, &mut changes)?;
        let (mut articles, mut after) = (Vec::new(), Changes::new());
        for (number, given) in sample.articles.iter().enumerate() {
            let article = self
                .article(number, given, &names, &mut changes, &mut after)
                .with_context(|| format!("sample article {}", given.name))?;
            articles.push(article);
        }
        for page in &sample.pages {
            let id = self.id()?;
            articles.push(Article {
                kind: ArticleKind::Page,
                slug: page.front.slug.clone(),
                headline: page.front.title.clone(),
                body: body(&page.html)?,
                ..self.blank(id)?
            });
        }
        changes.append(publish_batch(articles, Actor::System, self.now)?);
        changes.append(after);
        // The newest comes last: it stands first then.
        for line in sample.ticker.items.iter().rev() {
            changes = changes.write(Write::Ticker(TickerWrite::Pushed(TickerItem {
                id: self.id()?,
                text: line.text.clone(),
                url: line.url.clone(),
                urgent: line.urgent,
                at: self.now.plus(-line.minutes_ago * 60 * Timestamp::SECOND),
                expires_at: None,
                version: 1,
            })));
        }
        let settings: SiteSettings = sample.site.settings();
        let entry = AuditEntry {
            at: self.now,
            actor: Actor::System,
            action: Action::SettingsChange,
            subject: self.id()?,
            note: String::new(),
        };
        Ok(changes
            .write(Write::Settings {
                loaded: Box::default(),
                settings: Box::new(settings),
            })
            .audit(entry)
            .coarse())
    }

    fn names(&mut self, sample: &Sample, changes: &mut Changes) -> anyhow::Result<Names> {
        let mut names = Names {
            sections: BTreeMap::new(),
            authors: BTreeMap::new(),
            tags: BTreeMap::new(),
        };
        for (position, section) in (0_i64..).zip(&sample.site.sections) {
            let id = self.id()?;
            names.sections.insert(section.slug.clone(), id);
            changes.writes.push(Write::Section(Section {
                id,
                slug: section.slug.clone(),
                name: section.name.clone(),
                description: section.description.clone(),
                colour: section.colour.clone(),
                position,
            }));
        }
        for author in &sample.site.authors {
            let id = self.id()?;
            names.authors.insert(author.slug.clone(), id);
            changes.writes.push(Write::Author(Author {
                id,
                slug: author.slug.clone(),
                name: author.name.clone(),
                bio: author.bio.clone(),
            }));
        }
        for name in sample
            .articles
            .iter()
            .flat_map(|article| &article.front.tags)
        {
            if !names.tags.contains_key(name) {
                let id = self.id()?;
                names.tags.insert(name.clone(), id);
                changes.writes.push(Write::Tag(Tag {
                    id,
                    slug: arabic::slug::slug(name, 60),
                    name: name.clone(),
                }));
            }
        }
        Ok(names)
    }

    fn article(
        &mut self,
        number: usize,
        given: &SampleArticle,
        names: &Names,
        before: &mut Changes,
        after: &mut Changes,
    ) -> anyhow::Result<Article> {
        let front = &given.front;
        let section = names
            .sections
            .get(&front.section)
            .context("its section is unknown")?;
        let published_at = Timestamp::parse(&front.published).context("its time cannot be read")?;
        let id = self.id()?;
        let lead = self.id()?;
        let mut picture = self.pictures[number].clone();
        picture.id = lead;
        if let Some(credit) = &front.image_credit {
            picture.credit.clone_from(credit);
        }
        before.writes.push(Write::Media(picture));
        let mut changed_at = published_at;
        for correction in &front.corrections {
            let at =
                Timestamp::parse(&correction.at).context("a correction's time cannot be read")?;
            changed_at = changed_at.max(at);
            after.writes.push(Write::Correction(Correction {
                id: self.id()?,
                article: id,
                at,
                kind: CorrectionKind::Correction,
                text: correction.text.clone(),
            }));
        }
        let mut comments: Vec<Id> = Vec::new();
        for comment in &front.comments {
            let own = self.id()?;
            let reply_to = match comment.reply_to {
                Some(number) => Some(
                    *comments
                        .get(number.saturating_sub(1))
                        .context("a reply to no comment")?,
                ),
                None => None,
            };
            comments.push(own);
            after
                .writes
                .push(Write::Comment(CommentWrite::Imported(Box::new(Comment {
                    id: own,
                    article: id,
                    reply_to,
                    name: comment.name.clone(),
                    email: None,
                    text: comment.text.clone(),
                    written_at: Timestamp::parse(&comment.at)
                        .context("a comment's time cannot be read")?,
                    state: CommentState::Approved,
                    received: Received::default(),
                }))));
        }
        let find = |known: &BTreeMap<String, Id>, wanted: &[String]| {
            wanted
                .iter()
                .map(|name| {
                    known
                        .get(name)
                        .copied()
                        .with_context(|| format!("{name} is unknown"))
                })
                .collect::<anyhow::Result<Vec<Id>>>()
        };
        let body = body(&given.html)?;
        Ok(Article {
            kind: ArticleKind::Story,
            slug: arabic::slug::slug(&front.headline, 60),
            kicker: front.kicker.clone(),
            headline: front.headline.clone(),
            standfirst: front.standfirst.clone(),
            dateline: front.dateline.clone(),
            agency: front.agency.clone(),
            section: Some(*section),
            authors: find(&names.authors, &front.authors)?,
            tags: find(&names.tags, &front.tags)?,
            lead: Some(lead),
            published_at: Some(published_at),
            changed_at,
            sources: front.sources.clone(),
            signature: arabic::keywords::signature(&format!(
                "{} {}",
                front.headline,
                body.plain_text()
            )),
            body,
            ..self.blank(id)?
        })
    }

    fn blank(&mut self, id: Id) -> anyhow::Result<Article> {
        Ok(blank(id, self.id()?, self.now))
    }

    fn id(&mut self) -> anyhow::Result<Id> {
        self.ids
            .draw()
            .context("the sample counted its ids wrongly")
    }
}

/// An article of which nothing is known yet.
pub(super) fn blank(id: Id, revision: Id, changed_at: Timestamp) -> Article {
    Article {
        id,
        version: 0,
        kind: ArticleKind::Story,
        state: ArticleState::Unpublished,
        slug: String::new(),
        kicker: String::new(),
        headline: String::new(),
        standfirst: String::new(),
        dateline: String::new(),
        agency: String::new(),
        language: "ar".to_owned(),
        section: None,
        authors: Vec::new(),
        tags: Vec::new(),
        lead: None,
        body: Body::default(),
        revision,
        published_at: None,
        changed_at,
        commenting: Commenting::ByAge,
        age_note: true,
        sources: Vec::new(),
        signature: Vec::new(),
    }
}

/// Draws the lead pictures of the sample's articles, in their order. Their ids
/// are still to be given.
///
/// # Errors
/// Where one cannot be drawn or kept.
pub(super) fn pictures(sample: &Sample, originals: &Originals) -> anyhow::Result<Vec<Media>> {
    let sections = &sample.site.sections;
    (1_u64..)
        .zip(&sample.articles)
        .map(|(number, article)| {
            let wanted = &article.front.section;
            let section = sections.iter().find(|section| section.slug == *wanted);
            let section = section.with_context(|| format!("{wanted} is no section"))?;
            draw(originals, number * 7919, &section.colour)
        })
        .collect()
}

/// Draws a lead picture in a colour such as `#1f6f54` and keeps it. Its id is
/// still to be given.
///
/// # Errors
/// Where it cannot be drawn or kept.
pub(super) fn draw(originals: &Originals, seed: u64, colour: &str) -> anyhow::Result<Media> {
    let colour = patterns::Rgb::parse(colour).context("a section's colour is none")?;
    let drawn = patterns::draw_jpeg(seed, colour, LEAD_SIZE.0, LEAD_SIZE.1)?;
    let kept = originals.put(&drawn)?;
    Ok(Media {
        kind: MediaKind::Picture,
        bytes: i64::try_from(kept.bytes).unwrap_or(0),
        key: kept.key.to_string(),
        width: LEAD_SIZE.0.into(),
        height: LEAD_SIZE.1.into(),
        alt: "زخرفة هندسية بلون القسم".to_owned(),
        credit: "رسم: ورّاق".to_owned(),
        ..Media::new(Id::new(1).expect("1 is an id"))
    })
}

fn body(html: &str) -> anyhow::Result<Body> {
    let reduced = reduce(html, Lines::Collapse, true, &|_| None);
    if !reduced.losses.is_empty() {
        bail!(
            "its text does not fit schema {SCHEMA}: {}",
            reduced.losses.join("; ")
        );
    }
    Ok(reduced.body)
}
