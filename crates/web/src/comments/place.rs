//! `/comments/at/{comment}`: the address of a comment for good.

use editorial::{Id, urls::Url};
use hyper::{StatusCode, header};

use super::{Asked, reply::Reply};
use crate::pages::PageError;

impl Asked<'_> {
    /// Leads to the page that shows a comment now.
    pub(super) async fn lead_to(&self, id: Id) -> Result<Reply, PageError> {
        let newest_first = self.shared.frame.settings.comments.newest_first;
        let found = self.site.store.comment_place(id, newest_first).await?;
        let Some((article, slug, page)) = found else {
            return Ok(Reply::bare(StatusCode::NOT_FOUND));
        };
        let url = match page {
            1 => Url::Article(article, slug),
            page => Url::Comments(article, page, None),
        };
        let place = format!("{url}#comment-{id}");
        Ok(Reply::bare(StatusCode::FOUND).with(header::LOCATION, &place))
    }
}
