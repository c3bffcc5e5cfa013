//! `warraq settings list | get | set | reset`.

use anyhow::{Context as _, bail};
use clap::Subcommand;
use editorial::{SiteSettings, audit::Actor};
use serde_json::{Value, json};

use crate::{
    output::Output,
    paper::{Paper, now},
};

#[derive(Subcommand)]
pub(crate) enum Settings {
    /// List what the newsroom sets for its site, with its present values.
    List,
    /// Print the value of one setting.
    Get {
        /// The setting, as `list` shows it.
        key: String,
    },
    /// Set one; every page shows it within a second.
    Set {
        /// The setting, as `list` shows it.
        key: String,
        /// Its value; for a menu a JSON list, or @FILE to read it from a file:
        /// [{"label": "سوريا", "url": "/section/syria", "children": [...]}]
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Set one to what it is in a new paper.
    Reset {
        /// The setting, as `list` shows it.
        key: String,
    },
}

/// What a value looks like, at the command line.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Number,
    Switch,
    Months,
    MonthsOrNone,
    Menu,
}

const MONTHS: &str = "levant, egypt_gulf, algeria_tunisia, morocco or mauritania";

impl Form {
    /// What is expected, for a message.
    fn words(self) -> String {
        match self {
            Self::Text => "a text".into(),
            Self::Number => "a whole number".into(),
            Self::Switch => "on or off".into(),
            Self::Months => MONTHS.into(),
            Self::MonthsOrNone => format!("{MONTHS}, or none"),
            Self::Menu => "a JSON list of links, each with a label and a url".into(),
        }
    }

    fn read(self, text: &str) -> Option<Value> {
        Some(match self {
            Self::MonthsOrNone if text == "none" => Value::Null,
            Self::Text | Self::Months | Self::MonthsOrNone => json!(text),
            Self::Number => json!(text.parse::<i64>().ok()?),
            Self::Switch => json!(match text {
                "on" | "true" | "yes" => true,
                "off" | "false" | "no" => false,
                _ => return None,
            }),
            Self::Menu => serde_json::from_str(text).ok().filter(Value::is_array)?,
        })
    }

    fn write(self, value: &Value) -> String {
        match (self, value) {
            (_, Value::String(text)) => text.clone(),
            (Self::MonthsOrNone, Value::Null) => "none".into(),
            (Self::Switch, Value::Bool(on)) => if *on { "on" } else { "off" }.into(),
            (_, value) => value.to_string(),
        }
    }
}

/// A setting: its name, the form of its value, and what it does.
type Known = (&'static str, Form, &'static str);

/// All settings that the newsroom has.
const KNOWN: [Known; 26] = [
    ("name", Form::Text, "the paper's name"),
    ("tagline", Form::Text, "a line below the name"),
    (
        "language",
        Form::Text,
        "the language of the site, such as ar",
    ),
    (
        "origin",
        Form::Text,
        "the site's address in feeds and sitemaps, such as https://example.org; empty: as `serve --origin` says",
    ),
    (
        "time_zone",
        Form::Text,
        "the time of the paper, such as Africa/Tunis",
    ),
    ("dates.months", Form::Months, "the names of the months"),
    (
        "dates.second_months",
        Form::MonthsOrNone,
        "other names beside them, as in «سبتمبر/أيلول», or none",
    ),
    (
        "dates.separator",
        Form::Text,
        "what stands between the two names",
    ),
    ("dates.arabic_digits", Form::Switch, "٠-٩ in place of 0-9"),
    (
        "dates.hijri",
        Form::Switch,
        "the Hijri date beside the other",
    ),
    (
        "dates.hijri_offset",
        Form::Number,
        "days to move the Hijri date by, -1 to 1",
    ),
    (
        "sample",
        Form::Switch,
        "a sample paper: every page says so and asks not to be indexed",
    ),
    (
        "old_after_days",
        Form::Number,
        "after so many days an article says how old it is; 0: never",
    ),
    ("ticker_lines", Form::Number, "lines in the ticker, 0 to 50"),
    (
        "ticker_fill",
        Form::Switch,
        "the latest headlines fill the ticker while none are pushed",
    ),
    (
        "freshness.percent",
        Form::Number,
        "how much more an article of today counts in search than an old one, in percent, 0 to 200",
    ),
    (
        "freshness.half_life_days",
        Form::Number,
        "days after which that is half, 1 to 3650",
    ),
    (
        "comments.open",
        Form::Switch,
        "readers may write comments; off: those that are there stay",
    ),
    (
        "comments.close_after_days",
        Form::Number,
        "after so many days comments on an article close, 0 to 3650; 0: never",
    ),
    (
        "comments.trust",
        Form::Switch,
        "who has three approved comments is published at once; off: every comment waits",
    ),
    (
        "comments.newest_first",
        Form::Switch,
        "the newest comments stand first",
    ),
    (
        "comments.rules",
        Form::Text,
        "where the house rules stand: a path such as /page/rules, or an address; empty: nowhere",
    ),
    (
        "comments.sender_days",
        Form::Number,
        "days for which a keyed hash of a commenter's network address is kept, 1 to 90",
    ),
    (
        "approved_only",
        Form::Switch,
        "the newsroom publishes only what somebody approved",
    ),
    (
        "header_menu",
        Form::Menu,
        "links in the head of each page; empty: the sections",
    ),
    (
        "footer_menu",
        Form::Menu,
        "links in the foot of each page; empty: the sections",
    ),
];

impl Settings {
    pub(crate) async fn run(self, paper: &Paper, out: Output) -> anyhow::Result<()> {
        let store = paper.open().await?;
        let loaded = store.settings().await?;
        let document = json!(loaded);
        match &self {
            Self::List => {
                let lines: Vec<String> = KNOWN
                    .iter()
                    .map(|(key, form, meaning)| {
                        let value = form.write(slot(&document, key));
                        format!("{key} = {value}\n    {meaning}: {}", form.words())
                    })
                    .collect();
                out.result(&lines.join("\n"), &document);
            }
            Self::Get { key } => {
                let (_, form, _) = known(key)?;
                let value = slot(&document, key);
                out.result(&form.write(value), &json!({ "key": key, "value": value }));
            }
            Self::Set { key, .. } | Self::Reset { key } => {
                let (_, form, _) = known(key)?;
                let value = match &self {
                    Self::Set { value, .. } => {
                        let text = match value.strip_prefix('@') {
                            Some(file) if matches!(form, Form::Menu) => {
                                std::fs::read_to_string(file)
                                    .with_context(|| format!("{file} cannot be read"))?
                            }
                            _ => value.clone(),
                        };
                        let expected = || format!("{key} takes {}", form.words());
                        form.read(&text).with_context(expected)?
                    }
                    _ => slot(&json!(SiteSettings::default()), key).clone(),
                };
                let wanted = with(document, key, value.clone());
                let Ok(settings) = serde_json::from_value::<SiteSettings>(wanted) else {
                    bail!("{key} takes {}", form.words());
                };
                actions::change_settings(&store, loaded, settings, Actor::CommandLine, now())
                    .await?;
                let words = format!("{key} = {}", form.write(&value));
                out.result(&words, &json!({ "key": key, "value": value }));
            }
        }
        store.close().await;
        Ok(())
    }
}

fn known(key: &str) -> anyhow::Result<Known> {
    KNOWN
        .into_iter()
        .find(|(known, ..)| *known == key)
        .with_context(|| format!("there is no setting {key}: `warraq settings list` shows them"))
}

/// The place of a setting in the document of all.
fn slot<'a>(document: &'a Value, key: &str) -> &'a Value {
    key.split('.').fold(document, |place, part| &place[part])
}

fn with(mut document: Value, key: &str, value: Value) -> Value {
    let place = key
        .split('.')
        .fold(&mut document, |place, part| &mut place[part]);
    *place = value;
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of all values in a document.
    fn names(document: &Value, above: &str, into: &mut Vec<String>) {
        for (key, value) in document.as_object().expect("an object") {
            if value.is_object() {
                names(value, &format!("{above}{key}."), into);
            } else {
                into.push(format!("{above}{key}"));
            }
        }
    }

    #[test]
    fn every_setting_is_known_and_read_back() {
        let document = json!(SiteSettings::default());
        let mut there = Vec::new();
        names(&document, "", &mut there);
        let mut listed: Vec<&str> = KNOWN.iter().map(|(key, ..)| *key).collect();
        listed.sort_unstable();
        there.sort_unstable();
        assert_eq!(listed, there);
        for (key, form, _) in KNOWN {
            let value = slot(&document, key);
            assert_eq!(form.read(&form.write(value)).as_ref(), Some(value), "{key}");
        }
    }

    #[test]
    fn every_set_of_months_can_be_named() {
        for months in MONTHS
            .replace(" or", ",")
            .split(", ")
            .filter(|m| !m.is_empty())
        {
            let wanted = with(
                json!(SiteSettings::default()),
                "dates.months",
                json!(months.trim_matches(',')),
            );
            assert!(
                serde_json::from_value::<SiteSettings>(wanted).is_ok(),
                "{months}"
            );
        }
    }
}
