//! The library: pictures and other files are uploaded, found, described, and
//! chosen for an article.

mod describe;
mod library;
mod upload;
mod uploads;

use editorial::{
    Block, BlockId, BlockKind, Body, Id, body::Image, media::Media, notation, urls::Url,
};
use screens::media::Shown;

use self::uploads::Uploads;
use super::Asked;
use crate::site::Site;

/// The folder of uploads that have not come to their end.
pub(super) fn uploads(site: &Site) -> Uploads {
    Uploads(site.config.data.join("media/uploads"))
}

/// The address of what the library says of one, and of the article that one is
/// chosen for.
fn path_of(media: Id, article: Option<Id>, done: &str) -> String {
    let article = article.map_or_else(String::new, |article| format!("&for={article}"));
    format!("/newsroom/media/show/{media}?done={done}{article}")
}

impl Asked<'_> {
    /// The article that a picture is chosen for.
    fn chosen_for(&self) -> Option<Id> {
        let text = if self.form.has("for") {
            self.form.one("for").to_owned()
        } else {
            self.query("for")
        };
        Id::parse(&text)
    }

    /// A picture or file as screens show it.
    fn shown(&self, media: &Media, width: u32) -> Shown {
        let picture = media.is_picture().then_some(Url::Media(media.id, width));
        Shown {
            id: media.id.get(),
            picture: picture.map(|url| url.to_string()),
            file: media
                .address()
                .filter(|_| !media.is_picture())
                .map(|url| url.to_string()),
            kind: media.kind.name(),
            name: media.file_name(),
            alt: media.alt.clone(),
            credit: media.credit.clone(),
            width: media.width,
            height: media.height,
            size: written_size(media.bytes),
            notation: notation(media),
            expired: media.is_expired(self.now),
        }
    }
}

/// How a picture is put into a text.
fn notation(media: &Media) -> String {
    let image = Image {
        media: Some(media.id),
        url: None,
        alt: media.alt.clone(),
        caption: None,
        credit: None,
    };
    let block = Block {
        id: BlockId(1),
        lang: None,
        kind: BlockKind::Image(image),
    };
    let body = Body {
        blocks: vec![block],
    };
    notation::write(&body).trim_end().to_owned()
}

/// Bytes in KB or MB; empty where it is not known.
fn written_size(bytes: i64) -> String {
    const MEGABYTE: i64 = 1024 * 1024;
    match bytes {
        0 => String::new(),
        bytes if bytes < MEGABYTE => format!("{} KB", (bytes + 1023) / 1024),
        bytes => format!(
            "{}.{} MB",
            bytes / MEGABYTE,
            bytes % MEGABYTE * 10 / MEGABYTE
        ),
    }
}
