//! What pictures show, for those who do not see them: the words that WordPress
//! keeps with an attachment and that a text may leave out.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use editorial::{BlockKind, Body, Id, body::Image};

use super::{Import, ImportError};

/// Bytes of words, and of the ids that have them, that are remembered; the
/// rest is looked up.
const BYTES_MAX: usize = 16 * 1024 * 1024;
/// Bytes that one remembered picture takes beside its words.
const ENTRY_BYTES: usize = 48;

/// The words of the pictures met in this run.
#[derive(Default)]
pub(super) struct Alts {
    /// By the picture's id; `None` where it has no words.
    known: HashMap<Id, Option<Arc<str>>>,
    /// Each text once: archives say «صورة أرشيفية» of thousands.
    texts: HashSet<Arc<str>>,
    bytes: usize,
}

impl Alts {
    /// Remembers the words of a picture, while there is room.
    pub(super) fn insert(&mut self, id: Id, alt: &str) {
        if self.bytes >= BYTES_MAX {
            return;
        }
        self.bytes += ENTRY_BYTES;
        let text = (!alt.is_empty()).then(|| {
            self.texts.get(alt).cloned().unwrap_or_else(|| {
                let text: Arc<str> = alt.into();
                self.bytes += ENTRY_BYTES + alt.len();
                self.texts.insert(Arc::clone(&text));
                text
            })
        });
        self.known.insert(id, text);
    }
}

impl Import<'_, '_> {
    /// Gives the pictures of a text that say nothing of what they show the
    /// words that were kept with them.
    pub(super) async fn fill_alts(&mut self, body: &mut Body) -> Result<(), ImportError> {
        for image in body
            .blocks
            .iter_mut()
            .flat_map(|block| images(&mut block.kind))
        {
            let (Some(id), true) = (image.media, image.alt.is_empty()) else {
                continue;
            };
            if let Some(known) = self.alts.known.get(&id) {
                known.as_deref().unwrap_or("").clone_into(&mut image.alt);
            } else if let Some(media) = self.store.media(id).await? {
                self.alts.insert(id, &media.alt);
                image.alt = media.alt;
            }
        }
        Ok(())
    }
}

fn images(kind: &mut BlockKind) -> &mut [Image] {
    match kind {
        BlockKind::Image(image) => std::slice::from_mut(image),
        BlockKind::Gallery { images } => images,
        _ => &mut [],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_bounded_and_kept_once() {
        let mut alts = Alts::default();
        let id = |number: i64| Id::new(number).expect("in range");
        for number in 1..=2_000_000 {
            alts.insert(id(number), if number % 2 == 0 { "" } else { "جسر" });
        }
        assert_eq!(alts.texts.len(), 1);
        let room = BYTES_MAX / ENTRY_BYTES;
        assert!((room - 9..=room).contains(&alts.known.len()));
        assert_eq!(alts.known[&id(7)].as_deref(), Some("جسر"));
        assert_eq!(alts.known[&id(8)], None);
    }
}
