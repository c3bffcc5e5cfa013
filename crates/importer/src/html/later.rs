//! Pictures whose place in the paper is looked up after the text was reduced:
//! a text is reduced once, and a whole batch of pictures is asked for at once.

use std::cell::RefCell;

use editorial::{BlockKind, Id, body::Image};

use super::{PictureName, Reduced};

/// The pictures that texts name, in the order in which they were met. While
/// texts are reduced, [`PictureNames::note`] stands for each of them.
#[derive(Debug, Default)]
pub struct PictureNames {
    met: RefCell<Vec<(Option<String>, Option<u64>)>>,
}

impl PictureNames {
    /// Notes a picture and gives a stand-in for it.
    pub fn note(&self, name: PictureName<'_>) -> Option<Id> {
        let mut met = self.met.borrow_mut();
        met.push((name.url.map(str::to_owned), name.attachment));
        Id::new(i64::try_from(met.len()).ok()?)
    }

    /// Shows every name noted.
    pub fn each(&self, mut see: impl FnMut(PictureName<'_>)) {
        for (url, attachment) in self.met.borrow().iter() {
            see(PictureName {
                url: url.as_deref(),
                attachment: *attachment,
            });
        }
    }

    /// Puts the pictures found in the place of the stand-ins of a text that
    /// was reduced with these names. What is not found is kept by its address,
    /// and is a loss.
    pub fn settle(&self, reduced: &mut Reduced, find: &dyn Fn(PictureName<'_>) -> Option<Id>) {
        let met = self.met.borrow();
        if met.is_empty() {
            return;
        }
        let losses = &mut reduced.losses;
        let mut stays = |image: &mut Image| {
            let Some((url, attachment)) = image
                .media
                .and_then(|stand_in| usize::try_from(stand_in.get()).ok())
                .and_then(|number| met.get(number.checked_sub(1)?))
            else {
                return true;
            };
            image.media = find(PictureName {
                url: url.as_deref(),
                attachment: *attachment,
            });
            if image.media.is_some() {
                return true;
            }
            image.url.clone_from(url);
            match (url, attachment) {
                (Some(url), _) => losses.push(format!("picture kept as a reference: {url}")),
                (None, Some(number)) => losses.push(format!(
                    "picture {number} of a gallery is not in the export"
                )),
                (None, None) => losses.push("picture without an address".to_owned()),
            }
            url.is_some() || !image.alt.is_empty() || image.caption.is_some()
        };
        reduced
            .body
            .blocks
            .retain_mut(|block| match &mut block.kind {
                BlockKind::Image(image) => stays(image),
                BlockKind::Gallery { images } => {
                    images.retain_mut(&mut stays);
                    !images.is_empty()
                }
                _ => true,
            });
    }
}
