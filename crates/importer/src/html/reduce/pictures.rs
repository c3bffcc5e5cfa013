//! Figures, pictures, galleries, and what is embedded from elsewhere.

use editorial::{BlockKind, body::Image};

use super::{Inside, Reducer, link, tidy};
use crate::html::{PictureName, dom::NodeId};

impl Reducer<'_> {
    /// What a figure holds, under its caption.
    pub(super) fn figure(&mut self, id: NodeId, inside: &Inside) {
        self.end_paragraph(inside);
        let mut outside = std::mem::take(&mut self.blocks);
        let mut captions = Vec::new();
        for child in self.dom.node(id).children.clone() {
            if self.dom.name(child) == "figcaption" {
                captions.push(self.dom.text(child));
            } else {
                self.node(child, &inside.deeper());
            }
        }
        self.end_paragraph(inside);
        let caption =
            Some(tidy(&self.repaired(&captions.join(" ")))).filter(|text| !text.is_empty());
        let mut held = std::mem::take(&mut self.blocks);
        let pictures_only = held.len() > 1
            && held
                .iter()
                .all(|(_, kind)| matches!(kind, BlockKind::Image(_)));
        if pictures_only {
            let images = held.drain(..).filter_map(|(_, kind)| match kind {
                BlockKind::Image(image) => Some(image),
                _ => None,
            });
            held = vec![(
                None,
                BlockKind::Gallery {
                    images: images.collect(),
                },
            )];
        }
        std::mem::swap(&mut self.blocks, &mut outside);
        if let Some(ids) = self.dom.attribute(id, "data-gallery") {
            self.gallery_of(ids);
        }
        let place = match held.as_mut_slice() {
            [
                (
                    _,
                    BlockKind::Image(Image { caption, .. })
                    | BlockKind::Table { caption, .. }
                    | BlockKind::Embed { title: caption, .. },
                ),
            ] => caption.is_none().then_some(caption),
            _ => None,
        };
        let rest = match place {
            Some(place) => {
                *place = caption;
                None
            }
            None => caption,
        };
        self.blocks.extend(held);
        self.words(rest);
    }

    /// Whether a list is the pictures of a gallery, as the block editor wrote
    /// them at first.
    pub(super) fn is_gallery(&self, id: NodeId) -> bool {
        self.has_class(id, "blocks-gallery-grid") || self.has_class(id, "wp-block-gallery")
    }

    /// WordPress's `[gallery ids="1,2"]`.
    fn gallery_of(&mut self, ids: &str) {
        let mut images = Vec::new();
        for number in ids
            .split(',')
            .filter_map(|number| number.trim().parse().ok())
        {
            let name = PictureName {
                url: None,
                attachment: Some(number),
            };
            match (self.find)(name) {
                Some(media) => images.push(Image {
                    media: Some(media),
                    ..Image::default()
                }),
                None => self.lose(&format!(
                    "picture {number} of a gallery is not in the export"
                )),
            }
        }
        if !images.is_empty() {
            self.blocks.push((None, BlockKind::Gallery { images }));
        }
    }

    pub(super) fn image(&mut self, id: NodeId) -> Option<Image> {
        // Lazy loaders put a placeholder in src and the picture elsewhere.
        let source = ["data-src", "data-lazy-src", "data-orig-file", "src"]
            .into_iter()
            .filter_map(|name| self.dom.attribute(id, name))
            .find(|url| !url.trim().is_empty() && !url.starts_with("data:"))
            .map(|url| url.trim().to_owned());
        let class = self.dom.attribute(id, "class").unwrap_or("");
        let attachment = class
            .split_whitespace()
            .find_map(|class| class.strip_prefix("wp-image-"))
            .and_then(|number| number.parse().ok());
        let media = (self.find)(PictureName {
            url: source.as_deref(),
            attachment,
        });
        let alt = tidy(&self.repaired(self.dom.attribute(id, "alt").unwrap_or("")));
        if media.is_none() && source.is_none() {
            self.lose("picture without an address");
            if alt.is_empty() {
                return None;
            }
        }
        let url = if media.is_none() { source } else { None };
        if let Some(url) = &url {
            self.lose(&format!("picture kept as a reference: {url}"));
        }
        Some(Image {
            media,
            url,
            alt,
            ..Image::default()
        })
    }

    pub(super) fn embed(&mut self, id: NodeId, inside: &Inside) {
        self.end_paragraph(inside);
        let name = self.dom.name(id).to_owned();
        let own = ["src", "data-src", "data", "data-lazy-src"]
            .into_iter()
            .filter_map(|name| self.dom.attribute(id, name));
        let below = self.dom.below(id).filter_map(|node| {
            self.dom
                .attribute(node, "src")
                .or(self.dom.attribute(node, "href"))
        });
        let address = own
            .chain(below)
            .filter_map(link)
            .find(|url| url.starts_with("http"));
        let title = self
            .dom
            .attribute(id, "title")
            .map(tidy)
            .filter(|title| !title.is_empty());
        if let Some(url) = address {
            self.lose(&format!("{name} kept as a link: {url}"));
            self.blocks.push((None, BlockKind::Embed { url, title }));
        } else {
            self.lose(&format!("{name} without an address"));
            self.children(id, &inside.deeper());
            self.end_paragraph(inside);
        }
    }
}
