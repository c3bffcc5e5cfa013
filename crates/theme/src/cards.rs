//! A line of a list as its card shows it.

use arabic::tatweel::for_feeds;
use editorial::{SiteSettings, Timestamp, media::Media, page::ArticleSummary, urls::Url};
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
    pub(crate) alt: String,
    pub(crate) caption: String,
    pub(crate) credit: String,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct Card {
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
    Card {
        url: Url::Article(summary.id, summary.slug.clone()).to_string(),
        kicker: summary.kicker.clone(),
        headline: summary.headline.clone(),
        headline_set: attributes(&summary.headline, &summary.language, settings),
        standfirst: summary.standfirst.clone(),
        standfirst_set: attributes(&summary.standfirst, &summary.language, settings),
        section: section.map(|section| Link {
            name: section.name.clone(),
            url: Url::Section(section.slug.clone(), None).to_string(),
        }),
        colour: section.map_or_else(String::new, |section| colour(section.position)),
        byline: byline.join("، "),
        picture: summary.lead.as_ref().and_then(picture),
        published: moment(summary.published_at, dates),
    }
}

pub(crate) fn moment(at: Option<Timestamp>, dates: &Dates) -> Option<Moment> {
    at.map(|at| dates.moment(at))
}

/// A picture that this paper holds.
pub(crate) fn picture(media: &Media) -> Option<Picture> {
    media.is_picture().then(|| Picture {
        small: Url::Media(media.id, 360).to_string(),
        middle: Url::Media(media.id, 720).to_string(),
        large: Url::Media(media.id, 1200).to_string(),
        width: media.width.max(1),
        height: media.height.max(1),
        alt: media.alt.clone(),
        caption: media.caption.clone(),
        credit: media.credit.clone(),
    })
}

/// A headline where there is no typesetting: `<title>`, sharing.
pub(crate) fn plain_headline(headline: &str) -> String {
    for_feeds(headline)
}
