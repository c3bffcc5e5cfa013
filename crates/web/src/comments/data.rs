//! `/comments/data`: what is kept of a reader, by a link that goes to his
//! address.

use std::time::Instant;

use actions::comments::{DataAsked, DataError};
use credentials::Token;
use editorial::{Timestamp, accounts::attempts::range_of, comment::DraftFault};
use hyper::{StatusCode, header};
use theme::{DataView, Notice};

use super::{Asked, own::own_comments, reply::Reply, tokens};
use crate::{forms::Form, pages::PageError};

/// Comments on the page, the newest; the copy holds all.
const SHOWN_MAX: usize = 200;
/// The longest address that is typed back, in code points.
const TYPED_MAX: usize = 254;

impl Asked<'_> {
    /// The form that asks for a link.
    pub(super) fn show_data_form(
        &self,
        notice: Option<Notice>,
        fault: Option<DraftFault>,
    ) -> Result<Reply, PageError> {
        let status = match (notice, fault) {
            (_, Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            (Some(Notice::Flood(_)), _) => StatusCode::TOO_MANY_REQUESTS,
            (Some(Notice::Stale), _) => StatusCode::FORBIDDEN,
            (Some(Notice::NoLink), _) => StatusCode::NOT_FOUND,
            (Some(Notice::NotNow), _) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::OK,
        };
        let typed = self.form.one("email").chars().take(TYPED_MAX).collect();
        let view = DataView {
            notice,
            email: (typed, fault),
            ..DataView::default()
        };
        let page = self.data_page(status, view)?;
        Ok(match notice {
            Some(Notice::Flood(seconds)) => page.with(header::RETRY_AFTER, &seconds.to_string()),
            Some(Notice::NotNow) => page.with(header::RETRY_AFTER, "60"),
            _ => page,
        })
    }

    fn data_page(&self, status: StatusCode, view: DataView<'_>) -> Result<Reply, PageError> {
        let view = DataView {
            page: tokens::page_token(self.talks.comments.sealer(), self.now),
            ..view
        };
        let settings = &self.shared.frame.settings;
        let parts = self.site.theme.comment_data(settings, view, &self.meta())?;
        Ok(self.page(status, &parts))
    }

    /// The sentence for whoever asks too often from there.
    fn too_often(&self) -> Option<Notice> {
        let taken = self.talks.links.take(range_of(self.from), Instant::now());
        taken.err().map(|wait| Notice::Flood(wait.as_secs().max(1)))
    }

    /// Takes a request. The same answer whether or not anything is kept: that is
    /// looked for behind a queue.
    pub(super) async fn ask_for_data(&self) -> Result<Reply, PageError> {
        if let Some(flood) = self.too_often() {
            return self.show_data_form(Some(flood), None);
        }
        let sealer = self.talks.comments.sealer();
        let is_of_today = tokens::is_of_today(sealer, self.form.one("page"), self.now);
        if !self.is_from_here() || !is_of_today {
            return self.show_data_form(Some(Notice::Stale), None);
        }
        let typed = self.form.one("email").trim().to_owned();
        if typed.is_empty() {
            return self.show_data_form(None, Some(DraftFault::NoEmail));
        }
        let (comments, now) = (self.talks.comments.clone(), self.now);
        let asked = tokio::spawn(async move { comments.ask_for_data(&typed, now).await }).await;
        let (notice, number) = match asked {
            Ok(Ok(DataAsked::ByLetter)) => (Notice::LinkSent, None),
            Ok(Ok(DataAsked::Waits(number))) => (Notice::LinkByNewsroom, Some(number)),
            Ok(Err(DataError::NoAddress)) => {
                return self.show_data_form(None, Some(DraftFault::EmailUnfit));
            }
            Ok(Err(DataError::Wait { until })) => {
                let seconds = (until.0 - now.0) / Timestamp::SECOND;
                let flood = Notice::Flood(u64::try_from(seconds).unwrap_or(0).max(1));
                return self.show_data_form(Some(flood), None);
            }
            Ok(Err(DataError::Store(error))) => return Err(error.into()),
            // The program ends, or too many wait.
            Ok(Err(_)) | Err(_) => return self.show_data_form(Some(Notice::NotNow), None),
        };
        let view = DataView {
            notice: Some(notice),
            number,
            ..DataView::default()
        };
        self.data_page(StatusCode::OK, view)
    }

    /// What a link leads to: a page, or with `?download` a copy. `sure` asks once
    /// more whether all is to be erased.
    pub(super) async fn show_data(&self, token: String, sure: bool) -> Result<Reply, PageError> {
        let Some(link) = Token::parse(&token) else {
            return self.show_data_form(Some(Notice::NoLink), None);
        };
        let query = Form::read(self.parts.uri.query().unwrap_or_default().as_bytes());
        if !sure && query.has("download") {
            return self.download(link).await;
        }
        let comments = &self.talks.comments;
        let request = match comments.data_request(&link, self.now).await {
            Ok(request) => request,
            Err(DataError::Store(error)) => return Err(error.into()),
            Err(_) => return self.show_data_form(Some(Notice::NoLink), None),
        };
        let mut kept = comments.kept_of(&request.email.blind_index).await?;
        let count = kept.len();
        kept.reverse();
        kept.truncate(SHOWN_MAX);
        let titles = self.titles(&kept).await?;
        let view = DataView {
            shown: Some((token, own_comments(&kept, &titles, |_| None))),
            count,
            sure,
            ..DataView::default()
        };
        self.data_page(StatusCode::OK, view)
    }

    async fn download(&self, link: Token) -> Result<Reply, PageError> {
        if let Some(flood) = self.too_often() {
            return self.show_data_form(Some(flood), None);
        }
        let (comments, now) = (self.talks.comments.clone(), self.now);
        let origin = self.site.config.origin.clone();
        let export = async move { comments.export_by_link(&link, &origin, now).await };
        match tokio::spawn(export).await {
            Ok(Ok(kept)) => {
                let copy = serde_json::json!({
                    "paper": self.shared.frame.settings.name,
                    "made_at": now.rfc3339(),
                    "comments": kept,
                });
                let name = "attachment; filename=\"comments.json\"";
                Ok(Reply::json(&copy).with(header::CONTENT_DISPOSITION, name))
            }
            Ok(Err(DataError::Store(error))) => Err(error.into()),
            Ok(Err(_)) => self.show_data_form(Some(Notice::NoLink), None),
            // The program ends.
            Err(_) => Ok(Reply::bare(StatusCode::SERVICE_UNAVAILABLE)),
        }
    }

    /// Erases all that a link leads to, where its reader said so twice.
    pub(super) async fn erase_data(&self, token: String) -> Result<Reply, PageError> {
        if !self.is_from_here() {
            return self.show_data_form(Some(Notice::Stale), None);
        }
        if self.form.one("do") != "erase-now" {
            let sure = self.form.one("do") == "erase";
            return self.show_data(token, sure).await;
        }
        let Some(link) = Token::parse(&token) else {
            return self.show_data_form(Some(Notice::NoLink), None);
        };
        let (comments, now) = (self.talks.comments.clone(), self.now);
        let erased = tokio::spawn(async move { comments.erase_by_link(&link, now).await }).await;
        match erased {
            Ok(Ok(_)) => {
                let view = DataView {
                    notice: Some(Notice::Erased),
                    ..DataView::default()
                };
                self.data_page(StatusCode::OK, view)
            }
            Ok(Err(DataError::Store(error))) => Err(error.into()),
            Ok(Err(_)) => self.show_data_form(Some(Notice::NoLink), None),
            // The program ends.
            Err(_) => Ok(Reply::bare(StatusCode::SERVICE_UNAVAILABLE)),
        }
    }
}
