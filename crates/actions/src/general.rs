//! The section for what has none.

use editorial::{
    Id,
    places::{GENERAL, Section},
};

/// How far behind the last section it stands, so that others fit between.
const DISTANCE: i64 = 100;

/// Its id, where it is among the sections of the paper.
pub(crate) fn of(known: &[Section]) -> Option<Id> {
    let mut known = known.iter();
    known
        .find(|section| section.slug == GENERAL)
        .map(|section| section.id)
}

/// A new one, behind the other sections of the paper.
pub(crate) fn new(id: Id, known: &[Section]) -> Section {
    let last = known.iter().map(|section| section.position).max();
    Section {
        id,
        slug: GENERAL.to_owned(),
        name: "عام".to_owned(),
        description: String::new(),
        colour: String::new(),
        position: last.unwrap_or(0) + DISTANCE,
    }
}
