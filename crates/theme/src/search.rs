//! The page of results.

use arabic::plural::RESULT;
use editorial::{
    Id, SiteSettings,
    page::{IndexState, Piece, Remark, SearchPage, SearchResult},
    search::{ASKED_LETTERS_MAX, Asked},
    urls::Url,
};
use minijinja::Value;
use serde::Serialize;

use crate::{
    PageMeta, Parts, Theme, ThemeError,
    body::escape,
    cards::{Card, Link, card, plain_headline},
    contexts::Head,
    dates::Dates,
    words::{attributes, headline},
};

/// Ways to narrow the results that are offered.
const NARROWER_MAX: usize = 6;
/// Pages whose numbers stand on both sides of the present one.
const PAGES_AROUND: u32 = 2;

#[derive(Debug, Serialize)]
struct Choice {
    slug: String,
    name: String,
    chosen: bool,
}

#[derive(Debug, Serialize)]
struct Labelled {
    label: &'static str,
    name: String,
    url: String,
}

/// A page of many, by its number.
#[derive(Debug, Serialize)]
pub(crate) struct PageLink {
    name: String,
    /// None for those that are left out.
    url: Option<String>,
    current: bool,
}

#[derive(Debug, Serialize)]
struct ResultView {
    card: Card,
    /// Whether it stands under a date: a standing page does not.
    dated: bool,
    headline: Value,
    snippet: Value,
    snippet_set: Value,
}

#[derive(Debug, Serialize)]
struct SearchView {
    /// Whether anything was asked and looked for.
    asked: bool,
    words: String,
    /// What stands around the words.
    quotes: [&'static str; 2],
    letters_max: usize,
    /// Whether the part of the form that narrows says anything.
    is_narrowed: bool,
    sections: Vec<Choice>,
    from: String,
    until: String,
    newest: bool,
    /// Filters that the form carries on: name, and value as `url`.
    hidden: Vec<Link>,
    /// The filters that can be taken away.
    chosen: Vec<Labelled>,
    notes: Vec<String>,
    count: String,
    did_you_mean: Option<Link>,
    number: Option<String>,
    results: Vec<ResultView>,
    also: Vec<ResultView>,
    narrower: Vec<Labelled>,
    pages: Vec<PageLink>,
    back: Option<String>,
    next: Option<String>,
    /// The same words without filters.
    without: Option<String>,
    latest: Vec<Card>,
    /// As in the masthead.
    search_script: String,
}

impl Theme {
    /// The address of the script for suggestions.
    pub(crate) fn search_script_address(&self) -> String {
        Url::Asset(self.search_script.name.clone()).to_string()
    }

    /// A page of results, or the form where nothing was asked.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn search(
        &self,
        settings: &SiteSettings,
        page: &SearchPage,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let dates = Dates::of(settings);
        let asked = &page.asked;
        let at = |number| Url::Search(asked.on_page(number)).to_string();
        let number = (page.number > 1).then(|| dates.number(page.number));
        let title = match (asked.words.is_empty(), &number) {
            (true, _) => "البحث".to_owned(),
            (false, None) => format!("البحث عن {}", quoted(&plain_headline(&asked.words))),
            (false, Some(number)) => format!(
                "البحث عن {}، الصفحة {number}",
                quoted(&plain_headline(&asked.words))
            ),
        };
        let head = Head {
            title,
            site: settings.name.clone(),
            noindex: true,
            kind: "website",
            ..Head::default()
        };
        let fresh = asked.on_page(1);
        let view = SearchView {
            // Without an index nothing was looked for.
            asked: !asked.is_empty() && !matches!(page.index, IndexState::Missing(_)),
            words: asked.words.clone(),
            quotes: quotes(&asked.words),
            letters_max: ASKED_LETTERS_MAX,
            is_narrowed: asked.is_filtered() || asked.newest,
            sections: (page.sections.iter())
                .map(|section| Choice {
                    slug: section.slug.clone(),
                    name: section.name.clone(),
                    chosen: asked.section.as_deref() == Some(&section.slug),
                })
                .collect(),
            from: asked.from.map_or_else(String::new, |day| day.to_string()),
            until: asked.until.map_or_else(String::new, |day| day.to_string()),
            newest: asked.newest,
            hidden: [("author", &asked.author), ("tag", &asked.tag)]
                .into_iter()
                .filter_map(|(name, slug)| {
                    Some(Link {
                        name: name.to_owned(),
                        url: slug.clone()?,
                    })
                })
                .collect(),
            chosen: chosen(page, &fresh, &dates),
            notes: notes(page, &dates),
            count: dates.counted(page.total, &RESULT),
            did_you_mean: page.did_you_mean.as_ref().map(|words| {
                let meant = Asked {
                    words: words.clone(),
                    ..fresh.clone()
                };
                Link {
                    name: words.clone(),
                    url: Url::Search(meant).to_string(),
                }
            }),
            number,
            results: (page.results.iter())
                .map(|result| self::result(result, &dates, settings))
                .collect(),
            also: (page.also.iter())
                .map(|result| self::result(result, &dates, settings))
                .collect(),
            narrower: narrower(page, &fresh),
            pages: page_links(page.number, page.pages, &dates, |number| {
                Url::Search(page.asked.on_page(number)).to_string()
            }),
            back: (page.number > 1).then(|| at(page.number - 1)),
            next: (page.number < page.pages).then(|| at(page.number + 1)),
            without: (asked.is_filtered() && !asked.words.is_empty())
                .then(|| Url::Search(Asked::of(&asked.words)).to_string()),
            latest: (page.latest.iter())
                .map(|summary| card(summary, &dates, settings))
                .collect(),
            search_script: self.search_script_address(),
        };
        self.parts(settings, head, meta, "search.html", view)
    }
}

fn result(result: &SearchResult, dates: &Dates, settings: &SiteSettings) -> ResultView {
    let article = &result.article;
    let summary = &article.summary;
    let url = Url::of_article(article.kind, summary.id, summary.slug.clone());
    let card = Card {
        url: url.to_string(),
        ..card(summary, dates, settings)
    };
    let text: String = result.snippet.iter().map(|piece| &*piece.text).collect();
    ResultView {
        dated: article.kind == editorial::ArticleKind::Story,
        headline: marked(&result.headline, |text| headline(text).to_string()),
        snippet: marked(&result.snippet, escape),
        snippet_set: attributes(&text, &summary.language, settings),
        card,
    }
}

fn marked(pieces: &[Piece], html: impl Fn(&str) -> String) -> Value {
    let mut out = String::new();
    for piece in pieces {
        if piece.is_found {
            out.push_str(&format!("<mark>{}</mark>", html(&piece.text)));
        } else {
            out.push_str(&html(&piece.text));
        }
    }
    Value::from_safe_string(out)
}

/// What the reader should know before he reads the results.
fn notes(page: &SearchPage, dates: &Dates) -> Vec<String> {
    let share = |hundredths: u8| format!("{} %", dates.number(u32::from(hundredths)));
    let mut notes = Vec::new();
    match page.index {
        IndexState::Ready => {}
        IndexState::Renewing(done) => notes.push(format!(
            "يُجدَّد فهرس البحث الآن، وقد تغيب مقالات عن النتائج بضع دقائق. تمّ منه {}.",
            isolated(&share(done))
        )),
        IndexState::Missing(done) => notes.push(format!(
            "يُعدّ فهرس البحث الآن، ولا نتائج قبل أن يتم. تمّ منه {}؛ أعد المحاولة بعد قليل.",
            isolated(&share(done))
        )),
    }
    if let (Some(from), Some(until)) = (page.asked.from, page.asked.until)
        && from > until
    {
        notes.push("يوم البداية بعد يوم النهاية: لا مقالات بينهما.".to_owned());
    }
    notes.extend(page.remarks.iter().map(|remark| {
        let words = match remark {
            Remark::Nowhere => "ليس في الصحيفة قسم أو كاتب أو وسم بالاسم الذي في العنوان.",
            Remark::Cut => "ما كتبته طويل، فبُحث عن أوله وحده.",
            Remark::Misread => "في العنوان تاريخ أو قيد لا يُفهم، فلم يُضيَّق البحث به.",
            Remark::More => "هذه آخر صفحة تُعرض. ضيّق البحث أو زد كلمة لترى غير هذه المقالات.",
            Remark::SomeWords => "لا مقال فيه الكلمات كلها. هذه مقالات فيها بعضها.",
            Remark::Late => {
                "طال البحث فتوقف قبل أن ينظر في المقالات كلها. قلّل الكلمات أو ضيّق البحث."
            }
        };
        words.to_owned()
    }));
    notes
}

/// What stands around words that are named: guillemets, unless there are
/// quotation marks in them.
fn quotes(words: &str) -> [&'static str; 2] {
    if words.contains(['«', '»', '"', '“', '”']) {
        ["", ""]
    } else {
        ["«", "»"]
    }
}

fn quoted(words: &str) -> String {
    let [open, close] = quotes(words);
    format!("{open}{words}{close}")
}

/// Between isolate controls, in a sentence without markup.
fn isolated(text: &str) -> String {
    arabic::bidi::isolate(text)
}

fn chosen(page: &SearchPage, fresh: &Asked, dates: &Dates) -> Vec<Labelled> {
    let mut out = Vec::new();
    let mut add = |label, name: Option<String>, without: Asked| {
        if let Some(name) = name {
            let url = Url::Search(without).to_string();
            out.push(Labelled { label, name, url });
        }
    };
    let asked = &page.asked;
    let named = |slug: &Option<String>, name: Option<String>| {
        slug.as_ref()
            .map(|slug| name.unwrap_or_else(|| slug.clone()))
    };
    let day = |day: Option<jiff::civil::Date>| {
        day.map(|day| dates.civil_day(day.year(), day.month(), day.day()))
    };
    let name = page.section.as_ref().map(|section| section.name.clone());
    add(
        "قسم",
        named(&asked.section, name),
        Asked {
            section: None,
            ..fresh.clone()
        },
    );
    let name = page.author.as_ref().map(|author| author.name.clone());
    add(
        "بقلم",
        named(&asked.author, name),
        Asked {
            author: None,
            ..fresh.clone()
        },
    );
    let name = page.tag.as_ref().map(|tag| tag.name.clone());
    add(
        "وسم",
        named(&asked.tag, name),
        Asked {
            tag: None,
            ..fresh.clone()
        },
    );
    add(
        "من",
        day(asked.from),
        Asked {
            from: None,
            ..fresh.clone()
        },
    );
    add(
        "إلى",
        day(asked.until),
        Asked {
            until: None,
            ..fresh.clone()
        },
    );
    out
}

/// The authors and tags that most of the results have.
fn narrower(page: &SearchPage, fresh: &Asked) -> Vec<Labelled> {
    let mut counted: Vec<(usize, Id, Labelled)> = Vec::new();
    let mut count = |id: Id, label, name: &str, narrowed: Asked| {
        if let Some((times, ..)) = counted.iter_mut().find(|(_, known, _)| *known == id) {
            *times += 1;
            return;
        }
        let (name, url) = (name.to_owned(), Url::Search(narrowed).to_string());
        counted.push((1, id, Labelled { label, name, url }));
    };
    for result in &page.results {
        if fresh.author.is_none() {
            for author in &result.article.summary.authors {
                let author_slug = Some(author.slug.clone());
                count(
                    author.id,
                    "بقلم",
                    &author.name,
                    Asked {
                        author: author_slug,
                        ..fresh.clone()
                    },
                );
            }
        }
        if fresh.tag.is_none() {
            for tag in &result.article.tags {
                let tag_slug = Some(tag.slug.clone());
                count(
                    tag.id,
                    "وسم",
                    &tag.name,
                    Asked {
                        tag: tag_slug,
                        ..fresh.clone()
                    },
                );
            }
        }
    }
    // What all or one of them have narrows nothing.
    let shown = page.results.len();
    counted.retain(|(times, ..)| *times > 1 && *times < shown);
    counted.sort_by_key(|(times, ..)| std::cmp::Reverse(*times));
    counted.truncate(NARROWER_MAX);
    counted.into_iter().map(|(.., labelled)| labelled).collect()
}

/// Links to the first page, those around the present one, and the last.
pub(crate) fn page_links(
    current: u32,
    pages: u32,
    dates: &Dates,
    at: impl Fn(u32) -> String,
) -> Vec<PageLink> {
    if pages < 2 {
        return Vec::new();
    }
    let mut out: Vec<PageLink> = Vec::new();
    let mut last = 0;
    for number in 1..=pages {
        let near = number.abs_diff(current) <= PAGES_AROUND;
        if !near && number != 1 && number != pages {
            continue;
        }
        if number > last + 1 {
            out.push(PageLink {
                name: String::new(),
                url: None,
                current: false,
            });
        }
        last = number;
        out.push(PageLink {
            name: dates.number(number),
            url: Some(at(number)),
            current: number == current,
        });
    }
    out
}
