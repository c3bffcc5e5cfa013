//! Read models to HTML: typed contexts, templates, assets.
//!
//! A page is five parts that are only concatenated: `opening`, its own head,
//! `masthead`, its own main, `closing`. The first, third and last are shared by
//! all pages, so that a new headline changes one of them and no page.
//! A folder may override the templates one by one.

mod assets;
mod body;
mod cards;
mod check;
mod comment_samples;
mod comments;
mod contexts;
mod dates;
mod fit;
mod front;
#[cfg(test)]
mod front_tests;
mod icon;
mod notes;
mod pages;
#[cfg(test)]
mod readers;
mod samples;
mod search;
mod search_samples;
mod style;
mod words;
#[cfg(test)]
mod written;

use std::path::Path;

use editorial::{SiteSettings, Timestamp};
use minijinja::{Environment, Value, syntax::SyntaxConfig, value::Serde};

pub use assets::Asset;
pub use body::{FeedPlace, feed_html};
pub use comments::{
    DataView, FormFaults, Notice, OwnComment, OwnView, ReportView, Typed, WriteView,
};
pub use pages::{PageMeta, Parts, Problem};

/// Instructions that one template may take; a page takes a few thousand.
const FUEL: u64 = 2_000_000;

/// Why a page cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// A template is wrong or took too long.
    #[error("a template cannot be rendered: {0:#}")]
    Template(#[from] minijinja::Error),
    /// A template's file cannot be read.
    #[error("the templates' folder cannot be read: {0}")]
    Folder(#[from] std::io::Error),
}

/// The templates of a site.
pub struct Theme {
    templates: Environment<'static>,
    style_hash: String,
    script: Asset,
    search_script: Asset,
    comment_script: Asset,
    icon: Asset,
}

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        const TEMPLATES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../templates/", $name)))),*];
    };
}

templates!(
    "opening.html",
    "masthead.html",
    "closing.html",
    "head.html",
    "macros.html",
    "home.html",
    "article.html",
    "comment.html",
    "thread.html",
    "comment_form.html",
    "comments.html",
    "write_comment.html",
    "own_comments.html",
    "report_comment.html",
    "comment_data.html",
    "list.html",
    "page.html",
    "problem.html",
    "search.html",
);

impl Theme {
    /// The default templates, with those found in `overrides` in their place.
    ///
    /// # Errors
    /// [`ThemeError`] where a file cannot be read or is no template.
    pub fn new(overrides: Option<&Path>) -> Result<Self, ThemeError> {
        let mut templates = Environment::new();
        templates.set_fuel(Some(FUEL));
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()?;
        templates.set_syntax(syntax);
        templates.set_formatter(write_escaped);
        templates.add_filter("headline", words::headline);
        templates.add_filter("address", words::address);
        for (name, source) in TEMPLATES {
            let own = overrides
                .map(|folder| folder.join(name))
                .filter(|path| path.exists());
            match own {
                Some(path) => {
                    templates.add_template_owned(*name, std::fs::read_to_string(path)?)?
                }
                None => templates.add_template(name, source)?,
            }
        }
        Ok(Self {
            templates,
            style_hash: style::hash(),
            script: assets::script(),
            search_script: assets::search_script(),
            comment_script: assets::comment_script(),
            icon: assets::icon(),
        })
    }

    /// The hash of the inline style for the content security policy:
    /// `sha256-…`.
    pub fn style_hash(&self) -> &str {
        &self.style_hash
    }

    /// A file by the name in its address.
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        [&self.script, &self.search_script, &self.comment_script]
            .into_iter()
            .find(|script| script.name == name)
    }

    /// The icon at `/favicon.ico`.
    pub fn icon(&self) -> &Asset {
        &self.icon
    }

    /// A day as it is printed, with the Hijri one where the site shows it.
    pub fn day(&self, settings: &SiteSettings, at: Timestamp) -> String {
        let moment = dates::Dates::of(settings).moment(at);
        let parts = [Some(moment.day), moment.hijri];
        parts.into_iter().flatten().collect::<Vec<_>>().join("، ")
    }

    /// The time of a ticker's line as it is printed.
    pub fn ticker_time(&self, settings: &SiteSettings, at: Timestamp, now: Timestamp) -> String {
        dates::Dates::of(settings).of_line(at, now)
    }

    /// Until when a masthead made at `now` shows the right times: the end of
    /// the day.
    pub fn masthead_valid_until(&self, settings: &SiteSettings, now: Timestamp) -> Timestamp {
        dates::Dates::of(settings).midnight_after(now)
    }

    /// Renders every template from samples; the sentences say what is wrong.
    pub fn check(&self) -> Vec<String> {
        check::check(self)
    }

    fn render(&self, name: &str, context: impl serde::Serialize) -> Result<String, ThemeError> {
        Ok(self
            .templates
            .get_template(name)?
            .render(Value::from(Serde(&context)))?)
    }
}

/// Writes a value into a template: safe strings as they are, the rest escaped
/// by the one rule of [`body::escape`].
fn write_escaped(
    out: &mut minijinja::Output<'_>,
    _state: &mut minijinja::State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    if value.is_none() || value.is_undefined() {
        return Ok(());
    }
    let text = match value.as_str() {
        Some(text) if value.is_safe() => std::borrow::Cow::Borrowed(text),
        Some(text) => std::borrow::Cow::Owned(body::escape(text)),
        None => std::borrow::Cow::Owned(body::escape(&value.to_string())),
    };
    out.write_str(&text).map_err(|fault| {
        minijinja::Error::new(
            minijinja::ErrorKind::WriteFailure,
            "a page cannot be written",
        )
        .with_source(fault)
    })
}
