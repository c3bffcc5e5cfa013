//! `/newsroom/comments/data`: readers who ask for what is kept of them, for
//! whoever keeps the accounts: where no letter goes, he hands the link out.

use actions::comments::DataError;
use editorial::{Id, audit::Actor, comment::DataRequest, urls::Url};
use hyper::StatusCode;
use screens::contexts::{DataRequests, Notice, ShownRequest};

use super::{Asked, Failure, Visitor, reply::Reply};

pub(super) const PATH: &str = "/newsroom/comments/data";

/// Requests on the screen.
const SHOWN: u32 = 200;

impl Asked<'_> {
    pub(super) async fn data_requests(&self, refused: Option<Notice>) -> Result<Reply, Failure> {
        let status = match refused {
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
            None => StatusCode::OK,
        };
        let requests = self.site.store.data_requests(SHOWN).await?;
        let shown = |request: DataRequest| ShownRequest {
            id: request.id.get(),
            at: self.written(request.at, "%Y-%m-%d %H:%M"),
            linked: request.token.is_some(),
        };
        let works = |request: &DataRequest| request.works(self.now);
        let screen = DataRequests {
            requests: requests.into_iter().filter(works).map(shown).collect(),
            link: None,
        };
        self.show(status, refused, &screen)
    }

    /// Makes the link of a request and shows it, this one time.
    pub(super) async fn link_to_data(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let gone = Some(Notice::refused("data-gone"));
        let (Some(request), Some(talks)) = (Id::parse(self.form.one("request")), &self.site.talks)
        else {
            return self.data_requests(gone).await;
        };
        let (comments, now) = (talks.comments.clone(), self.now);
        let (actor, typed) = (
            Actor::User(visitor.user.id),
            self.form.one("address").to_owned(),
        );
        // To its end, whether or not the browser waits for it.
        let made =
            tokio::spawn(async move { comments.link_to_data(request, &typed, actor, now).await });
        let token = match made.await {
            Ok(Ok(token)) => token,
            Ok(Err(DataError::Store(error))) => return Err(error.into()),
            Ok(Err(error)) => {
                let refused = Notice::refused(match error {
                    DataError::NoAddress => "no-address",
                    DataError::OtherAddress => "data-other-address",
                    _ => "data-gone",
                });
                return self.data_requests(Some(refused)).await;
            }
            // The program ends.
            Err(_) => return Ok(Reply::bare(StatusCode::SERVICE_UNAVAILABLE)),
        };
        let path = Url::OwnCommentData(token.to_text());
        let screen = DataRequests {
            requests: Vec::new(),
            link: Some(format!("{}{}{path}", self.way.scheme(), self.host)),
        };
        self.show(StatusCode::OK, None, &screen)
    }
}
