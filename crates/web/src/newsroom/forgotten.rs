//! «Forgot your password?»: at the door, where the paper sends letters.

use actions::accounts::{AccountError, Forgotten as Forgot};
use hyper::StatusCode;
use screens::contexts::{Forgotten, Notice};

use super::{Asked, Failure, reply::Reply};

const PATH: &str = "/newsroom/forgotten";

impl Asked<'_> {
    pub(super) fn show_forgotten(&self) -> Result<Reply, Failure> {
        if !self.accounts().sends_letters() {
            return self.problem(StatusCode::NOT_FOUND, "not-found");
        }
        let asked = self.query("done") == "asked";
        let notice = asked.then(|| Notice::done("done-asked"));
        let screen = Forgotten {
            address: String::new(),
        };
        self.show(StatusCode::OK, notice, &screen)
    }

    /// The same answer whoever it is: what is found and sent stands behind a
    /// queue.
    pub(super) async fn ask_for_password(&self) -> Result<Reply, Failure> {
        let typed = self.form.one("address");
        let asked = Forgot {
            address: typed.to_owned(),
            from: self.from,
            language: self.language,
        };
        let refused = match self.accounts().ask_for_password(asked, self.now).await {
            Ok(()) => return Ok(Reply::see(&format!("{PATH}?done=asked"))),
            Err(refused) => refused,
        };
        let status = match refused {
            AccountError::NoLetters => {
                return self.problem(StatusCode::NOT_FOUND, "not-found");
            }
            AccountError::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
            AccountError::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let screen = Forgotten {
            address: typed.chars().take(254).collect(),
        };
        match self.refusal(&refused) {
            Some(notice) => self.show(status, Some(notice), &screen),
            None => Err(refused.into()),
        }
    }
}
