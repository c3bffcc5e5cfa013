//! The files of the sample newspaper, embedded in the program.

use anyhow::{Context as _, bail};
use editorial::{
    SiteSettings,
    settings::{CommentSettings, DateSettings, MenuItem, MonthNames},
};
use include_dir::{Dir, include_dir};
use serde::{Deserialize, de::DeserializeOwned};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../sample");

/// Everything in the folder `sample/`.
pub(super) struct Sample {
    pub(super) site: Site,
    pub(super) ticker: Ticker,
    pub(super) articles: Vec<SampleArticle>,
    pub(super) pages: Vec<SamplePage>,
    pub(super) words: Words,
}

/// The word lists of generated articles.
pub(super) struct Words {
    pub(super) shared: &'static str,
    pub(super) topics: Vec<(String, &'static str)>,
}

pub(super) struct SampleArticle {
    pub(super) name: String,
    pub(super) front: ArticleFront,
    pub(super) html: String,
}

pub(super) struct SamplePage {
    pub(super) front: PageFront,
    pub(super) html: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArticleFront {
    pub(super) headline: String,
    #[serde(default)]
    pub(super) kicker: String,
    #[serde(default)]
    pub(super) standfirst: String,
    pub(super) section: String,
    #[serde(default)]
    pub(super) authors: Vec<String>,
    #[serde(default)]
    pub(super) agency: String,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) dateline: String,
    pub(super) published: String,
    pub(super) image_credit: Option<String>,
    #[serde(default)]
    pub(super) sources: Vec<String>,
    #[serde(default)]
    pub(super) corrections: Vec<Note>,
    #[serde(default)]
    pub(super) comments: Vec<SampleComment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    pub(super) at: String,
    pub(super) text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleComment {
    pub(super) name: String,
    pub(super) at: String,
    pub(super) text: String,
    /// The number of the comment it answers, from 1.
    pub(super) reply_to: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageFront {
    pub(super) title: String,
    pub(super) slug: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ticker {
    pub(super) items: Vec<TickerLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TickerLine {
    pub(super) text: String,
    #[serde(default)]
    pub(super) url: String,
    pub(super) urgent: bool,
    pub(super) minutes_ago: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Site {
    name: String,
    tagline: String,
    language: String,
    time_zone: String,
    digits: String,
    hijri: bool,
    comment_rules: String,
    months: Months,
    pub(super) sections: Vec<SampleSection>,
    pub(super) authors: Vec<SampleAuthor>,
    menu: Menus,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Months {
    style: String,
    first: MonthNames,
    second: Option<MonthNames>,
    separator: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleSection {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) colour: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleAuthor {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) bio: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Menus {
    header: Vec<MenuItem>,
    footer: Vec<MenuItem>,
}

impl Sample {
    /// Reads the embedded files.
    pub(super) fn read() -> anyhow::Result<Self> {
        let text = |name: &str| {
            FILES
                .get_file(name)
                .and_then(include_dir::File::contents_utf8)
                .with_context(|| format!("sample/{name} is missing"))
        };
        let site: Site = toml::from_str(text("site.toml")?).context("sample/site.toml")?;
        if !matches!(site.months.style.as_str(), "single" | "dual") {
            bail!("sample/site.toml: the style of months is single or dual");
        }
        let ticker = toml::from_str(text("ticker.toml")?).context("sample/ticker.toml")?;
        let articles = files("articles")?
            .map(|(name, text)| {
                parts(&name, text).map(|(front, html)| SampleArticle { name, front, html })
            })
            .collect::<anyhow::Result<_>>()?;
        let pages = files("pages")?
            .map(|(name, text)| parts(&name, text).map(|(front, html)| SamplePage { front, html }))
            .collect::<anyhow::Result<_>>()?;
        let (shared, mut topics): (Vec<_>, Vec<_>) =
            files("generated")?.partition(|(name, _)| name == "shared");
        topics.sort_unstable();
        let (_, shared) = shared
            .into_iter()
            .next()
            .context("sample/generated/shared.txt is missing")?;
        Ok(Self {
            site,
            ticker,
            articles,
            pages,
            words: Words { shared, topics },
        })
    }

    /// How many ids the sample takes at most.
    pub(super) fn ids_needed(&self) -> i64 {
        let of_article = |article: &SampleArticle| {
            3 + article.front.tags.len()
                + article.front.corrections.len()
                + article.front.comments.len()
        };
        let count = 1
            + self.site.sections.len()
            + self.site.authors.len()
            + self.ticker.items.len()
            + 2 * self.pages.len()
            + self.articles.iter().map(of_article).sum::<usize>();
        i64::try_from(count).unwrap_or(i64::MAX)
    }
}

impl Site {
    /// The settings of the sample newspaper.
    pub(super) fn settings(&self) -> SiteSettings {
        let dual = self.months.style == "dual";
        SiteSettings {
            name: self.name.clone(),
            tagline: self.tagline.clone(),
            language: self.language.clone(),
            time_zone: self.time_zone.clone(),
            dates: DateSettings {
                months: self.months.first,
                second_months: self.months.second.filter(|_| dual),
                separator: self.months.separator.clone(),
                arabic_digits: self.digits == "arabic",
                hijri: self.hijri,
                ..DateSettings::default()
            },
            sample: true,
            comments: CommentSettings {
                rules: self.comment_rules.clone(),
                ..CommentSettings::default()
            },
            header_menu: self.menu.header.clone(),
            footer_menu: self.menu.footer.clone(),
            ..SiteSettings::default()
        }
    }
}

fn files(folder: &str) -> anyhow::Result<impl Iterator<Item = (String, &'static str)>> {
    let folder = FILES
        .get_dir(folder)
        .with_context(|| format!("sample/{folder} is missing"))?;
    Ok(folder.files().filter_map(|file| {
        let name = file.path().file_stem()?.to_string_lossy().into_owned();
        Some((name, file.contents_utf8()?))
    }))
}

/// Splits a file into its front matter between lines of `+++` and its text.
fn parts<Front: DeserializeOwned>(name: &str, text: &str) -> anyhow::Result<(Front, String)> {
    let (front, html) = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"))
        .with_context(|| format!("sample/{name} has no front matter"))?;
    Ok((
        toml::from_str(front).with_context(|| format!("sample/{name}"))?,
        html.to_owned(),
    ))
}
