//! Read models: what each page of the reader site shows. The store fills them,
//! the theme and the feeds render them.

use crate::{
    Id, SiteSettings, Timestamp,
    article::{Article, ArticleKind},
    body::Body,
    correction::Correction,
    media::Media,
    people::Author,
    places::{Section, Tag},
    search::Asked,
    ticker::TickerItem,
};

/// Articles on one page of a list.
pub const ARTICLES_PER_PAGE: u32 = 24;

/// The latest articles on the front page.
pub const LATEST_ON_HOME: u32 = 16;

/// Letters of [`ArticleSummary::teaser`].
pub const TEASER_LETTERS: usize = 240;

/// Articles in one sitemap; the protocol allows 50,000.
pub const SITEMAP_ADDRESSES: u32 = 10_000;

/// Tags, sections and standing pages in a sitemap, at most so many of each.
pub const SITEMAP_PLACES: u32 = 15_000;

/// A line in a list: what stands on a card, in a feed, in a sitemap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleSummary {
    /// The article.
    pub id: Id,
    /// Its part of the address.
    pub slug: String,
    /// Words above the headline, or empty.
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// The standfirst, or empty.
    pub standfirst: String,
    /// The beginning of the text, where there is no standfirst and the list
    /// shows one: at most [`TEASER_LETTERS`].
    pub teaser: String,
    /// BCP 47 language of the article.
    pub language: String,
    /// Its section.
    pub section: Option<Section>,
    /// Names of those credited, in order.
    pub authors: Vec<Author>,
    /// The credited agency, or empty.
    pub agency: String,
    /// The lead picture.
    pub lead: Option<Media>,
    /// When it went live.
    pub published_at: Option<Timestamp>,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// An article that was found, as a page of results shows it.
#[derive(Clone, Debug)]
pub struct FoundArticle {
    /// Its line.
    pub summary: ArticleSummary,
    /// A story or a page: where it stands.
    pub kind: ArticleKind,
    /// Its tags, in order.
    pub tags: Vec<Tag>,
    /// Its dateline, a dash, and its text without marks of form.
    pub text: String,
}

/// A stretch of a text in which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what was found.
    pub is_found: bool,
}

/// An article as a result.
#[derive(Clone, Debug)]
pub struct SearchResult {
    /// The article.
    pub article: FoundArticle,
    /// Its headline in pieces.
    pub headline: Vec<Piece>,
    /// The part of its text that answers, in pieces.
    pub snippet: Vec<Piece>,
}

/// Whether the index can be searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IndexState {
    /// It holds what is published.
    #[default]
    Ready,
    /// It answers, and may miss articles until a new one is made, of which so
    /// many hundredths are.
    Renewing(u8),
    /// There is none yet; of the first one so many hundredths are made.
    Missing(u8),
}

/// What a reader should know of how it was searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A place that the search is narrowed to is not there.
    Nowhere,
    /// The end of what was asked was not searched for.
    Cut,
    /// What it was to be narrowed by could not be read.
    Misread,
    /// More articles answer than can be paged through.
    More,
    /// No article has all the words; these have some.
    SomeWords,
    /// Not all articles were looked at in the time that a search has.
    Late,
}

/// A page of results.
#[derive(Clone, Debug, Default)]
pub struct SearchPage {
    /// What was asked.
    pub asked: Asked,
    /// The section it is narrowed to.
    pub section: Option<Section>,
    /// The author.
    pub author: Option<Author>,
    /// The tag.
    pub tag: Option<Tag>,
    /// The sections it can be narrowed to.
    pub sections: Vec<Section>,
    /// Whether the index can be searched.
    pub index: IndexState,
    /// How many articles answer.
    pub total: u64,
    /// The page shown, from 1.
    pub number: u32,
    /// The pages there are.
    pub pages: u32,
    /// The results of this page, in order.
    pub results: Vec<SearchResult>,
    /// Articles that have some of the words, where those that have all do not fill
    /// the page.
    pub also: Vec<SearchResult>,
    /// The same in other words, which finds more.
    pub did_you_mean: Option<String>,
    /// What the reader should know of how it was searched.
    pub remarks: Vec<Remark>,
    /// The latest articles, where there are no results.
    pub latest: Vec<ArticleSummary>,
}

/// An article in a feed.
#[derive(Clone, Debug)]
pub struct FeedEntry {
    /// Its line.
    pub summary: ArticleSummary,
    /// Its text.
    pub body: Body,
    /// The pictures within the text.
    pub images: Vec<Media>,
}

/// An article's page.
#[derive(Clone, Debug)]
pub struct ArticlePage {
    /// The article, in any state: the caller answers 404 or 410.
    pub article: Article,
    /// Its section.
    pub section: Option<Section>,
    /// Who is credited.
    pub authors: Vec<Author>,
    /// Its subjects.
    pub tags: Vec<Tag>,
    /// The lead picture.
    pub lead: Option<Media>,
    /// Pictures within the text.
    pub images: Vec<Media>,
    /// Corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// Published articles on the same matter, nearest first.
    pub related: Vec<ArticleSummary>,
    /// The first page of its comments.
    pub thread: CommentThread,
}

/// One page of the comments under an article, in threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentThread {
    /// The comments of this page, at most [`crate::comment::COMMENTS_PER_PAGE`].
    pub lines: Vec<CommentLine>,
    /// All approved comments, shown on this page or not.
    pub count: u64,
    /// This page's number, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// Whether the newest thread comes first.
    pub newest_first: bool,
}

/// A comment as it is shown: no address, sealed or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentLine {
    /// Its id.
    pub id: Id,
    /// How many steps in it stands, 0 to [`crate::comment::DEPTH_MAX`].
    pub depth: u8,
    /// The comment it answers, and the name of who wrote that; none where that is
    /// not shown.
    pub answers: Option<(Id, String)>,
    /// The reader's name.
    pub name: String,
    /// Plain text.
    pub text: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// Whether somebody of the newsroom wrote it.
    pub is_staff: bool,
}

/// A place in a list ordered by time, newest first: the last line shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// When that article went live.
    pub published_at: Timestamp,
    /// The article.
    pub id: Id,
}

/// One page of a list of articles.
#[derive(Clone, Debug)]
pub struct ArticleList {
    /// The articles, newest first.
    pub articles: Vec<ArticleSummary>,
    /// Where the next page begins; none on the last one.
    pub next: Option<Cursor>,
    /// What stands before this page.
    pub before: Before,
}

/// What stands before a page of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Before {
    /// Nothing: it is the first page.
    #[default]
    Nothing,
    /// Pages that are newer.
    Pages {
        /// This page's number, from 2; none where it is above [`PAGES_COUNTED`].
        number: Option<u32>,
        /// Where the page before it begins; none where that is the first.
        back: Option<Cursor>,
    },
}

/// Pages of a list that are counted.
pub const PAGES_COUNTED: u32 = 100;

/// What a list page is the list of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListSubject {
    /// A section.
    Section(Section),
    /// A tag.
    Tag(Tag),
    /// An author.
    Author(Author),
    /// A day, as year, month, day in the site's time zone.
    Day(i16, i8, i8),
    /// Everything, newest first.
    Latest,
}

/// The front page.
#[derive(Clone, Debug)]
pub struct HomePage {
    /// The articles at the top, at most [`LATEST_ON_HOME`]: those that the newsroom
    /// chose, in its order, then the latest, newest first; the first is the lead.
    pub latest: Vec<ArticleSummary>,
    /// How many of them are chosen.
    pub chosen: usize,
    /// The sections in order, each with those of `latest` that are its own and
    /// some older ones, so that enough are left when the top of the page shows
    /// all of `latest`.
    pub sections: Vec<(Section, Vec<ArticleSummary>)>,
}

/// What stands on every page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The settings.
    pub settings: SiteSettings,
    /// The sections in order, without those in which nothing is published.
    pub sections: Vec<Section>,
    /// The lines of the ticker, newest first, none expired.
    pub ticker: Vec<TickerItem>,
}
