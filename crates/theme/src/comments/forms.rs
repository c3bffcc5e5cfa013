//! The form for a comment, and the pages that are a reader's own: writing on a
//! page apart, what he wrote, a report, what is kept of him.

use arabic::{bidi::isolate, plural::COMMENT};
use editorial::{
    Article, Id, SiteSettings, Timestamp,
    comment::{
        Comment, CommentState, DraftFault, NAME_LETTERS_MAX, Named, REASON_LETTERS_MAX,
        TEXT_LETTERS_MAX,
    },
    page::CommentLine,
    urls::Url,
};
use minijinja::Value;
use serde::Serialize;

use super::{CommentView, text, view};
use crate::{
    PageMeta, Parts, Theme, ThemeError,
    contexts::Head,
    dates::{Dates, Moment},
    words,
};

/// What was typed into the form, to stand there again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Typed {
    /// The name.
    pub name: String,
    /// The e-mail address as it was typed, for its own typist alone.
    pub email: String,
    /// The text.
    pub text: String,
    /// Whether name and address are to be remembered.
    pub remember: bool,
}

/// What is wrong with what was typed.
pub type FormFaults = Vec<DraftFault>;

/// A sentence above a reader's own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The comment was sent, and waits.
    Waits,
    /// The comment was sent, and is shown.
    Shown,
    /// The same comment was sent before.
    SentBefore,
    /// Its change is kept.
    Edited,
    /// It was taken back.
    Withdrawn,
    /// It can no longer be changed.
    TooLate,
    /// The form was filled in fast: its writer shall look at it once more.
    LookAgain,
    /// The form comes from elsewhere, or is too old.
    Stale,
    /// Too much came from there in a short time: come again in so many seconds.
    Flood(u64),
    /// No comments are taken here any more.
    Closed,
    /// The comment that is answered is not shown any more.
    NothingToAnswer,
    /// A link is on its way, if anything is kept.
    LinkSent,
    /// The paper sends no letters: the newsroom hands the link out.
    LinkByNewsroom,
    /// The link does not work.
    NoLink,
    /// Everything was erased.
    Erased,
    /// It cannot be done now.
    NotNow,
}

impl Notice {
    fn words(self) -> String {
        match self {
            Self::Waits => "وصل تعليقك، وتقرؤه هيئة التحرير قبل نشره. لك أن تعدّله أو تسحبه خلال عشر دقائق.".into(),
            Self::Shown => "نُشر تعليقك. لك أن تعدّله أو تسحبه خلال عشر دقائق.".into(),
            Self::SentBefore => "وصل هذا التعليق من قبل، ولم يُحفظ مرتين.".into(),
            Self::Edited => "حُفظ تعديلك.".into(),
            Self::Withdrawn => "سُحب تعليقك، ولن يُنشر.".into(),
            Self::TooLate => "انقضت مهلة التعديل، أو سبقك قرار هيئة التحرير.".into(),
            Self::LookAgain => "راجع تعليقك ثم أرسله مرة أخرى: هكذا نعرف أن من كتبه إنسان. لم يُحذف منه شيء.".into(),
            Self::Stale => "لم نتمكن من التحقق من هذا الإرسال: ربما فُتحت الصفحة منذ زمن طويل. ما كتبته باقٍ هنا، فأرسله مرة أخرى.".into(),
            Self::Flood(seconds) => format!(
                "وصل من شبكتك أو على هذا المقال إرسال كثير في وقت قصير. ما كتبته باقٍ هنا: أرسله مرة أخرى بعد {}.",
                wait(seconds)
            ),
            Self::Closed => "أُغلق باب التعليق على هذا المقال، فلم يُحفظ تعليقك. انسخ نصه إن أردته.".into(),
            Self::NothingToAnswer => "لم يعد التعليق الذي تردّ عليه منشورًا. أرسل ما كتبته تعليقًا مستقلًّا إن شئت.".into(),
            Self::LinkSent => "إن كنّا نحفظ شيئًا لهذا العنوان فسيصل إليه رابط خلال دقائق، ويعمل ثلاثة أيام.".into(),
            Self::LinkByNewsroom => "سُجّل طلبك. لا ترسل هذه الصحيفة بريدًا، فاطلب الرابط من هيئة التحرير.".into(),
            Self::NoLink => "لا يعمل هذا الرابط: ربما مضت عليه ثلاثة أيام أو طُلب بعده غيره. اطلب رابطًا جديدًا.".into(),
            Self::Erased => "حُذف كل ما كتبته: النص والاسم والعنوان.".into(),
            Self::NotNow => "تعذّر ذلك الآن. ما كتبته باقٍ هنا: أعد الإرسال بعد قليل.".into(),
        }
    }
}

/// How long somebody waits, behind «بعد».
const fn wait(seconds: u64) -> &'static str {
    match seconds {
        0..60 => "أقل من دقيقة",
        60..90 => "دقيقة",
        90..150 => "دقيقتين",
        _ => "دقائق قليلة",
    }
}

/// The sentence on a field.
fn fault_words(fault: DraftFault) -> String {
    match fault {
        DraftFault::NoName => "اكتب اسمك، ولو كان مستعارًا.".into(),
        DraftFault::NameTooLong(_) => "الاسم أطول مما تتسع له الصفحة: اختصره.".into(),
        DraftFault::NameWithoutLetters => "لا حرف في هذا الاسم: اكتب اسمًا يُقرأ.".into(),
        DraftFault::NoEmail => "اكتب عنوان بريدك، ولن يُنشر.".into(),
        DraftFault::EmailUnfit => {
            let like = isolate("name@example.org");
            format!("ليس هذا عنوان بريد: اكتب عنوانًا مثل {like}")
        }
        DraftFault::NoText => "اكتب تعليقك.".into(),
        DraftFault::TextTooLong(_) => "التعليق أطول مما نقبل: اختصره، أو أرسله في تعليقين.".into(),
    }
}

/// The sentences on the fields of the form, empty where there is nothing to say.
#[derive(Debug, Default, Serialize)]
struct Faults {
    name: String,
    email: String,
    text: String,
}

impl Faults {
    fn of(faults: &[DraftFault]) -> Self {
        let mut out = Self::default();
        for fault in faults {
            let field = match fault.field() {
                Named::Name => &mut out.name,
                Named::Email => &mut out.email,
                Named::Text => &mut out.text,
            };
            *field = fault_words(*fault);
        }
        out
    }
}

#[derive(Debug, Default, Serialize)]
struct FormView {
    /// Where it is sent; none: to the page that it stands on.
    action: Option<String>,
    title: &'static str,
    rules: String,
    script: String,
    typed: Typed,
    faults: Faults,
    remembered: bool,
    /// Signed: in which ten minutes the page was made.
    page: String,
    /// Signed: when writing began; empty without a script.
    ticket: String,
    reply_to: Option<String>,
    text_max: usize,
    name_max: usize,
    /// Whether anything can be taken.
    takes: bool,
    /// Whether it ends the section and the page's main part.
    closes: bool,
}

/// A comment on a page apart: an answer, or one that has to be looked at again.
#[derive(Clone, Debug)]
pub struct WriteView<'a> {
    /// Its article's number.
    pub id: Id,
    /// The article, where it is read for it.
    pub article: Option<&'a Article>,
    /// The comment that is answered.
    pub answered: Option<&'a CommentLine>,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong with it.
    pub faults: FormFaults,
    /// What stands above it.
    pub notice: Option<Notice>,
    /// Whether this browser remembers an address.
    pub remembered: bool,
    /// Signed: in which ten minutes the page is made.
    pub page: String,
    /// Signed: when writing began.
    pub ticket: String,
}

#[derive(Debug, Serialize)]
struct ArticleLink {
    url: String,
    headline: String,
    set: Value,
}

#[derive(Debug, Serialize)]
struct WritePage {
    article: Option<ArticleLink>,
    answered: Option<CommentView>,
    notice: Option<String>,
    form: Value,
}

/// What somebody wrote lately.
#[derive(Clone, Debug)]
pub struct OwnView<'a> {
    /// The comments, with what is wrong with a change of theirs.
    pub comments: Vec<OwnComment<'a>>,
    /// What stands above them.
    pub notice: Option<Notice>,
    /// What their forms send back.
    pub form: String,
}

/// A comment as its writer sees it.
#[derive(Clone, Debug)]
pub struct OwnComment<'a> {
    /// The comment.
    pub comment: &'a Comment,
    /// Its article's part of the address.
    pub slug: String,
    /// Its article's headline.
    pub headline: String,
    /// The text that was typed in its place, and what is wrong with it.
    pub typed: Option<(String, DraftFault)>,
}

#[derive(Debug, Serialize)]
struct OwnCommentView {
    id: String,
    article: String,
    headline: String,
    name: String,
    name_set: Value,
    at: Moment,
    state: &'static str,
    open: bool,
    until: String,
    text: String,
    fault: Option<String>,
    set: Value,
    paragraphs: Vec<Value>,
}

#[derive(Debug, Serialize)]
struct OwnPage {
    comments: Vec<OwnCommentView>,
    notice: Option<String>,
    form: String,
    text_max: usize,
}

/// A report of a comment.
#[derive(Clone, Debug)]
pub struct ReportView<'a> {
    /// The comment's article.
    pub article: Id,
    /// The comment.
    pub comment: &'a CommentLine,
    /// Whether it was reported now.
    pub done: bool,
    /// What stands above it.
    pub notice: Option<Notice>,
    /// Signed: in which ten minutes the page is made.
    pub page: String,
}

#[derive(Debug, Serialize)]
struct ReportPage {
    comment_shown: CommentView,
    back: String,
    done: bool,
    notice: Option<String>,
    page: String,
    reason_max: usize,
}

/// What is kept of somebody: asked for, or shown.
#[derive(Clone, Debug, Default)]
pub struct DataView<'a> {
    /// What stands above it.
    pub notice: Option<Notice>,
    /// The address that was typed, and what is wrong with it.
    pub email: (String, Option<DraftFault>),
    /// Signed: in which ten minutes the page is made.
    pub page: String,
    /// The number of the request that waits for the newsroom.
    pub number: Option<Id>,
    /// The link that it is shown by, with the newest comments; none where it is
    /// only asked for.
    pub shown: Option<(String, Vec<OwnComment<'a>>)>,
    /// How many comments there are.
    pub count: usize,
    /// Whether somebody is asked whether he means it.
    pub sure: bool,
}

#[derive(Debug, Serialize)]
struct DataPage {
    notice: Option<String>,
    is_fault: bool,
    asks: bool,
    email: String,
    fault: Option<String>,
    page: String,
    number: Option<String>,
    sentence: String,
    comments: Vec<OwnCommentView>,
    /// The address of a copy; empty where nothing is shown.
    download: String,
    sure: bool,
}

impl Theme {
    /// The form below the comments of every article that takes them, with the end
    /// of the main part. `page` tells, signed, in which ten minutes it is made;
    /// none: nothing can be taken now.
    pub fn comment_form(&self, settings: &SiteSettings, page: Option<&str>) -> String {
        let form = FormView {
            title: "اترك تعليقًا",
            takes: page.is_some(),
            page: page.unwrap_or_default().to_owned(),
            closes: true,
            ..self.form(settings)
        };
        self.shared("comment_form.html", form)
    }

    /// The address of the script of the form, loaded when it is needed.
    fn comment_script_address(&self) -> String {
        Url::Asset(self.comment_script.name.clone()).to_string()
    }

    fn form(&self, settings: &SiteSettings) -> FormView {
        FormView {
            rules: settings.comments.rules.clone(),
            script: self.comment_script_address(),
            takes: true,
            text_max: TEXT_LETTERS_MAX,
            name_max: NAME_LETTERS_MAX,
            ..FormView::default()
        }
    }

    /// The page of one comment that is being written.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn write_comment(
        &self,
        settings: &SiteSettings,
        view: WriteView<'_>,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let dates = Dates::of(settings);
        let article = view.article;
        let answered = view
            .answered
            .map(|line| super::view(view.id, line, &dates, true));
        let to = view.answered.map(|line| line.id);
        let form = FormView {
            action: Some(Url::WriteComment(view.id, to).to_string()),
            title: if to.is_some() {
                "اكتب ردًّا"
            } else {
                "اكتب تعليقًا"
            },
            typed: view.typed,
            faults: Faults::of(&view.faults),
            remembered: view.remembered,
            page: view.page,
            ticket: view.ticket,
            reply_to: to.map(|id| id.to_string()),
            ..self.form(settings)
        };
        let page = WritePage {
            article: article.map(|article| ArticleLink {
                url: Url::Article(article.id, article.slug.clone()).to_string(),
                set: words::attributes(&article.headline, &article.language, settings),
                headline: article.headline.clone(),
            }),
            answered,
            notice: view.notice.map(Notice::words),
            form: Value::from_safe_string(self.render("comment_form.html", form)?),
        };
        self.own_page(settings, "تعليق", meta, "write_comment.html", page)
    }

    /// What somebody wrote lately.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn own_comments(
        &self,
        settings: &SiteSettings,
        view: OwnView<'_>,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let dates = Dates::of(settings);
        let page = OwnPage {
            comments: own_views(view.comments, &dates, meta.now),
            notice: view.notice.map(Notice::words),
            form: view.form,
            text_max: TEXT_LETTERS_MAX,
        };
        self.own_page(settings, "تعليقاتك", meta, "own_comments.html", page)
    }

    /// The report of a comment.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn report_comment(
        &self,
        settings: &SiteSettings,
        report: ReportView<'_>,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let dates = Dates::of(settings);
        let page = ReportPage {
            comment_shown: view(report.article, report.comment, &dates, true),
            back: Url::CommentAt(report.comment.id).to_string(),
            done: report.done,
            notice: report.notice.map(Notice::words),
            page: report.page,
            reason_max: REASON_LETTERS_MAX,
        };
        self.own_page(settings, "أبلغ عن إساءة", meta, "report_comment.html", page)
    }

    /// What is kept of somebody.
    ///
    /// # Errors
    /// [`ThemeError`] where a template fails.
    pub fn comment_data(
        &self,
        settings: &SiteSettings,
        data: DataView<'_>,
        meta: &PageMeta,
    ) -> Result<Parts, ThemeError> {
        let dates = Dates::of(settings);
        let (token, comments) = match data.shown {
            Some((token, comments)) => (Some(token), comments),
            None => (None, Vec::new()),
        };
        let asks = token.is_none()
            && !matches!(
                data.notice,
                Some(Notice::LinkSent | Notice::LinkByNewsroom | Notice::Erased)
            );
        let count = dates.counted(data.count as u64, &COMMENT);
        let page = DataPage {
            is_fault: matches!(
                data.notice,
                Some(Notice::NoLink | Notice::Flood(_) | Notice::Stale | Notice::NotNow)
            ),
            notice: data.notice.map(Notice::words),
            asks,
            email: data.email.0,
            fault: data.email.1.map(fault_words),
            page: data.page,
            number: data.number.map(|number| number.to_string()),
            sentence: if data.count > comments.len() {
                format!("{count}. أحدثها هنا، وكلها في النسخة.")
            } else {
                count
            },
            comments: own_views(comments, &dates, meta.now),
            download: token.map_or_else(String::new, |token| {
                format!("{}?download", Url::OwnCommentData(token))
            }),
            sure: data.sure,
        };
        self.own_page(settings, "ما نحفظه عنك", meta, "comment_data.html", page)
    }

    /// A page that is for its reader alone.
    fn own_page(
        &self,
        settings: &SiteSettings,
        title: &str,
        meta: &PageMeta,
        template: &str,
        view: impl Serialize,
    ) -> Result<Parts, ThemeError> {
        let head = Head {
            title: title.to_owned(),
            site: settings.name.clone(),
            noindex: true,
            kind: "website",
            ..Head::default()
        };
        self.parts(settings, head, meta, template, view)
    }
}

fn own_views(comments: Vec<OwnComment<'_>>, dates: &Dates, now: Timestamp) -> Vec<OwnCommentView> {
    let own = |own: OwnComment<'_>| {
        let comment = own.comment;
        let (text, fault) = match own.typed {
            Some((typed, fault)) => (typed, Some(fault_words(fault))),
            None => (comment.text.clone(), None),
        };
        OwnCommentView {
            id: comment.id.to_string(),
            article: Url::Article(comment.article, own.slug).to_string(),
            headline: own.headline,
            name_set: text::name_set(&comment.name),
            name: arabic::bidi::strip_controls(&comment.name),
            at: dates.moment(comment.written_at),
            state: match comment.state {
                CommentState::Waiting => "ينتظر هيئة التحرير",
                CommentState::Approved => "منشور",
                CommentState::Spam | CommentState::Rejected => "لم يُنشر",
                CommentState::Withdrawn => "مسحوب",
            },
            open: comment.is_open_to_its_writer(now),
            until: dates.time(comment.written_at.plus(editorial::comment::OWN_FOR)),
            text,
            fault,
            set: text::set(&comment.text),
            paragraphs: text::paragraphs(&comment.text),
        }
    };
    comments.into_iter().map(own).collect()
}
