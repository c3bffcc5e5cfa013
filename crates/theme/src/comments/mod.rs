//! Readers' comments: the thread under an article, a fragment of its own, and
//! the pages of all comments.

mod forms;
mod text;

use arabic::{bidi::strip_controls, plural::COMMENT};
use editorial::{
    Article, Id, SiteSettings,
    comment::may_be_written_until,
    page::{CommentLine, CommentThread},
    urls::Url,
};
use minijinja::Value;
use serde::Serialize;

use crate::{
    PageMeta, Parts, Theme, ThemeError,
    cards::{Link, plain_headline},
    contexts::Head,
    dates::{Dates, Moment},
    search::{PageLink, page_links},
    words,
};

pub use forms::{DataView, FormFaults, Notice, OwnComment, OwnView, ReportView, Typed, WriteView};

/// A comment as a template sees it.
#[derive(Debug, Serialize)]
struct CommentView {
    id: String,
    depth: u8,
    name: String,
    name_set: Value,
    staff: bool,
    /// Whom it answers: the name, and the number of that comment as `url`.
    answers: Option<Link>,
    /// Where it is found for good.
    url: String,
    at: Moment,
    set: Value,
    paragraphs: Vec<Value>,
    /// Where it is answered, and reported.
    answer: String,
    report: String,
}

#[derive(Debug, Serialize)]
struct ThreadView {
    sentence: String,
    comments: Vec<CommentView>,
    open: bool,
    /// All comments, where this page does not show them.
    all: Option<String>,
}

/// A way to read comments, and whether it is this one.
#[derive(Debug, Serialize)]
struct Order {
    url: String,
    current: bool,
}

#[derive(Debug, Serialize)]
struct CommentsView {
    article: String,
    headline: String,
    headline_set: Value,
    sentence: String,
    number: Option<String>,
    oldest: Order,
    newest: Order,
    comments: Vec<CommentView>,
    open: bool,
    pages: Vec<PageLink>,
}

/// Whether comments may be written under an article now.
pub(crate) fn is_open(article: &Article, settings: &SiteSettings, meta: &PageMeta) -> bool {
    may_be_written_until(article, settings).is_some_and(|until| meta.now < until)
}

impl Theme {
    /// The comments under an article, from behind its text to the end of `<main>`;
    /// where more may be written, to the form, which ends it.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn thread(
        &self,
        settings: &SiteSettings,
        article: Id,
        thread: &CommentThread,
        open: bool,
    ) -> Result<String, ThemeError> {
        let dates = Dates::of(settings);
        let is_whole = thread.pages == 1;
        let all = Url::Comments(article, 1, None).to_string();
        let view = ThreadView {
            sentence: dates.counted(thread.count, &COMMENT),
            comments: views(article, &thread.lines, &dates, is_whole),
            open,
            all: (!is_whole).then_some(all),
        };
        self.render("thread.html", view)
    }

    /// A page of all comments under an article; where more may be written, up to
    /// the form, which ends it.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn comments(
        &self,
        settings: &SiteSettings,
        article: &Article,
        thread: &CommentThread,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let dates = Dates::of(settings);
        let title = format!("التعليقات على: {}", plain_headline(&article.headline));
        let at = |page, newest_first: bool| {
            let chosen = (newest_first != settings.comments.newest_first).then_some(newest_first);
            Url::Comments(article.id, page, chosen).to_string()
        };
        let order = |newest_first| Order {
            url: at(1, newest_first),
            current: thread.newest_first == newest_first,
        };
        let head = Head {
            title,
            site: settings.name.clone(),
            canonical: Some(format!(
                "{}{}",
                meta.origin,
                at(thread.page, thread.newest_first)
            )),
            kind: "website",
            noindex: true,
            ..Head::default()
        };
        let view = CommentsView {
            article: Url::Article(article.id, article.slug.clone()).to_string(),
            headline: article.headline.clone(),
            headline_set: words::attributes(&article.headline, &article.language, settings),
            sentence: dates.counted(thread.count, &COMMENT),
            number: (thread.page > 1).then(|| dates.number(thread.page)),
            oldest: order(false),
            newest: order(true),
            comments: views(article.id, &thread.lines, &dates, false),
            open: is_open(article, settings, meta),
            pages: page_links(thread.page, thread.pages, &dates, |page| {
                at(page, thread.newest_first)
            }),
        };
        self.parts(settings, head, meta, "comments.html", view)
    }
}

fn views(article: Id, lines: &[CommentLine], dates: &Dates, is_whole: bool) -> Vec<CommentView> {
    lines
        .iter()
        .map(|line| view(article, line, dates, is_whole))
        .collect()
}

fn view(article: Id, line: &CommentLine, dates: &Dates, is_whole: bool) -> CommentView {
    CommentView {
        id: line.id.to_string(),
        depth: line.depth,
        name_set: text::name_set(&line.name),
        name: strip_controls(&line.name),
        staff: line.is_staff,
        answers: line.answers.as_ref().map(|(id, name)| Link {
            name: strip_controls(name),
            url: id.to_string(),
        }),
        url: if is_whole {
            format!("#comment-{}", line.id)
        } else {
            Url::CommentAt(line.id).to_string()
        },
        at: dates.moment(line.written_at),
        set: text::set(&line.text),
        paragraphs: text::paragraphs(&line.text),
        answer: Url::WriteComment(article, Some(line.id)).to_string(),
        report: Url::ReportComment(line.id).to_string(),
    }
}
