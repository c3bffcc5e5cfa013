//! Keeping: a file whose bytes are in the folder of originals comes into the library.

use editorial::{
    Id, Timestamp,
    audit::Actor,
    media::{Media, MediaKind},
};
use media::{Dimensions, Stored};
use store::Store;

use crate::{ActionError, draw_id};

/// The longest name of a file that is kept, in code points.
const NAME_LETTERS_MAX: usize = 120;

/// A file that comes into the library.
#[derive(Debug)]
pub struct NewMedia<'a> {
    /// Its bytes, which are on disk: no row is without its file.
    pub stored: Stored,
    /// The size of a picture.
    pub size: Option<Dimensions>,
    /// The colour that stands for a picture until it is there.
    pub colour: &'a str,
    /// The name it had where it comes from.
    pub name: &'a str,
}

/// Keeps a file. Returns its number.
///
/// # Errors
/// The store's.
pub async fn keep_media(
    store: &Store,
    new: NewMedia<'_>,
    actor: Actor,
    now: Timestamp,
) -> Result<Id, ActionError> {
    let NewMedia {
        stored,
        size,
        colour,
        name,
    } = new;
    let (width, height) = size.map_or((0, 0), |size| (size.width, size.height));
    let media = Media {
        kind: kind_of(stored.kind),
        key: stored.key.to_string(),
        name: name_of(name, stored.kind),
        bytes: i64::try_from(stored.bytes).unwrap_or(i64::MAX),
        width: width.into(),
        height: height.into(),
        colour: colour.to_owned(),
        ..Media::new(draw_id(store).await?)
    };
    let id = media.id;
    store.commit(media.upload(actor, now)).await?;
    Ok(id)
}

const fn kind_of(kind: media::MediaKind) -> MediaKind {
    match kind {
        media::MediaKind::Mp3 | media::MediaKind::M4a | media::MediaKind::Ogg => MediaKind::Sound,
        media::MediaKind::Mp4 => MediaKind::Film,
        media::MediaKind::Pdf => MediaKind::Document,
        _ => MediaKind::Picture,
    }
}

/// The name with the ending of what the file is: nobody's computer takes it for
/// something else.
fn name_of(name: &str, kind: media::MediaKind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let plain: String = stem
        .chars()
        .filter(|c| !c.is_control() && !"\"<>|:*?\u{FFFD}".contains(*c))
        .take(NAME_LETTERS_MAX)
        .collect();
    let plain = plain.trim_matches(['.', ' ']);
    let plain = if plain.is_empty() { "file" } else { plain };
    format!("{plain}.{}", kind.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_what_it_is() {
        let jpeg = media::MediaKind::Jpeg;
        for (name, expect) in [
            ("صورة من حلب.JPG", "صورة من حلب.jpg"),
            ("..\\..\\evil.php", "evil.jpg"),
            ("../../.htaccess", "file.jpg"),
            ("page.html\0.svg", "page.html.jpg"),
            ("", "file.jpg"),
        ] {
            assert_eq!(name_of(name, jpeg), expect);
        }
    }
}
