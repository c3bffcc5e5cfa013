//! A line of a list as its card shows it.

use arabic::tatweel::for_feeds;
use editorial::{
    SiteSettings, Timestamp, media::Media, page::ArticleSummary, places::Section,
    text::cut_at_word, urls::Url,
};
use minijinja::Value;
use serde::Serialize;

use crate::{
    dates::{Dates, Moment},
    words::attributes,
};

#[derive(Debug, Serialize)]
pub(crate) struct Link {
    pub(crate) name: String,
    pub(crate) url: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Picture {
    pub(crate) small: String,
    pub(crate) middle: String,
    pub(crate) large: String,
    pub(crate) width: i64,
    pub(crate) height: i64,
    /// Classes for the point that stays in view.
    pub(crate) focus: String,
    pub(crate) alt: String,
    pub(crate) caption: String,
    pub(crate) credit: String,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct Card {
    /// The article, so that a page shows it once.
    #[serde(skip)]
    pub(crate) id: i64,
    /// Whether its standfirst is the beginning of the text, which may be cut
    /// to fit.
    #[serde(skip)]
    pub(crate) is_teaser: bool,
    pub(crate) url: String,
    pub(crate) kicker: String,
    pub(crate) headline: String,
    /// The headline's language and direction, where they are not the site's.
    pub(crate) headline_set: Value,
    pub(crate) standfirst: String,
    /// The standfirst's.
    pub(crate) standfirst_set: Value,
    pub(crate) section: Option<Link>,
    /// The class that carries the section's colour.
    pub(crate) colour: String,
    pub(crate) byline: String,
    pub(crate) picture: Option<Picture>,
    pub(crate) published: Option<Moment>,
}

impl Card {
    /// Without a kicker that only says what stands above the card already.
    pub(crate) fn under(mut self, heading: &str) -> Self {
        if self.kicker.trim() == heading.trim() {
            self.kicker.clear();
        }
        self
    }

    /// With its section's name above the headline where it has no kicker, so
    /// that the headlines of cards side by side stand on one line.
    pub(crate) fn with_section(mut self) -> Self {
        if let (true, Some(section)) = (self.kicker.is_empty(), &self.section) {
            self.kicker.clone_from(&section.name);
        }
        self
    }

    /// With at most so many letters of its text, if that is no standfirst.
    pub(crate) fn cut_teaser(&mut self, letters: usize) {
        if self.is_teaser {
            self.standfirst = match letters {
                0 => String::new(),
                _ => cut_at_word(&self.standfirst, letters),
            };
        }
    }
}

/// Letters of a text's beginning on a card.
const TEASER: usize = 150;

/// The class of a section's colour; there are twelve.
pub(crate) fn colour(position: i64) -> String {
    format!("s{}", position.rem_euclid(12))
}

pub(crate) fn card(summary: &ArticleSummary, dates: &Dates, settings: &SiteSettings) -> Card {
    let section = summary.section.as_ref();
    let mut byline: Vec<&str> = summary
        .authors
        .iter()
        .map(|author| author.name.as_str())
        .collect();
    if !summary.agency.is_empty() {
        byline.push(&summary.agency);
    }
    let is_teaser = summary.standfirst.is_empty();
    let standfirst = if is_teaser {
        // A headline taken from the text is not said again.
        let told = summary.teaser.strip_prefix(summary.headline.trim());
        cut_at_word(told.unwrap_or(&summary.teaser), TEASER)
    } else {
        summary.standfirst.clone()
    };
    Card {
        id: summary.id.get(),
        is_teaser,
        url: Url::Article(summary.id, summary.slug.clone()).to_string(),
        kicker: summary.kicker.clone(),
        headline: summary.headline.clone(),
        headline_set: attributes(&summary.headline, &summary.language, settings),
        standfirst_set: attributes(&standfirst, &summary.language, settings),
        standfirst,
        section: section
            .filter(|section| !section.holds_the_rest())
            .map(section_link),
        colour: section.map_or_else(String::new, |section| colour(section.position)),
        byline: byline.join("، "),
        picture: summary.lead.as_ref().and_then(picture),
        published: moment(summary.published_at, dates),
    }
}

pub(crate) fn moment(at: Option<Timestamp>, dates: &Dates) -> Option<Moment> {
    at.map(|at| dates.moment(at))
}

pub(crate) fn section_link(section: &Section) -> Link {
    Link {
        name: section.name.clone(),
        url: Url::Section(section.slug.clone(), None).to_string(),
    }
}

/// Classes that keep the focus of a picture in view where it is cropped; none
/// for the middle. There are five steps each way.
fn focus(media: &Media) -> String {
    let step = |thousandths: i64| (thousandths.clamp(0, 1_000) + 125) / 250;
    let class = |axis: char, at: i64| match step(at) {
        2 => String::new(),
        step => format!(" {axis}{step}"),
    };
    format!("{}{}", class('x', media.focal_x), class('y', media.focal_y))
}

/// A picture that this paper holds.
pub(crate) fn picture(media: &Media) -> Option<Picture> {
    media.is_picture().then(|| Picture {
        small: Url::Media(media.id, 360).to_string(),
        middle: Url::Media(media.id, 720).to_string(),
        large: Url::Media(media.id, 1200).to_string(),
        width: media.width.max(1),
        height: media.height.max(1),
        focus: focus(media),
        alt: media.alt.clone(),
        caption: media.caption.clone(),
        credit: media.credit.clone(),
    })
}

/// A headline where there is no typesetting: `<title>`, sharing.
pub(crate) fn plain_headline(headline: &str) -> String {
    for_feeds(headline)
}
