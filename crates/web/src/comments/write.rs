//! Writing a comment: the form on a page of its own, and what becomes of what
//! is sent. Whatever goes wrong, the text comes back with it.

use actions::comments::{CommentError, Sent};
use credentials::Token;
use editorial::{
    Article, Id,
    comment::{Comment, CommentState, NewComment, may_be_written_until},
    page::CommentLine,
    urls::Url,
};
use hyper::{StatusCode, header};
use theme::{FormFaults, Notice, Typed, WriteView};

use super::{
    Asked,
    reply::Reply,
    tokens::{self, Pace},
};
use crate::{guard::Cookie, metrics::Event, pages::PageError};

/// What stands on the form that is shown again.
struct Again<'a> {
    article: Id,
    to: Option<Id>,
    status: StatusCode,
    notice: Option<Notice>,
    faults: FormFaults,
    typed: &'a Typed,
}

impl Asked<'_> {
    fn typed(&self) -> Typed {
        Typed {
            name: self.form.one("name").to_owned(),
            email: self.form.one("email").to_owned(),
            text: self.form.one("text").to_owned(),
            remember: self.form.one("remember") == "1",
        }
    }

    /// The form on a page of its own.
    pub(super) async fn show_form(&self, id: Id, to: Option<Id>) -> Result<Reply, PageError> {
        let Some(article) = self.site.store.article(id).await? else {
            return Ok(Reply::bare(StatusCode::NOT_FOUND));
        };
        if !self.takes_comments(&article) {
            let path = Url::Article(id, article.slug).to_string();
            return Ok(Reply::see(&path));
        }
        let answered = self.answered(id, to).await?;
        let remembered = self.remembered();
        let notice = (to.is_some() && answered.is_none()).then_some(Notice::NothingToAnswer);
        let typed = Typed {
            remember: remembered.is_some(),
            name: remembered.map_or_else(String::new, |own| own.name),
            ..Typed::default()
        };
        let again = Again {
            article: id,
            to,
            status: StatusCode::OK,
            notice,
            faults: Vec::new(),
            typed: &typed,
        };
        self.form_page(Some(&article), answered.as_ref(), again)
    }

    fn takes_comments(&self, article: &Article) -> bool {
        let settings = &self.shared.frame.settings;
        may_be_written_until(article, settings).is_some_and(|until| self.now < until)
    }

    /// The comment that is answered, where it stands under that article.
    async fn answered(
        &self,
        article: Id,
        to: Option<Id>,
    ) -> Result<Option<CommentLine>, PageError> {
        let Some(to) = to else { return Ok(None) };
        let found = self.site.store.comment(to).await?;
        let shown = found.filter(|comment| {
            comment.article == article && comment.state == CommentState::Approved
        });
        Ok(shown.as_ref().map(line))
    }

    fn form_page(
        &self,
        article: Option<&Article>,
        answered: Option<&CommentLine>,
        again: Again<'_>,
    ) -> Result<Reply, PageError> {
        let sealer = self.talks.comments.sealer();
        let view = WriteView {
            id: again.article,
            article,
            answered,
            typed: again.typed.clone(),
            faults: again.faults,
            notice: again.notice,
            remembered: self.remembered().is_some(),
            page: tokens::page_token(sealer, self.now),
            ticket: tokens::ticket(sealer, self.now),
        };
        let settings = &self.shared.frame.settings;
        let parts = self
            .site
            .theme
            .write_comment(settings, view, &self.meta())?;
        Ok(self.page(again.status, &parts))
    }

    /// The form once more, with all that was typed. What the database does not
    /// tell now is left out.
    async fn again(&self, again: Again<'_>) -> Result<Reply, PageError> {
        let article = self.site.store.article(again.article).await.ok().flatten();
        let answered = self.answered(again.article, again.to).await.ok().flatten();
        self.form_page(article.as_ref(), answered.as_ref(), again)
    }

    /// Takes what was sent.
    pub(super) async fn write(&self, article: Id, to: Option<Id>) -> Result<Reply, PageError> {
        let to = to.or_else(|| Id::parse(self.form.one("reply_to")));
        let typed = self.typed();
        let again = |status, notice, faults| Again {
            article,
            to,
            status,
            notice: Some(notice).filter(|_| status != StatusCode::UNPROCESSABLE_ENTITY),
            faults,
            typed: &typed,
        };
        if let Err(wait) = self.talks.take(self.from, article) {
            self.site.metrics.count(Event::CommentRefused);
            let seconds = wait.as_secs().max(1);
            let flood = Notice::Flood(seconds);
            let again = again(StatusCode::TOO_MANY_REQUESTS, flood, Vec::new());
            // A flood asks the database for nothing.
            let page = self.form_page(None, None, again)?;
            return Ok(page.with(header::RETRY_AFTER, &seconds.to_string()));
        }
        if !self.is_from_here() {
            let again = again(StatusCode::FORBIDDEN, Notice::Stale, Vec::new());
            return self.again(again).await;
        }
        let remembered = self.remembered();
        let read = NewComment::read(
            &typed.name,
            &typed.email,
            &typed.text,
            to,
            remembered.map(|own| own.email),
        );
        let comment = match read {
            Ok(comment) => comment,
            Err(faults) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return self.again(again(status, Notice::LookAgain, faults)).await;
            }
        };
        let (page, ticket) = (self.form.one("page"), self.form.one("ticket"));
        let pace = tokens::pace(self.talks.comments.sealer(), page, ticket, self.now);
        // Whoever is too fast was asked before, or has a script that tells so.
        if pace == Pace::Unknown {
            self.site.metrics.count(Event::CommentDoubted);
            let again = again(StatusCode::OK, Notice::LookAgain, Vec::new());
            return self.again(again).await;
        }
        let known = Cookie::Commenter.read(&self.parts.headers, self.way);
        let known = known.and_then(|text| Token::parse(&text));
        let writer = known.unwrap_or_else(|| self.talks.comments.token());
        let remember = typed
            .remember
            .then(|| self.remember(&comment.name, &comment.email));
        // With a script, or on a page of its own, an empty box is meant.
        let forget = !typed.remember && !ticket.is_empty();
        let sent = Sent {
            article,
            comment,
            writer: writer.clone(),
            from: self.from,
            hidden_field: !self.form.one("website").is_empty(),
            too_fast: pace == Pace::TooFast,
        };
        let (comments, now) = (self.talks.comments.clone(), self.now);
        // To its end, whether or not the browser waits for it.
        let taken = tokio::spawn(async move { comments.receive(sent, now).await }).await;
        let taken = match taken {
            Ok(Ok(taken)) => taken,
            Ok(Err(CommentError::Closed | CommentError::NoArticle(_))) => {
                let again = again(StatusCode::FORBIDDEN, Notice::Closed, Vec::new());
                return self.again(again).await;
            }
            Ok(Err(CommentError::NothingToAnswer)) => {
                let again = Again {
                    to: None,
                    ..again(StatusCode::CONFLICT, Notice::NothingToAnswer, Vec::new())
                };
                return self.again(again).await;
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "a comment was not taken");
                let status = StatusCode::SERVICE_UNAVAILABLE;
                return self.again(again(status, Notice::NotNow, Vec::new())).await;
            }
            // The program ends.
            Err(_) => return Ok(Reply::bare(StatusCode::SERVICE_UNAVAILABLE)),
        };
        self.site.metrics.count(Event::CommentTaken);
        let done = match (taken.again, taken.state) {
            (true, _) => "before",
            (false, CommentState::Approved) => "shown",
            (false, _) => "waits",
        };
        let mut reply = Reply::see(&format!("{}?done={done}", Url::OwnComments))
            .cookie(&Cookie::Commenter.set(&writer.to_text(), self.way));
        if let Some(line) = remember {
            reply = reply.cookie(&line);
        } else if forget {
            reply = reply.cookie(&Cookie::Remembered.clear(self.way));
        }
        Ok(reply)
    }
}

/// A comment as it is shown beside the form.
pub(super) fn line(comment: &Comment) -> CommentLine {
    CommentLine {
        id: comment.id,
        depth: 0,
        answers: None,
        name: comment.name.clone(),
        text: comment.text.clone(),
        written_at: comment.written_at,
        is_staff: comment.received.staff.is_some(),
    }
}
