//! What the settings of a site may say.

use super::{MenuItem, SiteSettings};
use crate::urls;

/// The longest name, in code points.
const NAME_LETTERS_MAX: usize = 100;
/// The longest line below the name, in code points.
const TAGLINE_LETTERS_MAX: usize = 200;
/// The longest separator between two names of a month, in code points.
const SEPARATOR_LETTERS_MAX: usize = 3;
/// The most lines of the ticker.
const TICKER_LINES_MAX: u32 = 50;
/// The most that an article of today may count more in search, in percent.
const FRESHNESS_PERCENT_MAX: u32 = 200;
/// The longest half-life of that, in days.
const HALF_LIFE_DAYS_MAX: u32 = 3650;
/// The most days after which comments close.
const CLOSE_AFTER_DAYS_MAX: u32 = 3650;
/// The most days for which the sender of a comment is kept.
const SENDER_DAYS_MAX: u32 = 90;
/// The most links in one menu, those below others counted too.
const MENU_ITEMS_MAX: usize = 100;
/// The longest words of a link, in code points.
const LABEL_LETTERS_MAX: usize = 100;

/// Why settings are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    /// The paper has no name.
    #[error("the paper has no name: give it one")]
    NoName,
    /// A text is too long: which, and the letters that it may have.
    #[error("{0} has more than {1} letters: shorten it")]
    TooLong(&'static str, usize),
    /// The language is none.
    #[error("{0:?} is no language: give its code, such as ar")]
    Language(String),
    /// The origin is none.
    #[error(
        "{0:?} is no origin: give the site's address without a path, such as https://example.org"
    )]
    Origin(String),
    /// The host is none.
    #[error(
        "{0:?} is no name of a host: give it without https:// and without a port, such as example.org"
    )]
    Host(String),
    /// The time zone is unknown.
    #[error("there is no time zone {0:?}: give one such as Asia/Damascus or Africa/Tunis")]
    TimeZone(String),
    /// The Hijri date is moved too far.
    #[error("the Hijri date can be moved by -1, 0 or 1 days, not by {0}")]
    HijriOffset(i8),
    /// Too many lines.
    #[error("the ticker has at most {TICKER_LINES_MAX} lines, not {0}")]
    TickerLines(u32),
    /// New articles would drown what answers.
    #[error(
        "a new article counts 0 to {FRESHNESS_PERCENT_MAX} percent more in search, not {0}: give a number in between"
    )]
    FreshnessPercent(u32),
    /// A half-life that is none.
    #[error("the half-life of freshness is 1 to {HALF_LIFE_DAYS_MAX} days, not {0}")]
    HalfLife(u32),
    /// Comments that close after more than ten years.
    #[error("comments close after 0 to {CLOSE_AFTER_DAYS_MAX} days, 0 for never, not after {0}")]
    CloseAfterDays(u32),
    /// Senders that are kept too long.
    #[error("the sender of a comment is kept 1 to {SENDER_DAYS_MAX} days, not {0}")]
    SenderDays(u32),
    /// House rules that stand nowhere a reader could go.
    #[error(
        "the house rules stand at {0:?}: give an address that begins with https://, http:// or /"
    )]
    Rules(String),
    /// Too many links.
    #[error("a menu has at most {MENU_ITEMS_MAX} links: leave some out")]
    MenuTooLong,
    /// A link without words.
    #[error("a link of a menu has no words: give it a label")]
    NoLabel,
    /// A link that leads nowhere a reader could go.
    #[error(
        "the link «{0}» leads to {1:?}: give an address that begins with https://, http://, mailto:, tel: or /"
    )]
    Link(String, String),
    /// A heading over nothing.
    #[error("«{0}» has neither an address nor links below it: give it one of the two")]
    Heading(String),
    /// Links below links below links.
    #[error("the link «{0}» stands below another and has links below it: a menu has two levels")]
    TooDeep(String),
}

impl SiteSettings {
    /// Whether the site can be run by these settings.
    ///
    /// # Errors
    /// The first [`SettingsFault`] found.
    pub fn check(&self) -> Result<(), SettingsFault> {
        if self.name.trim().is_empty() {
            return Err(SettingsFault::NoName);
        }
        short("the name", &self.name, NAME_LETTERS_MAX)?;
        short("the tagline", &self.tagline, TAGLINE_LETTERS_MAX)?;
        short(
            "the separator",
            &self.dates.separator,
            SEPARATOR_LETTERS_MAX,
        )?;
        let mut subtags = self.language.split('-');
        let primary = subtags.next().unwrap_or_default();
        let is_language = (2..=3).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_lowercase())
            && subtags.all(|tag| {
                (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric())
            });
        if !is_language {
            return Err(SettingsFault::Language(self.language.clone()));
        }
        if !self.origin.is_empty() {
            check_origin(&self.origin)?;
        }
        if jiff::tz::TimeZone::get(&self.time_zone).is_err() {
            return Err(SettingsFault::TimeZone(self.time_zone.clone()));
        }
        if !(-1..=1).contains(&self.dates.hijri_offset) {
            return Err(SettingsFault::HijriOffset(self.dates.hijri_offset));
        }
        if self.ticker_lines > TICKER_LINES_MAX {
            return Err(SettingsFault::TickerLines(self.ticker_lines));
        }
        if self.freshness.percent > FRESHNESS_PERCENT_MAX {
            return Err(SettingsFault::FreshnessPercent(self.freshness.percent));
        }
        if !(1..=HALF_LIFE_DAYS_MAX).contains(&self.freshness.half_life_days) {
            return Err(SettingsFault::HalfLife(self.freshness.half_life_days));
        }
        let comments = &self.comments;
        if comments.close_after_days > CLOSE_AFTER_DAYS_MAX {
            return Err(SettingsFault::CloseAfterDays(comments.close_after_days));
        }
        if !(1..=SENDER_DAYS_MAX).contains(&comments.sender_days) {
            return Err(SettingsFault::SenderDays(comments.sender_days));
        }
        let rules = comments.rules.as_str();
        if !rules.is_empty() && !urls::is_path(rules) && !is_web(rules) {
            return Err(SettingsFault::Rules(rules.to_owned()));
        }
        check_menu(&self.header_menu)?;
        check_menu(&self.footer_menu)
    }
}

fn short(what: &'static str, text: &str, letters_max: usize) -> Result<(), SettingsFault> {
    if text.chars().count() > letters_max {
        return Err(SettingsFault::TooLong(what, letters_max));
    }
    Ok(())
}

fn check_menu(menu: &[MenuItem]) -> Result<(), SettingsFault> {
    let links: usize = menu.iter().map(|item| 1 + item.children.len()).sum();
    if links > MENU_ITEMS_MAX {
        return Err(SettingsFault::MenuTooLong);
    }
    for item in menu {
        check_link(item)?;
        for below in &item.children {
            check_link(below)?;
            if !below.children.is_empty() {
                return Err(SettingsFault::TooDeep(below.label.clone()));
            }
        }
    }
    Ok(())
}

fn check_link(item: &MenuItem) -> Result<(), SettingsFault> {
    if item.label.trim().is_empty() {
        return Err(SettingsFault::NoLabel);
    }
    short("a link of a menu", &item.label, LABEL_LETTERS_MAX)?;
    if item.url.is_empty() {
        return if item.children.is_empty() {
            Err(SettingsFault::Heading(item.label.clone()))
        } else {
            Ok(())
        };
    }
    let known = ["https://", "http://", "mailto:", "tel:"];
    if !urls::is_path(&item.url) && !known.iter().any(|scheme| item.url.starts_with(scheme)) {
        return Err(SettingsFault::Link(item.label.clone(), item.url.clone()));
    }
    Ok(())
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Whether a text is the origin of a site: `http` or `https`, a host and
/// perhaps a port, and nothing behind them (RFC 6454, section 6.2).
///
/// # Errors
/// [`SettingsFault::Origin`].
pub fn check_origin(text: &str) -> Result<(), SettingsFault> {
    let fault = || SettingsFault::Origin(text.to_owned());
    let authority = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .ok_or_else(fault)?;
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    if is_port && check_host(host).is_ok() {
        Ok(())
    } else {
        Err(fault())
    }
}

/// Whether a text is the name of a host, or an IP address, an IPv6 one in its
/// brackets. A name of other letters stands in its ASCII form, `xn--…`.
///
/// # Errors
/// [`SettingsFault::Host`].
pub fn check_host(text: &str) -> Result<(), SettingsFault> {
    let in_brackets = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let is_host = match in_brackets {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => {
            text.len() <= 253
                && text.split('.').all(|label| {
                    (1..=63).contains(&label.len())
                        && label
                            .bytes()
                            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
                })
        }
    };
    if is_host {
        Ok(())
    } else {
        Err(SettingsFault::Host(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What spoils good settings, and whether the fault is the right one.
    type Case = (fn(&mut SiteSettings), fn(&SettingsFault) -> bool);

    fn link(label: &str, url: &str, children: Vec<MenuItem>) -> MenuItem {
        MenuItem {
            label: label.into(),
            url: url.into(),
            children,
        }
    }

    #[test]
    fn every_fault_is_found() {
        let good = SiteSettings {
            origin: "https://example.org".into(),
            header_menu: vec![link(
                "أقسام",
                "",
                vec![link("سوريا", "/section/syria", vec![])],
            )],
            ..SiteSettings::default()
        };
        assert_eq!(good.check(), Ok(()));
        assert_eq!(SiteSettings::default().check(), Ok(()));
        let faults: [Case; 18] = [
            (
                |s| s.comments.close_after_days = 3_651,
                |f| matches!(f, SettingsFault::CloseAfterDays(3_651)),
            ),
            (
                |s| s.comments.sender_days = 0,
                |f| matches!(f, SettingsFault::SenderDays(0)),
            ),
            (
                |s| s.comments.rules = "javascript:alert(1)".into(),
                |f| matches!(f, SettingsFault::Rules(_)),
            ),
            (
                |s| s.name = " ".into(),
                |f| matches!(f, SettingsFault::NoName),
            ),
            (
                |s| s.name = "ن".repeat(101),
                |f| matches!(f, SettingsFault::TooLong("the name", 100)),
            ),
            (
                |s| s.tagline = "ن".repeat(201),
                |f| matches!(f, SettingsFault::TooLong(..)),
            ),
            (
                |s| s.dates.separator = " أو ".into(),
                |f| matches!(f, SettingsFault::TooLong(..)),
            ),
            (
                |s| s.language = "العربية".into(),
                |f| matches!(f, SettingsFault::Language(_)),
            ),
            (
                |s| s.origin = "javascript:alert(1)".into(),
                |f| matches!(f, SettingsFault::Origin(_)),
            ),
            (
                |s| s.time_zone = "Mars/Base".into(),
                |f| matches!(f, SettingsFault::TimeZone(_)),
            ),
            (
                |s| s.dates.hijri_offset = 99,
                |f| matches!(f, SettingsFault::HijriOffset(99)),
            ),
            (
                |s| s.ticker_lines = 51,
                |f| matches!(f, SettingsFault::TickerLines(51)),
            ),
            (
                |s| s.footer_menu = vec![link("س", "/", vec![]); 101],
                |f| matches!(f, SettingsFault::MenuTooLong),
            ),
            (
                |s| s.footer_menu = vec![link("", "/", vec![])],
                |f| matches!(f, SettingsFault::NoLabel),
            ),
            (
                |s| s.footer_menu = vec![link("س", "javascript:x", vec![])],
                |f| matches!(f, SettingsFault::Link(..)),
            ),
            (
                |s| s.footer_menu = vec![link("س", "//x.example", vec![])],
                |f| matches!(f, SettingsFault::Link(..)),
            ),
            (
                |s| s.footer_menu = vec![link("س", "", vec![])],
                |f| matches!(f, SettingsFault::Heading(_)),
            ),
            (
                |s| {
                    let below = link("ب", "/", vec![link("ج", "/", vec![])]);
                    s.footer_menu = vec![link("س", "/", vec![below])];
                },
                |f| matches!(f, SettingsFault::TooDeep(_)),
            ),
        ];
        for (at, (spoil, expected)) in faults.iter().enumerate() {
            let mut spoiled = good.clone();
            spoil(&mut spoiled);
            let fault = spoiled.check().expect_err("it is refused");
            assert!(expected(&fault), "{at}: {fault}");
        }
    }

    #[test]
    fn origins_are_told_from_everything_else() {
        for good in [
            "https://example.org",
            "http://127.0.0.1:8080",
            "https://xn--mgbh0fb.example",
            "http://[::1]:80",
        ] {
            assert_eq!(check_origin(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "https://",
            "https://example.org/",
            "https://example.org/news",
            "https://user@example.org",
            "https://example.org:x",
            "https://example.org:0",
            "ftp://example.org",
            "https://صحيفة.example",
            "not a url",
            "https://[::1",
            "https://a..b",
        ] {
            assert!(check_origin(bad).is_err(), "{bad}");
        }
    }
}
