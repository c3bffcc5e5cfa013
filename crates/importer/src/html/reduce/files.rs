//! Files offered for download.

use editorial::{BlockKind, Mark, Run};

use super::{Inside, Reducer, link, tidy};
use crate::html::dom::NodeId;

/// What the block editor calls the second link of a file, its button.
const BUTTON: &str = "wp-block-file__button";
impl Reducer<'_> {
    /// A file of the block editor, which has a link, a button to the same and
    /// perhaps a view of it: one link here, in the words of the first. Whether
    /// it was one.
    pub(super) fn file(&mut self, id: NodeId, inside: &Inside) -> bool {
        let (mut names, mut url, mut links) = (Vec::new(), None, String::new());
        for node in self.dom.below(id) {
            if self.dom.name(node) != "a" {
                continue;
            }
            let words = self.dom.text(node);
            links.push_str(&words);
            url = url.or(self.dom.attribute(node, "href").and_then(link));
            if !self.has_class(node, BUTTON) && !words.trim().is_empty() {
                names.push(tidy(&words));
            }
        }
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        // Words beside the links are the article's, and so is a second name.
        let is_whole = squeezed(&self.dom.text(id)) == squeezed(&links);
        let (Some(url), true, 0..=1) = (url, is_whole, names.len()) else {
            return false;
        };
        let path = url.split(['?', '#']).next().unwrap_or("");
        let file = || editorial::urls::decode(path.rsplit('/').next().unwrap_or(""));
        let name = names.pop().unwrap_or_else(file);
        if name.trim().is_empty() {
            return false;
        }
        self.end_paragraph(inside);
        let text = self.repaired(&name);
        let marks = vec![Mark::Link { url }];
        let runs = vec![Run { text, marks }];
        self.blocks
            .push((inside.lang.clone(), BlockKind::Paragraph { runs }));
        true
    }
}
