//! Each page from its read model.

use arabic::bidi::{direction_of_language, isolate};
use editorial::{
    Article, Block, BlockKind, SiteSettings, Timestamp,
    correction::Correction,
    media::Media,
    page::{ArticleList, ArticlePage, Before, Cursor, Frame, ListSubject},
    places::Section,
    settings::MenuItem,
    text::cut_at_word,
    urls::{FeedFormat, FeedOf, Url, encode},
};
use minijinja::Value;

use crate::{
    Theme, ThemeError, body,
    cards::{Link, Picture, card, colour, moment, picture, plain_headline, section_link},
    comments::is_open,
    contexts::{
        ArticleView, Closing, FeedLink, Head, ListView, Masthead, MenuEntry, Note, Opening,
        PageView, ProblemView, Share, TickerLine,
    },
    dates::Dates,
    notes::{note, notes},
    style, words,
};

/// Letters of the description in the head.
const DESCRIPTION_LETTERS: usize = 160;

/// What a page is told beside its read model.
#[derive(Clone, Debug)]
pub struct PageMeta {
    /// The time now.
    pub now: Timestamp,
    /// The site's origin without a trailing slash, or empty.
    pub origin: String,
    /// JSON-LD, safe to stand in a script element.
    pub json_ld: Option<String>,
}

/// The parts of a page that are its own.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Within `<head>`.
    pub head: String,
    /// `<main>`; where a thread follows, up to it.
    pub main: String,
    /// The comments, where there are any or some may be written: see
    /// [`Theme::thread`].
    pub thread: Option<String>,
}

/// What a page says where there is nothing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No page has this address.
    NotFound,
    /// The article was withdrawn.
    Gone,
    /// A file of the old site did not come with it.
    NotCarriedOver,
    /// One address searches more often than it may.
    TooManySearches,
    /// More readers search at this moment than can be answered.
    SearchIsBusy,
}

impl Theme {
    /// From the doctype to the end of the style.
    pub fn opening(&self, settings: &SiteSettings) -> String {
        let dir = direction_of_language(&settings.language).attribute();
        let context = Opening {
            lang: settings.language.clone(),
            dir,
            style: Value::from_safe_string(style::inline()),
            initial: initial(&settings.name),
        };
        self.shared("opening.html", context)
    }

    /// From the end of the head to the end of the ticker.
    pub fn masthead(&self, frame: &Frame, now: Timestamp) -> String {
        let settings = &frame.settings;
        let dates = Dates::of(settings);
        let menu = if settings.header_menu.is_empty() {
            let named = |section: &&Section| !section.holds_the_rest();
            let sections = frame.sections.iter().filter(named).map(section_link);
            sections
                .map(|Link { name, url }| MenuEntry {
                    name,
                    url: Some(url),
                    children: Vec::new(),
                })
                .collect()
        } else {
            menu(&settings.header_menu)
        };
        let ticker = frame
            .ticker
            .iter()
            .map(|item| TickerLine {
                text: item.text.clone(),
                url: body::safe_url(&item.url).map(str::to_owned),
                urgent: item.urgent,
                machine: item.at.rfc3339(),
                when: dates.of_line(item.at, now),
            })
            .collect();
        let context = Masthead {
            name: settings.name.clone(),
            tagline: settings.tagline.clone(),
            today: dates.today(now),
            sample: settings.sample,
            menu,
            ticker,
            search_script: self.search_script_address(),
        };
        self.shared("masthead.html", context)
    }

    /// The foot of the page to the end of the document.
    pub fn closing(&self, frame: &Frame) -> String {
        let settings = &frame.settings;
        let context = Closing {
            name: settings.name.clone(),
            tagline: settings.tagline.clone(),
            menu: menu(&settings.footer_menu),
            sections: sections(frame),
            script: Url::Asset(self.script.name.clone()).to_string(),
        };
        self.shared("closing.html", context)
    }

    /// A published article.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn article(
        &self,
        settings: &SiteSettings,
        page: &ArticlePage,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let dates = Dates::of(settings);
        let article = &page.article;
        let path = Url::Article(article.id, article.slug.clone()).to_string();
        let permalink = format!("{}{}", meta.origin, Url::Article(article.id, String::new()));
        let (lead, blocks) = lead_and_text(page);
        let description = if article.standfirst.is_empty() {
            article.body.plain_text()
        } else {
            article.standfirst.clone()
        };
        let head = Head {
            title: plain_headline(&article.headline),
            site: settings.name.clone(),
            description: cut_at_word(&description, DESCRIPTION_LETTERS),
            canonical: Some(format!("{}{path}", meta.origin)),
            image: page
                .lead
                .as_ref()
                .filter(|media| media.is_picture())
                .map(|media| format!("{}{}", meta.origin, Url::Media(media.id, 0))),
            kind: "article",
            published: article.published_at.map(Timestamp::rfc3339),
            modified: Some(article.changed_at.rfc3339()),
            feeds: match &page.section {
                Some(section) => {
                    let of = FeedOf::Section(section.slug.clone());
                    feeds(settings, &of, &section.name)
                }
                None => feeds(settings, &FeedOf::Site, ""),
            },
            ..Head::default()
        };
        let old = article.age_note
            && settings.old_after_days > 0
            && article.published_at.is_some_and(|at| {
                meta.now >= at.plus(i64::from(settings.old_after_days) * Timestamp::DAY)
            });
        let open = is_open(article, settings, meta);
        let talk = open || page.thread.count > 0;
        let view = ArticleView {
            set: words::of_article(&article.language, settings),
            headline_dir: words::turned(&article.headline, &article.language),
            colour: page
                .section
                .as_ref()
                .map_or_else(String::new, |section| colour(section.position)),
            section: page.section.as_ref().map(section_link),
            kicker: match &page.section {
                Some(section) if section.name.trim() == article.kicker.trim() => String::new(),
                _ => article.kicker.clone(),
            },
            headline: article.headline.clone(),
            standfirst: article.standfirst.clone(),
            dateline: article.dateline.clone(),
            agency: article.agency.clone(),
            authors: page
                .authors
                .iter()
                .map(|author| Link {
                    name: author.name.clone(),
                    url: Url::Author(author.slug.clone(), None).to_string(),
                })
                .collect(),
            published: moment(article.published_at, &dates),
            archive: article.published_at.map(|at| dates.archive(at)),
            old,
            corrections: notes(&page.corrections, &dates),
            picture: lead,
            body: Value::from_safe_string(body::html(
                blocks,
                &page.images,
                direction_of_language(&article.language),
            )),
            tags: page
                .tags
                .iter()
                .map(|tag| Link {
                    name: tag.name.clone(),
                    url: Url::Tag(tag.slug.clone(), None).to_string(),
                })
                .collect(),
            sources: article
                .sources
                .iter()
                .filter_map(|url| body::safe_url(url))
                .map(str::to_owned)
                .collect(),
            share: share(&permalink, &plain_headline(&article.headline)),
            permalink,
            related: page
                .related
                .iter()
                .map(|summary| card(summary, &dates, settings))
                .collect(),
            talk,
        };
        let mut parts = self.parts(settings, head, meta, "article.html", view)?;
        if talk {
            parts.thread = Some(self.thread(settings, article.id, &page.thread, open)?);
        }
        Ok(parts)
    }

    /// A page of a list.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn list(
        &self,
        settings: &SiteSettings,
        subject: &ListSubject,
        list: &ArticleList,
        cursor: Option<Cursor>,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let dates = Dates::of(settings);
        let at = |cursor| match subject {
            ListSubject::Section(section) => Url::Section(section.slug.clone(), cursor),
            ListSubject::Tag(tag) => Url::Tag(tag.slug.clone(), cursor),
            ListSubject::Author(author) => Url::Author(author.slug.clone(), cursor),
            ListSubject::Day(year, month, day) => Url::Day(*year, *month, *day, cursor),
            ListSubject::Latest => Url::Archive(cursor),
        };
        let (label, name, description, feed_of) = match subject {
            ListSubject::Section(section) => (
                "",
                section.name.clone(),
                section.description.clone(),
                FeedOf::Section(section.slug.clone()),
            ),
            ListSubject::Tag(tag) => (
                "وسم",
                tag.name.clone(),
                String::new(),
                FeedOf::Tag(tag.slug.clone()),
            ),
            ListSubject::Author(author) => (
                "بقلم",
                author.name.clone(),
                author.bio.clone(),
                FeedOf::Author(author.slug.clone()),
            ),
            ListSubject::Day(year, month, day) => (
                "أرشيف",
                dates.civil_day(*year, *month, *day),
                String::new(),
                FeedOf::Site,
            ),
            ListSubject::Latest => (
                "",
                "الأرشيف".to_owned(),
                "كل ما نُشر، الأحدث أولًا.".to_owned(),
                FeedOf::Site,
            ),
        };
        let (number, back) = match list.before {
            Before::Nothing => (None, None),
            Before::Pages { number, back } => (number, Some(back)),
        };
        let number = number.map(|number| dates.number(number));
        let title = match (&number, &back) {
            (Some(number), _) => format!("{name}، الصفحة {number}"),
            (None, Some(_)) => format!("{name}، صفحة لاحقة"),
            (None, None) => name.clone(),
        };
        let feed_name = match feed_of {
            FeedOf::Site => "",
            _ => name.as_str(),
        };
        let feeds = feeds(settings, &feed_of, feed_name);
        let feed = Url::Feed(feed_of, FeedFormat::Rss).to_string();
        let head = Head {
            title,
            site: settings.name.clone(),
            description: cut_at_word(&description, DESCRIPTION_LETTERS),
            canonical: Some(format!("{}{}", meta.origin, at(cursor))),
            kind: "website",
            feeds,
            ..Head::default()
        };
        let view = ListView {
            label,
            description,
            colour: match subject {
                ListSubject::Section(section) => colour(section.position),
                _ => String::new(),
            },
            feed,
            number,
            first_page: back.flatten().map(|_| at(None).to_string()),
            back: back.map(|back| at(back).to_string()),
            next: list.next.map(|next| at(Some(next)).to_string()),
            articles: list
                .articles
                .iter()
                .map(|summary| card(summary, &dates, settings).under(&name))
                .collect(),
            name,
        };
        self.parts(settings, head, meta, "list.html", view)
    }

    /// A standing page such as «من نحن», with the pictures in its text.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn standing_page(
        &self,
        settings: &SiteSettings,
        page: &Article,
        images: &[Media],
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let head = Head {
            title: plain_headline(&page.headline),
            site: settings.name.clone(),
            description: cut_at_word(&page.body.plain_text(), DESCRIPTION_LETTERS),
            canonical: Some(format!("{}{}", meta.origin, Url::Page(page.slug.clone()))),
            kind: "website",
            ..Head::default()
        };
        let body = Value::from_safe_string(body::html(
            &page.body.blocks,
            images,
            direction_of_language(&page.language),
        ));
        self.parts(
            settings,
            head,
            meta,
            "page.html",
            PageView {
                set: words::of_article(&page.language, settings),
                headline: page.headline.clone(),
                body,
            },
        )
    }

    /// What stands where there is nothing to show.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn problem(
        &self,
        settings: &SiteSettings,
        problem: Problem,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        self.problem_with(settings, problem, None, meta)
    }

    /// Where a withdrawn article was, with the newsroom's reason if it gave one.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn gone(
        &self,
        settings: &SiteSettings,
        reason: Option<&Correction>,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let dates = Dates::of(settings);
        let note = reason.map(|reason| note(reason, &dates));
        self.problem_with(settings, Problem::Gone, note, meta)
    }

    fn problem_with(
        &self,
        settings: &SiteSettings,
        problem: Problem,
        note: Option<Note>,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let (title, sentence) = match problem {
            Problem::NotFound => (
                "لا صفحة بهذا العنوان",
                "ربما نُقلت الصفحة أو كُتب العنوان ناقصًا. ابدأ من الصفحة الأولى، أو ابحث عنها في الأرشيف.",
            ),
            Problem::Gone => (
                "سُحب هذا المقال",
                "نُشر هنا مقال ثم سحبته هيئة التحرير، ولم يعد متاحًا للقراءة.",
            ),
            Problem::TooManySearches => (
                "بحث كثير في وقت قصير",
                "جاء من جهازك أو من شبكتك بحث أكثر مما نجيب عنه دفعة واحدة. انتظر ثواني ثم أعد تحميل الصفحة.",
            ),
            Problem::SearchIsBusy => (
                "البحث مشغول الآن",
                "يبحث قراء كثيرون في هذه اللحظة. أعد تحميل الصفحة بعد ثوان.",
            ),
            Problem::NotCarriedOver => (
                "هذا الملف لم يُنقل",
                "كانت هنا صورة أو ملف من الموقع القديم، ولم يُنقل معه إلى هذا الموقع. أما المقالات فقد نُقلت، وتجدها في الأرشيف.",
            ),
        };
        let head = Head {
            title: title.to_owned(),
            site: settings.name.clone(),
            noindex: true,
            kind: "website",
            ..Head::default()
        };
        self.parts(
            settings,
            head,
            meta,
            "problem.html",
            ProblemView {
                title,
                sentence,
                note,
            },
        )
    }

    pub(crate) fn parts(
        &self,
        settings: &SiteSettings,
        mut head: Head,
        meta: &PageMeta,
        template: &str,
        view: impl serde::Serialize,
    ) -> Result<Parts, ThemeError> {
        head.noindex |= settings.sample;
        head.isolated_title = isolate(&head.title);
        head.json_ld = meta.json_ld.clone().map(Value::from_safe_string);
        Ok(Parts {
            head: self.render("head.html", head)?,
            main: self.render(template, view)?,
            thread: None,
        })
    }

    /// A shared part. A template of an override folder that fails leaves the
    /// part empty rather than the whole site dark; `check` names the fault.
    pub(crate) fn shared(&self, template: &str, view: impl serde::Serialize) -> String {
        self.render(template, view).unwrap_or_default()
    }
}

/// The lead picture, and the text below it. Many a text opens with its lead
/// picture once more: such a picture stands once, at the top, where it is wide
/// and loads first, and keeps the words that the text gave it there.
fn lead_and_text(page: &ArticlePage) -> (Option<Picture>, &[Block]) {
    let blocks = page.article.body.blocks.as_slice();
    let Some(media) = &page.lead else {
        return (None, blocks);
    };
    let mut lead_picture = picture(media);
    if let (Some(lead), Some((first, rest))) = (&mut lead_picture, blocks.split_first())
        && let BlockKind::Image(image) = &first.kind
        && image.media == Some(media.id)
    {
        if !image.alt.is_empty() {
            lead.alt.clone_from(&image.alt);
        }
        if let Some(caption) = &image.caption {
            lead.caption.clone_from(caption);
        }
        if let Some(credit) = &image.credit {
            lead.credit.clone_from(credit);
        }
        return (lead_picture, rest);
    }
    (lead_picture, blocks)
}

/// The first letter of a paper's name, without an article: «الجسر» gives «ج».
fn initial(name: &str) -> String {
    let words = name.trim().strip_prefix("ال").unwrap_or(name);
    let letter = words.chars().find(|c| c.is_alphanumeric());
    letter.map_or_else(String::new, |letter| {
        encode(letter.encode_utf8(&mut [0; 4]))
    })
}

/// The feeds of a list, as a head names them; `name` is the list's, empty for
/// the site.
pub(crate) fn feeds(settings: &SiteSettings, of: &FeedOf, name: &str) -> Vec<FeedLink> {
    let site = plain_headline(&settings.name);
    let title = match name {
        "" => site,
        name => format!("{} | {site}", isolate(&plain_headline(name))),
    };
    FeedFormat::ALL
        .into_iter()
        .map(|format| {
            let (form, media_type) = match format {
                FeedFormat::Rss => ("RSS", "application/rss+xml"),
                FeedFormat::Atom => ("Atom", "application/atom+xml"),
                FeedFormat::Json => ("JSON", "application/feed+json"),
            };
            FeedLink {
                media_type,
                title: format!("{title} ({form})"),
                url: Url::Feed(of.clone(), format).to_string(),
            }
        })
        .collect()
}

fn sections(frame: &Frame) -> Vec<Link> {
    frame.sections.iter().map(section_link).collect()
}

fn menu(items: &[MenuItem]) -> Vec<MenuEntry> {
    let url = |item: &MenuItem| body::safe_url(&item.url).map(str::to_owned);
    items
        .iter()
        .map(|item| MenuEntry {
            name: item.label.clone(),
            url: url(item),
            children: item
                .children
                .iter()
                .filter_map(|child| {
                    Some(Link {
                        name: child.label.clone(),
                        url: url(child)?,
                    })
                })
                .collect(),
        })
        .filter(|entry| entry.url.is_some() || !entry.children.is_empty())
        .collect()
}

fn share(permalink: &str, headline: &str) -> Vec<Share> {
    let (url, text) = (encode(permalink), encode(headline));
    vec![
        Share {
            name: "واتساب",
            url: format!("https://wa.me/?text={text}%20{url}"),
        },
        Share {
            name: "تلغرام",
            url: format!("https://t.me/share/url?url={url}&text={text}"),
        },
        Share {
            name: "فيسبوك",
            url: format!("https://www.facebook.com/sharer/sharer.php?u={url}"),
        },
        Share {
            name: "إكس",
            url: format!("https://x.com/intent/post?url={url}&text={text}"),
        },
    ]
}
