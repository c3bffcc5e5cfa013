//! What is kept of a reader, by a link that goes to his address.

use hyper::StatusCode;

use super::{Asked, reply::Reply};
use crate::pages::PageError;

impl Asked<'_> {
    pub(super) fn show_data_form(
        &self,
        _notice: Option<theme::Notice>,
        _fault: Option<editorial::comment::DraftFault>,
    ) -> Result<Reply, PageError> {
        Ok(Reply::bare(StatusCode::NOT_FOUND))
    }

    pub(super) async fn ask_for_data(&self) -> Result<Reply, PageError> {
        Ok(Reply::bare(StatusCode::NOT_FOUND))
    }

    pub(super) async fn show_data(&self, _token: String, _sure: bool) -> Result<Reply, PageError> {
        Ok(Reply::bare(StatusCode::NOT_FOUND))
    }

    pub(super) async fn erase_data(&self, _token: String) -> Result<Reply, PageError> {
        Ok(Reply::bare(StatusCode::NOT_FOUND))
    }
}
