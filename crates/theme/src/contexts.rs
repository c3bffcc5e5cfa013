//! What each template is given. A template sees nothing else.

use minijinja::Value;
use serde::Serialize;

use crate::{
    cards::{Card, Link, Picture},
    dates::Moment,
};

#[derive(Debug, Serialize)]
pub(crate) struct Opening {
    pub(crate) lang: String,
    pub(crate) dir: &'static str,
    pub(crate) style: Value,
    /// The first letter of the paper's name, for its icon, percent-encoded.
    pub(crate) initial: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct TickerLine {
    pub(crate) text: String,
    pub(crate) url: Option<String>,
    pub(crate) urgent: bool,
    pub(crate) machine: String,
    pub(crate) when: String,
}

/// A link of a menu, with those below it; without an address, a heading.
#[derive(Debug, Serialize)]
pub(crate) struct MenuEntry {
    pub(crate) name: String,
    pub(crate) url: Option<String>,
    pub(crate) children: Vec<Link>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Masthead {
    pub(crate) name: String,
    pub(crate) tagline: String,
    pub(crate) sample: bool,
    pub(crate) today: Moment,
    pub(crate) menu: Vec<MenuEntry>,
    pub(crate) ticker: Vec<TickerLine>,
    /// The address of the script for suggestions, loaded when it is needed.
    pub(crate) search_script: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Closing {
    pub(crate) name: String,
    pub(crate) tagline: String,
    pub(crate) menu: Vec<MenuEntry>,
    pub(crate) sections: Vec<Link>,
    pub(crate) script: String,
}

/// A feed that a page names in its head.
#[derive(Debug, Serialize)]
pub(crate) struct FeedLink {
    pub(crate) media_type: &'static str,
    pub(crate) title: String,
    pub(crate) url: String,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct Head {
    pub(crate) title: String,
    /// The title between isolate controls, where it stands beside the site's
    /// name and there is no markup.
    pub(crate) isolated_title: String,
    pub(crate) site: String,
    pub(crate) description: String,
    pub(crate) canonical: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) kind: &'static str,
    pub(crate) noindex: bool,
    pub(crate) feeds: Vec<FeedLink>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) json_ld: Option<Value>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Home {
    pub(crate) lead: Option<Card>,
    /// The class of the lead by the length of its headline.
    pub(crate) lead_size: &'static str,
    pub(crate) second: Vec<Card>,
    /// Whether some of them have a kicker: the others leave its line free.
    pub(crate) second_kicked: bool,
    /// What the newsroom chose beyond those.
    pub(crate) more: Vec<Row>,
    pub(crate) latest: Vec<Row>,
    pub(crate) bands: Vec<Band>,
}

/// Cards side by side: all with their pictures, or all without.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) pictured: bool,
    /// As of the second stories.
    pub(crate) kicked: bool,
    pub(crate) cards: Vec<Card>,
}

/// A section across the page, or short ones side by side.
#[derive(Debug, Serialize)]
pub(crate) struct Band {
    pub(crate) parts: Vec<Part>,
}

/// A section on the front page: a first story with the others in a list, or
/// cards side by side.
#[derive(Debug, Serialize)]
pub(crate) struct Part {
    pub(crate) section: Link,
    pub(crate) colour: String,
    pub(crate) first: Option<Card>,
    pub(crate) rest: Vec<Card>,
    /// As of the second stories.
    pub(crate) kicked: bool,
    pub(crate) cards: Vec<Card>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Note {
    pub(crate) at: Moment,
    pub(crate) text: String,
}

/// The notes of one kind on an article, with their heading.
#[derive(Debug, Serialize)]
pub(crate) struct Notes {
    pub(crate) kind: &'static str,
    pub(crate) title: &'static str,
    pub(crate) lines: Vec<Note>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Share {
    pub(crate) name: &'static str,
    pub(crate) url: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct ArticleView {
    /// The language and direction of the article's own words, where they are
    /// not the site's.
    pub(crate) set: Value,
    /// The headline's direction, where it is not the article's.
    pub(crate) headline_dir: Option<&'static str>,
    pub(crate) colour: String,
    pub(crate) section: Option<Link>,
    pub(crate) kicker: String,
    pub(crate) headline: String,
    pub(crate) standfirst: String,
    pub(crate) dateline: String,
    pub(crate) agency: String,
    pub(crate) authors: Vec<Link>,
    pub(crate) published: Option<Moment>,
    pub(crate) archive: Option<String>,
    pub(crate) old: bool,
    pub(crate) corrections: Vec<Notes>,
    pub(crate) picture: Option<Picture>,
    pub(crate) body: Value,
    pub(crate) tags: Vec<Link>,
    pub(crate) sources: Vec<String>,
    pub(crate) permalink: String,
    pub(crate) share: Vec<Share>,
    pub(crate) related: Vec<Card>,
    /// Whether comments, or the form for them, follow.
    pub(crate) talk: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct ListView {
    pub(crate) label: &'static str,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) colour: String,
    pub(crate) feed: String,
    /// The page's number, on all but the first.
    pub(crate) number: Option<String>,
    /// The first page, where it is not the one before.
    pub(crate) first_page: Option<String>,
    /// The page before.
    pub(crate) back: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) articles: Vec<Card>,
}

#[derive(Debug, Serialize)]
pub(crate) struct PageView {
    /// As an article's.
    pub(crate) set: Value,
    pub(crate) headline: String,
    pub(crate) body: Value,
}

#[derive(Debug, Serialize)]
pub(crate) struct ProblemView {
    pub(crate) title: &'static str,
    pub(crate) sentence: &'static str,
    pub(crate) note: Option<Note>,
}
