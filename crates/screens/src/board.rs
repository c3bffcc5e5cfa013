//! What the screens of the ticker and of the front page show.

use serde::Serialize;

use crate::{articles::Fault, comments::Moment, contexts::Screen};

/// What somebody typed into the form of a line.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TypedLine {
    /// The words.
    pub text: String,
    /// Where it leads.
    pub url: String,
    /// Whether it is urgent.
    pub urgent: bool,
    /// How long it stays: one of the choices, `keep` or `at`.
    pub stays: String,
    /// Until when, as a browser sends a day and a time.
    pub until: String,
}

/// The form of a line.
#[derive(Clone, Debug, Serialize)]
pub struct LineForm {
    /// What it holds.
    pub typed: TypedLine,
    /// How long a line may stay: the names of messages `line-stays-…`.
    pub stays: Vec<&'static str>,
    /// The most letters of a line.
    pub most: usize,
    /// The time zone of moments.
    pub zone: String,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// The fields that are wrong.
    pub faulty: Vec<&'static str>,
}

/// The ticker.
#[derive(Clone, Debug, Serialize)]
pub struct TickerBoard {
    /// The lines, from the top.
    pub lines: Vec<BoardLine>,
    /// How many of them readers see.
    pub room: usize,
    /// Whether the newest articles fill the ticker where nothing is pushed.
    pub filled: bool,
    /// The form for a new one.
    pub new: LineForm,
    /// When the next line leaves by itself, in milliseconds since 1970; 0: none does.
    pub next: i64,
    /// The position of the change log that the screen is from.
    pub position: i64,
    /// The address of the script.
    pub script: String,
}

/// A line of the ticker.
#[derive(Clone, Debug, Serialize)]
pub struct BoardLine {
    /// Its number.
    pub id: i64,
    /// Its version.
    pub version: i64,
    /// Its words.
    pub text: String,
    /// Where it leads, or empty.
    pub url: String,
    /// Whether it is urgent.
    pub urgent: bool,
    /// When it was pushed.
    pub at: Moment,
    /// When it leaves.
    pub leaves: Option<Leaves>,
    /// Whether readers see it.
    pub shown: bool,
}

/// When something leaves by itself.
#[derive(Clone, Debug, Serialize)]
pub struct Leaves {
    /// When.
    pub at: Moment,
    /// `minutes`, `hours` or `days`.
    pub unit: &'static str,
    /// How many of them are left.
    pub count: i64,
}

/// A line that is changed.
#[derive(Clone, Debug, Serialize)]
pub struct EditLine {
    /// Its number.
    pub id: i64,
    /// The version that the form was made from.
    pub seen: i64,
    /// The form.
    pub new: LineForm,
    /// The words that somebody else saved in between.
    pub other: Option<String>,
    /// The address of the script.
    pub script: String,
}

impl Screen for TickerBoard {
    const TEMPLATE: &'static str = "ticker.html";
}

impl Screen for EditLine {
    const TEMPLATE: &'static str = "ticker_line.html";
}

/// The front page: what the newsroom chose.
#[derive(Clone, Debug, Serialize)]
pub struct FrontBoard {
    /// From when it stands: microseconds since 1970, written out; empty: now.
    pub from: String,
    /// The same as a moment.
    pub begins: Option<Moment>,
    /// The stories that stand first, in their order.
    pub stories: Vec<Story>,
    /// Stories that may be added.
    pub offered: Vec<Story>,
    /// What they were searched by.
    pub words: String,
    /// The number or address typed before.
    pub typed: String,
    /// Pages for moments ahead.
    pub plans: Vec<Plan>,
    /// The moment typed before.
    pub at: String,
    /// The time zone of moments.
    pub zone: String,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// The fields that are wrong.
    pub faulty: Vec<&'static str>,
    /// When the next page comes by itself, in milliseconds since 1970; 0: none does.
    pub next: i64,
    /// The position of the change log that the screen is from.
    pub position: i64,
    /// The address of the script.
    pub script: String,
}

/// A story in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Story {
    /// Its number.
    pub id: i64,
    /// Its headline.
    pub headline: String,
    /// Its public address; none where readers do not see it.
    pub path: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
}

/// A front page for a moment ahead.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// Its address.
    pub path: String,
    /// Its moment.
    pub at: Moment,
    /// How many stories are chosen for it.
    pub count: usize,
    /// Whether it is shown now.
    pub here: bool,
}

impl Screen for FrontBoard {
    const TEMPLATE: &'static str = "front.html";
}
