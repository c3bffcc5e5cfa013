//! The lead picture of an article: chosen from the library, or taken away. What was
//! typed is saved before one goes to the library.

use actions::{ActionError, Seen, save_copy};
use editorial::{Content, Id};
use screens::contexts::Notice;

use super::{Opened, edit::Again, form_of};
use crate::newsroom::{Asked, Failure, reply::Reply};

impl Asked<'_> {
    pub(super) async fn set_lead(&self, opened: Opened<'_>) -> Result<Reply, Failure> {
        let opened = if self.holds_text() {
            match self.save_typed(opened).await? {
                Ok(opened) => opened,
                Err(reply) => return Ok(reply),
            }
        } else {
            opened
        };
        let refused = |message| Again::refused(Some(Notice::refused(message)), Vec::new());
        // What is for another button would be lost on the way.
        if ["note", "reason"]
            .iter()
            .any(|name| !self.form.one(name).is_empty())
        {
            let again = refused("article-lead-note-first");
            return self.edit_again(&opened, again).await;
        }
        let (store, id) = (&self.site.store, opened.article.id);
        let lead = match self.form.one("media") {
            "" => return Ok(Reply::see(&format!("/newsroom/media?for={id}"))),
            "none" => None,
            number => {
                let media = match Id::parse(number) {
                    Some(number) => store.media(number).await?,
                    None => None,
                };
                let Some(media) = media.filter(editorial::media::Media::is_picture) else {
                    let again = refused("article-lead-no-picture");
                    return self.edit_again(&opened, again).await;
                };
                Some(media.id)
            }
        };
        let content = Content {
            lead,
            ..opened.copy.content.clone()
        };
        // The text is what its document says.
        let seen = Seen {
            version: opened.copy.version,
            text: None,
        };
        let actor = opened.actor();
        match save_copy(store, id, seen, content, actor, self.now).await {
            Ok(_) if lead.is_some() => Ok(Reply::see(&form_of(id, "lead"))),
            Ok(_) => Ok(Reply::see(&form_of(id, "saved"))),
            Err(ActionError::SavedByAnother(_)) => {
                self.edit_again(&opened, refused("changed-meanwhile")).await
            }
            Err(error) => Err(error.into()),
        }
    }
}
