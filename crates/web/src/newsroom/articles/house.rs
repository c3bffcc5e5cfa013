//! What the house style would write otherwise in what was saved.

use editorial::{
    Content,
    house_style::{self, Finding, Why, most_letters},
    working_copy::Part,
};
use screens::{
    articles::{Count, Typed},
    house::HouseFinding,
};

/// What is told beside the form and the preview.
pub(super) fn told(content: &Content) -> Vec<HouseFinding> {
    let each = house_style::check(content).into_iter();
    each.map(|finding: Finding| HouseFinding {
        field: finding.part.name(),
        why: finding.why.name(),
        number: match finding.why {
            Why::Long(letters) => letters,
            Why::Rule(_) => 0,
        },
        before: finding.before,
        words: finding.words,
        after: finding.after,
        suggestion: finding.suggestion,
    })
    .collect()
}

/// The letters of the short parts.
pub(super) fn counts(typed: &Typed) -> Vec<Count> {
    let parts = [
        (Part::Kicker, &typed.kicker),
        (Part::Headline, &typed.headline),
        (Part::Standfirst, &typed.standfirst),
    ];
    let each = parts.into_iter().filter_map(|(part, text)| {
        Some(Count {
            field: part.name(),
            letters: house_style::letters(text),
            most: most_letters(part)?,
        })
    });
    each.collect()
}
