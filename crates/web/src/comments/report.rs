//! A reader reports a comment.

use std::time::Instant;

use actions::comments::CommentError;
use editorial::{Id, accounts::attempts::range_of, comment::CommentState};
use hyper::{StatusCode, header};
use theme::{Notice, ReportView};

use super::{Asked, reply::Reply, tokens, write::line};
use crate::pages::PageError;

impl Asked<'_> {
    /// The form for a report.
    pub(super) async fn show_report(
        &self,
        id: Id,
        notice: Option<(StatusCode, Notice)>,
    ) -> Result<Reply, PageError> {
        let (status, notice) = match notice {
            Some((status, notice)) => (status, Some(notice)),
            None => (StatusCode::OK, None),
        };
        self.report_page(id, status, notice, false).await
    }

    async fn report_page(
        &self,
        id: Id,
        status: StatusCode,
        notice: Option<Notice>,
        done: bool,
    ) -> Result<Reply, PageError> {
        let found = self.site.store.comment(id).await?;
        let Some(comment) = found.filter(|found| found.state == CommentState::Approved) else {
            return Ok(Reply::bare(StatusCode::NOT_FOUND));
        };
        let shown = line(&comment);
        let view = ReportView {
            article: comment.article,
            comment: &shown,
            done,
            notice,
            page: tokens::page_token(self.talks.comments.sealer(), self.now),
        };
        let settings = &self.shared.frame.settings;
        let parts = self
            .site
            .theme
            .report_comment(settings, view, &self.meta())?;
        Ok(self.page(status, &parts))
    }

    /// Takes a report.
    pub(super) async fn report(&self, id: Id) -> Result<Reply, PageError> {
        if let Err(wait) = self.talks.reports.take(range_of(self.from), Instant::now()) {
            let seconds = wait.as_secs().max(1);
            let flood = (StatusCode::TOO_MANY_REQUESTS, Notice::Flood(seconds));
            let page = self.show_report(id, Some(flood)).await?;
            return Ok(page.with(header::RETRY_AFTER, &seconds.to_string()));
        }
        let sealer = self.talks.comments.sealer();
        let is_of_today = tokens::is_of_today(sealer, self.form.one("page"), self.now);
        if !self.is_from_here() || !is_of_today {
            let stale = (StatusCode::FORBIDDEN, Notice::Stale);
            return self.show_report(id, Some(stale)).await;
        }
        let (comments, now) = (self.talks.comments.clone(), self.now);
        let (reason, from) = (self.form.one("reason").to_owned(), self.from);
        let reported =
            tokio::spawn(async move { comments.report(id, &reason, from, now).await }).await;
        match reported {
            Ok(Ok(())) => self.report_page(id, StatusCode::OK, None, true).await,
            Ok(Err(CommentError::NoComment(_))) => Ok(Reply::bare(StatusCode::NOT_FOUND)),
            Ok(Err(CommentError::Store(error))) => Err(error.into()),
            Ok(Err(_)) | Err(_) => Ok(Reply::bare(StatusCode::SERVICE_UNAVAILABLE)),
        }
    }
}
