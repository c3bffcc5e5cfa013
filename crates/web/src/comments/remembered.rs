//! What a reader's browser keeps of him, because he asked for it: his name and
//! address, sealed. The address goes back to nobody, not even to him.

use editorial::email::EmailAddress;
use hyper::StatusCode;
use store::seal::SealedAs;

use super::{Asked, reply::Reply, tokens};
use crate::guard::Cookie;

/// A name and an address.
pub(super) struct Remembered {
    pub(super) name: String,
    pub(super) email: EmailAddress,
}

impl Asked<'_> {
    /// What the browser keeps.
    pub(super) fn remembered(&self) -> Option<Remembered> {
        let sealed = Cookie::Remembered.read(&self.parts.headers, self.way)?;
        let sealer = self.talks.comments.sealer();
        let plain = sealer.open_bytes(SealedAs::Remembered, &sealed)?;
        let text = String::from_utf8(plain).ok()?;
        let (name, email) = text.split_once('\n')?;
        Some(Remembered {
            name: name.to_owned(),
            email: EmailAddress::parse(email)?,
        })
    }

    /// The header that makes it keep them.
    pub(super) fn remember(&self, name: &str, email: &EmailAddress) -> String {
        let mut plain = format!("{name}\n").into_bytes();
        plain.extend_from_slice(email.expose_for_sealing());
        let comments = &self.talks.comments;
        let sealed = comments
            .sealer()
            .seal_bytes(SealedAs::Remembered, &plain, comments.nonce());
        Cookie::Remembered.set(&sealed, self.way)
    }

    /// `/comments/ticket`: when writing begins, and what is remembered but for the
    /// address. For our own script alone.
    pub(super) fn ticket(&self) -> Reply {
        let from = self.parts.headers.get("sec-fetch-site");
        if from.is_some_and(|from| from != "same-origin") {
            return Reply::bare(StatusCode::FORBIDDEN);
        }
        let remembered = self.remembered();
        Reply::json(&serde_json::json!({
            "ticket": tokens::ticket(self.talks.comments.sealer(), self.now),
            "remembered": remembered.is_some(),
            "name": remembered.map_or_else(String::new, |own| own.name),
        }))
    }
}
