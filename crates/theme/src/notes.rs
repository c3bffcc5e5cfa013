//! The notes on an article, by kind.

use editorial::correction::{Correction, CorrectionKind};

use crate::{
    contexts::{Note, Notes},
    dates::Dates,
};

/// The notes of each kind that is there, those of a kind in their order.
pub(crate) fn notes(all: &[Correction], dates: &Dates) -> Vec<Notes> {
    let each = CorrectionKind::SHOWN.into_iter().map(|kind| Notes {
        kind: kind.name(),
        title: title(kind),
        lines: (all.iter().filter(|note| note.kind == kind))
            .map(|one| note(one, dates))
            .collect(),
    });
    each.filter(|notes| !notes.lines.is_empty()).collect()
}

pub(crate) fn note(note: &Correction, dates: &Dates) -> Note {
    Note {
        at: dates.moment(note.at),
        text: note.text.clone(),
    }
}

const fn title(kind: CorrectionKind) -> &'static str {
    match kind {
        CorrectionKind::Correction => "تصحيح",
        CorrectionKind::Clarification => "توضيح",
        CorrectionKind::Update => "تحديث",
        CorrectionKind::EditorsNote => "ملاحظة من المحرر",
        CorrectionKind::Retraction => "تراجع عن المقال",
        CorrectionKind::Withdrawal => "سبب السحب",
    }
}
