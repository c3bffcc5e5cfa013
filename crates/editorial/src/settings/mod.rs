//! What the newsroom sets for its site.

mod check;

use serde::{Deserialize, Serialize};

pub use check::{SettingsFault, check_host, check_origin};

/// The settings of one site, kept in the store as one JSON document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteSettings {
    /// The paper's name, such as «ورّاق».
    pub name: String,
    /// A line below the name.
    pub tagline: String,
    /// BCP 47 language of the site.
    pub language: String,
    /// Public origin without a trailing slash, such as `https://example.org`;
    /// empty: the one that the server is told.
    pub origin: String,
    /// IANA time zone, such as `Asia/Damascus`.
    pub time_zone: String,
    /// Month names, digits and Hijri.
    pub dates: DateSettings,
    /// A sample paper: every page says so and asks not to be indexed.
    pub sample: bool,
    /// After so many days an article says how old it is; 0 switches it off.
    pub old_after_days: u32,
    /// Lines in the ticker, 0 to 50.
    pub ticker_lines: u32,
    /// Whether the latest headlines fill the ticker when none are pushed.
    pub ticker_fill: bool,
    /// How much new articles come first in search.
    pub freshness: Freshness,
    /// Readers' comments.
    pub comments: CommentSettings,
    /// Whether only what somebody approved is published from the newsroom.
    pub approved_only: bool,
    /// Links in the head of each page.
    pub header_menu: Vec<MenuItem>,
    /// Links in the foot of each page.
    pub footer_menu: Vec<MenuItem>,
}

impl Default for SiteSettings {
    fn default() -> Self {
        Self {
            name: "صحيفة".into(),
            tagline: String::new(),
            language: "ar".into(),
            origin: String::new(),
            time_zone: "Asia/Damascus".into(),
            dates: DateSettings::default(),
            sample: false,
            old_after_days: 30,
            ticker_lines: 15,
            ticker_fill: true,
            freshness: Freshness::default(),
            comments: CommentSettings::default(),
            approved_only: false,
            header_menu: Vec::new(),
            footer_menu: Vec::new(),
        }
    }
}

/// How much an article's age counts in search: mildly, so that a good answer of
/// last year stays before a poor one of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Freshness {
    /// How much more an article of today counts than an old one that answers as
    /// well, in percent, 0 to 200.
    pub percent: u32,
    /// Days after which that is half, 1 to 3,650.
    pub half_life_days: u32,
}

impl Default for Freshness {
    fn default() -> Self {
        Self {
            percent: 25,
            half_life_days: 90,
        }
    }
}

/// What the site does with readers' comments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CommentSettings {
    /// Whether any may be written; those that are there stay.
    pub open: bool,
    /// Days after which those under an article close, 0 to 3,650; 0: never.
    pub close_after_days: u32,
    /// Whether writers of some approved comments are published at once.
    pub trust: bool,
    /// Whether the newest thread comes first.
    pub newest_first: bool,
    /// Where the house rules stand: an address; empty where there are none.
    pub rules: String,
    /// Days for which a keyed hash of the sender's network address is kept, 1 to
    /// 90.
    pub sender_days: u32,
}

impl Default for CommentSettings {
    fn default() -> Self {
        Self {
            open: true,
            close_after_days: 30,
            trust: false,
            newest_first: false,
            rules: String::new(),
            sender_days: 30,
        }
    }
}

/// How dates are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DateSettings {
    /// The first, or only, set of month names.
    pub months: MonthNames,
    /// A second set, for «سبتمبر/أيلول».
    pub second_months: Option<MonthNames>,
    /// What stands between the two.
    pub separator: String,
    /// ٠-٩ in place of 0-9.
    pub arabic_digits: bool,
    /// Whether the Hijri date stands beside the Gregorian.
    pub hijri: bool,
    /// Days to move the Hijri date by, -1 to 1.
    pub hijri_offset: i8,
}

impl Default for DateSettings {
    fn default() -> Self {
        Self {
            months: MonthNames::EgyptGulf,
            second_months: Some(MonthNames::Levant),
            separator: "/".into(),
            arabic_digits: false,
            hijri: false,
            hijri_offset: 0,
        }
    }
}

/// A country group's month names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthNames {
    /// Syria, Lebanon, Iraq, Jordan, Palestine: أيلول.
    Levant,
    /// Egypt, Sudan, the Gulf: سبتمبر.
    EgyptGulf,
    /// Algeria and Tunisia: سبتمبر، أوت، جانفي.
    AlgeriaTunisia,
    /// Morocco: شتنبر.
    Morocco,
    /// Mauritania: شتمبر.
    Mauritania,
}

/// A link in a menu, or a heading over other links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    /// Its words.
    pub label: String,
    /// An address on this site or elsewhere; empty for a heading.
    pub url: String,
    /// The links below it; these have none below them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<MenuItem>,
}
