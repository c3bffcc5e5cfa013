//! What a query found, so that it can be marked in texts.

use std::collections::HashSet;

use crate::matching::{Groups, Way};

/// Words and phrases to mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub(crate) stems: HashSet<String>,
    pub(crate) forms: HashSet<String>,
    pub(crate) phrases: Vec<Vec<String>>,
}

impl Marks {
    pub(crate) fn of(groups: &Groups) -> Self {
        let mut out = Self::default();
        for (way, _) in groups.wanted.iter().flat_map(|group| &group.ways) {
            match way {
                Way::Stem(stem) => {
                    out.stems.insert(stem.clone());
                }
                Way::Form(form) => {
                    out.forms.insert(form.clone());
                }
                Way::Phrase(forms) => out.phrases.push(forms.clone()),
            }
        }
        out
    }

    /// Whether there is nothing to mark.
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty() && self.forms.is_empty() && self.phrases.is_empty()
    }
}
