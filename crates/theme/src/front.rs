//! The front page: what stands at its top, and each section below with what
//! the top does not show. No story stands twice.

use std::collections::HashSet;

use editorial::{
    SiteSettings,
    page::{ArticleSummary, HomePage, LATEST_ON_HOME},
    places::Section,
    urls::FeedOf,
};

use crate::{
    PageMeta, Parts, Theme, ThemeError,
    cards::{Card, card, colour, section_link},
    contexts::{Band, Head, Home, Part, Row},
    dates::Dates,
    fit,
    pages::feeds,
};

/// Cards side by side.
const ROW: usize = 4;
/// Rows of the latest.
const ROWS: usize = 2;
/// Short sections side by side.
const BAND: usize = 3;
/// Stories of a section that is short.
const SHORT: usize = 2;
/// Of so many of a section's stories the first with a picture opens it.
const OPENERS: usize = 3;

impl Theme {
    /// The front page.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn home(
        &self,
        settings: &SiteSettings,
        page: &HomePage,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let dates = Dates::of(settings);
        let card = |summary: &ArticleSummary| card(summary, &dates, settings);
        // A section for what has none is a block only where there is no other.
        let named = |(section, _): &&(Section, _)| !section.holds_the_rest();
        let any_named = page.sections.iter().any(|part| named(&part));
        let blocks = || {
            page.sections
                .iter()
                .filter(|part| !any_named || named(part))
        };

        let mut cards = page.latest.iter().map(|line| card(line).with_section());
        let lead = cards.next();
        let mut second: Vec<_> = cards.collect();
        let beside = lead.as_ref().map_or(0, |lead| fit::beside(lead, &second));
        let mut latest = second.split_off(beside);
        // What is chosen and has no room there fills rows of its own.
        let left = page.chosen.saturating_sub(1 + beside);
        let more = left.next_multiple_of(ROW).min(latest.len());
        let more = rows_of(latest.drain(..more).collect());
        if page.latest.len() < LATEST_ON_HOME as usize {
            // A small paper's stories stand under their sections.
            let placed: HashSet<i64> = blocks().flat_map(|(_, lines)| ids(lines)).collect();
            latest.retain(|card| !placed.contains(&card.id));
        }
        if lead.as_ref().is_some_and(|lead| lead.picture.is_none()) {
            fit::even_out(&mut second, fit::BELOW_PLAIN);
        }
        let latest = rows(latest);
        let shown: HashSet<i64> = (lead.iter().chain(&second))
            .chain(more.iter().chain(&latest).flat_map(|row| &row.cards))
            .map(|card| card.id)
            .collect();
        let parts = blocks().filter_map(|(section, lines)| {
            let cards: Vec<_> = lines
                .iter()
                .filter(|line| !shown.contains(&line.id.get()))
                .map(|line| card(line).under(&section.name))
                .collect();
            (!cards.is_empty()).then_some((section, cards))
        });
        let bands = bands(parts);
        let head = Head {
            title: settings.name.clone(),
            description: settings.tagline.clone(),
            canonical: Some(format!("{}/", meta.origin)),
            kind: "website",
            feeds: feeds(settings, &FeedOf::Site, ""),
            ..Head::default()
        };
        let lead_size = lead
            .as_ref()
            .map_or("", |lead| fit::lead_size(&lead.headline));
        let home = Home {
            lead_size,
            second_kicked: lead.as_ref().is_some_and(|lead| lead.picture.is_none())
                && kicked(&second),
            lead,
            second,
            more,
            latest,
            bands,
        };
        self.parts(settings, head, meta, "home.html", home)
    }
}

fn ids(lines: &[ArticleSummary]) -> impl Iterator<Item = i64> + '_ {
    lines.iter().map(|line| line.id.get())
}

/// Full rows of cards; a row is shorter only where there is no full one. A row
/// has pictures where all its cards have one: those that have stand in the first.
fn rows(mut cards: Vec<Card>) -> Vec<Row> {
    if cards.len() > ROW {
        cards.truncate((cards.len() / ROW).min(ROWS) * ROW);
    }
    let pictured = cards.iter().filter(|card| card.picture.is_some()).count();
    if pictured >= ROW {
        cards.sort_by_key(|card| card.picture.is_none());
    }
    rows_of(cards)
}

/// Rows of cards in their order, all of them.
fn rows_of(mut cards: Vec<Card>) -> Vec<Row> {
    let mut rows = Vec::new();
    while !cards.is_empty() {
        let rest = cards.split_off(cards.len().min(ROW));
        rows.push(row(cards));
        cards = rest;
    }
    rows
}

fn row(mut cards: Vec<Card>) -> Row {
    let pictured = cards.iter().all(|card| card.picture.is_some());
    if !pictured {
        let across = cards.len();
        fit::even_out(&mut cards, across);
    }
    Row {
        pictured,
        kicked: kicked(&cards),
        cards,
    }
}

/// Whether some of the cards side by side have a kicker.
fn kicked(cards: &[Card]) -> bool {
    cards.iter().any(|card| !card.kicker.is_empty())
}

/// Sections with enough to fill a row each have one; the short ones share
/// rows below them, as even as they divide.
fn bands<'a>(parts: impl Iterator<Item = (&'a Section, Vec<Card>)>) -> Vec<Band> {
    let (short, wide): (Vec<_>, Vec<_>) = parts.partition(|(_, cards)| cards.len() <= SHORT);
    let mut bands: Vec<_> = wide
        .into_iter()
        .map(|(section, cards)| Band {
            parts: vec![across(section, cards)],
        })
        .collect();
    let rows = short.len().div_ceil(BAND);
    let mut short = short.into_iter();
    for row in (1..=rows).rev() {
        let width = short.len().div_ceil(row);
        let together: Vec<_> = short.by_ref().take(width).collect();
        bands.push(side_by_side(together));
    }
    bands
}

/// A section across the page.
fn across(section: &Section, mut cards: Vec<Card>) -> Part {
    let opener = (cards.iter().take(OPENERS)).position(|card| card.picture.is_some());
    let mut part = Part {
        section: section_link(section),
        colour: colour(section.position),
        first: None,
        rest: Vec::new(),
        kicked: false,
        cards: Vec::new(),
    };
    if let Some(opener) = opener {
        let first = cards.remove(opener);
        cards.truncate(fit::below(&first, &cards));
        part.first = Some(first);
        part.rest = cards;
    } else {
        cards.truncate(ROW);
        let across = cards.len();
        fit::even_out(&mut cards, across);
        part.kicked = kicked(&cards);
        part.cards = cards;
    }
    part
}

/// Short sections side by side: all with pictures or none, all with one story
/// or all with two.
fn side_by_side(mut sections: Vec<(&Section, Vec<Card>)>) -> Band {
    if sections.len() == 1 {
        let parts = sections
            .into_iter()
            .map(|(section, cards)| across(section, cards));
        return Band {
            parts: parts.collect(),
        };
    }
    let stories = (sections.iter().map(|(_, cards)| cards.len())).min();
    let pictured = (sections.iter()).all(|(_, cards)| cards[0].picture.is_some());
    let mut firsts: Vec<_> = (sections.iter_mut())
        .map(|(_, cards)| {
            cards.truncate(stories.unwrap_or(0));
            let mut first = cards.remove(0);
            first.picture = first.picture.filter(|_| pictured);
            first
        })
        .collect();
    let across = firsts.len();
    fit::even_out(&mut firsts, across);
    let parts = firsts
        .into_iter()
        .zip(sections)
        .map(|(first, (section, rest))| Part {
            section: section_link(section),
            colour: colour(section.position),
            first: Some(first),
            rest,
            kicked: false,
            cards: Vec::new(),
        });
    Band {
        parts: parts.collect(),
    }
}
