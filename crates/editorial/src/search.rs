//! What search knows of an article, and what a reader asks it for: the words of
//! the form, as they stand in the address of its page.

use jiff::civil::Date;

use crate::{
    Id, Timestamp,
    urls::{decode, encode},
};

/// Letters of the words that are searched for; the rest is left out.
pub const ASKED_LETTERS_MAX: usize = 200;
/// Letters of the slug of a filter; no place has a longer one.
const SLUG_LETTERS_MAX: usize = 400;
/// Pages of results that can be asked for.
pub const RESULT_PAGES_MAX: u32 = 50;
/// Results on one page.
pub const RESULTS_PER_PAGE: u32 = 10;

/// A published article as search takes it. Only what readers may see is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchDocument {
    /// The article.
    pub id: Id,
    /// Its headline, with the kicker before it where there is one.
    pub headline: String,
    /// Its standfirst, or empty.
    pub standfirst: String,
    /// Its dateline and its text without marks of form; a line for each block.
    pub body: String,
    /// Its authors: id and name. Hidden authors are left out.
    pub authors: Vec<(Id, String)>,
    /// The credited agency, or empty.
    pub agency: String,
    /// Its tags: id and name.
    pub tags: Vec<(Id, String)>,
    /// Its section: id and name; none for standing pages.
    pub section: Option<(Id, String)>,
    /// BCP 47 language.
    pub language: String,
    /// When it went live; none where that is not known.
    pub published_at: Option<Timestamp>,
}

/// What the form of the search page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The words, at most [`ASKED_LETTERS_MAX`] letters of them.
    pub words: String,
    /// Whether more words were given.
    pub is_cut: bool,
    /// Whether something it was to be narrowed by could not be read.
    pub is_misread: bool,
    /// Only in the section with this slug.
    pub section: Option<String>,
    /// Only by the author with this slug.
    pub author: Option<String>,
    /// Only under the tag with this slug.
    pub tag: Option<String>,
    /// Only from this day on.
    pub from: Option<Date>,
    /// Only up to the end of this day.
    pub until: Option<Date>,
    /// The newest first, in place of the best.
    pub newest: bool,
    /// The page of the results, from 1 to [`RESULT_PAGES_MAX`].
    pub page: u32,
}

impl Asked {
    /// The first page of the results for these words.
    pub fn of(words: &str) -> Self {
        let mut asked = Self {
            page: 1,
            ..Self::default()
        };
        asked.take_words(words);
        asked
    }

    /// Reads the query of an address; what has no meaning there is left out.
    pub fn parse(query: Option<&str>) -> Self {
        let mut asked = Self::of("");
        for pair in query.unwrap_or_default().split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            // A form writes a space as «+».
            let value = decode(&value.replace('+', " "));
            let slug = || {
                let fits = !value.is_empty() && value.chars().count() <= SLUG_LETTERS_MAX;
                fits.then(|| value.clone())
            };
            let day = value.parse().ok();
            asked.is_misread |= !value.is_empty()
                && match name {
                    "section" | "author" | "tag" => slug().is_none(),
                    "from" | "until" => day.is_none(),
                    _ => false,
                };
            match name {
                "q" => asked.take_words(&value),
                "section" => asked.section = slug(),
                "author" => asked.author = slug(),
                "tag" => asked.tag = slug(),
                "from" => asked.from = day,
                "until" => asked.until = day,
                "order" => asked.newest = value == "newest",
                "page" => asked.page = value.parse().unwrap_or(1).clamp(1, RESULT_PAGES_MAX),
                _ => {}
            }
        }
        asked
    }

    fn take_words(&mut self, words: &str) {
        let words: Vec<_> = words
            .split(|c: char| c.is_whitespace() || c.is_control())
            .collect();
        let words = words.into_iter().filter(|word| !word.is_empty());
        let words = words.collect::<Vec<_>>().join(" ");
        let end = words.char_indices().nth(ASKED_LETTERS_MAX);
        self.is_cut = end.is_some();
        self.words = match end {
            Some((end, _)) => words[..end].trim_end().to_owned(),
            None => words,
        };
    }

    /// Whether it asks for nothing: no words, and nothing to choose by.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && !self.is_filtered()
    }

    /// Whether it is narrowed to a part of the paper.
    pub fn is_filtered(&self) -> bool {
        self.section.is_some()
            || self.author.is_some()
            || self.tag.is_some()
            || self.from.is_some()
            || self.until.is_some()
    }

    /// The same, another page.
    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }
}

impl std::fmt::Display for Asked {
    /// As the query of an address, from its `?` on; empty where it asks nothing.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day = |day: &Option<Date>| day.map(|day| day.to_string());
        let parts = [
            (
                "q",
                Some(self.words.clone()).filter(|words| !words.is_empty()),
            ),
            ("section", self.section.clone()),
            ("author", self.author.clone()),
            ("tag", self.tag.clone()),
            ("from", day(&self.from)),
            ("until", day(&self.until)),
            ("order", self.newest.then(|| "newest".to_owned())),
            ("page", (self.page > 1).then(|| self.page.to_string())),
        ];
        let mut before = '?';
        for (name, value) in parts {
            if let Some(value) = value {
                write!(out, "{before}{name}={}", encode(&value))?;
                before = '&';
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_stands_in_its_address() {
        for (query, written) in [
            (None, ""),
            (
                Some("q=%D8%B3%D9%88%D8%B1%D9%8A%D8%A7"),
                "?q=%D8%B3%D9%88%D8%B1%D9%8A%D8%A7",
            ),
            (Some("q=a+b%2Bc&page=3"), "?q=a%20b%2Bc&page=3"),
            (
                Some("q=+a++b%0A%00c+&order=newest"),
                "?q=a%20b%20c&order=newest",
            ),
            (
                Some("page=9999&until=2017-09-30&from=2017-9-1x&tag=&section=syria&other=1"),
                "?section=syria&until=2017-09-30&page=50",
            ),
            (Some("page=0&order=best&q"), ""),
            (
                Some("q=%ED%A0%80%FF"),
                "?q=%EF%BF%BD%EF%BF%BD%EF%BF%BD%EF%BF%BD",
            ),
        ] {
            let asked = Asked::parse(query);
            assert_eq!(asked.to_string(), written, "{query:?}");
            let query = written.strip_prefix('?');
            // What could not be read is in no address of ours.
            assert_eq!(asked.is_misread, written.contains("section=syria"));
            let asked = Asked {
                is_misread: false,
                ..asked
            };
            assert_eq!(Asked::parse(query), asked, "{written}");
        }
    }

    #[test]
    fn a_long_query_is_cut_and_says_so() {
        let asked = Asked::of(&"سوريا ".repeat(100));
        assert!(asked.is_cut && asked.words.chars().count() <= ASKED_LETTERS_MAX);
        assert!(!Asked::of("سوريا").is_cut);
        assert!(Asked::of(" \t\u{0}").is_empty());
    }
}
