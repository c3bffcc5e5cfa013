//! What stands around a report: the day, the place, the occasion, the medium.

use crate::{
    flags::Flags,
    statement::Span,
    tokens::{Sort, Text},
};

/// Words that an occasion is introduced by.
fn introduces(key: &str) -> bool {
    matches!(
        key,
        "في" | "خلال" | "علي" | "اثناء" | "عقب" | "عبر" | "بعد" | "علي هامش"
    )
}

/// «خلال مؤتمر صحفي مشترك مع …»: the occasion between two tokens.
pub(crate) fn occasion(text: &Text<'_>, from: usize, to: usize) -> Option<Span> {
    let at = (from..to).find(|&at| {
        let token = &text.tokens[at];
        let before = at.checked_sub(1).map_or("", |before| text.key(before));
        token.is(Flags::OCCASION)
            && token.attached.is_none()
            && (introduces(before) || before == "هامش")
            || token.is(Flags::OCCASION) && token.attached == Some('ب')
    })?;
    let mut end = at + 1;
    while end < to && end < at + 14 {
        let token = &text.tokens[end];
        let word = match token.sort {
            Sort::Word => {
                let ends = token.is(Flags::THAT
                    | Flags::RELATIVE
                    | Flags::WEEKDAY
                    | Flags::NEARDAY
                    | Flags::CONNECTOR);
                let reports = !token.verbs.is_empty() && !token.is(Flags::SPEAKER);
                !token.joined && !reports && !ends
            }
            Sort::Open | Sort::Close => token.pair.is_some_and(|pair| pair > at && pair < to),
            _ => false,
        };
        if !word {
            break;
        }
        end += 1;
    }
    text.span(at, end, true)
}

/// «في دمشق»: the place between two tokens.
pub(crate) fn place(text: &Text<'_>, from: usize, to: usize) -> Option<Span> {
    (from..to).find_map(|at| {
        let before = at.checked_sub(1).map_or("", |before| text.key(before));
        let (count, ..) = text.phrase(at, Flags::CAPITAL | Flags::PLACE | Flags::STATE)?;
        (before == "في" && at + count <= to)
            .then(|| text.span(at, at + count, true))
            .flatten()
    })
}

/// «لوكالة رويترز», «عبر قناة …»: the medium between two tokens, outside of the speaker.
pub(crate) fn medium(
    text: &Text<'_>,
    from: usize,
    to: usize,
    speaker: Option<(usize, usize)>,
) -> Option<Span> {
    let outside = |at: usize| speaker.is_none_or(|(start, end)| at < start || at >= end);
    (from..to).find_map(|at| {
        let token = &text.tokens[at];
        if !token.is(Flags::MEDIUM)
            || token.is(Flags::STATE | Flags::CAPITAL | Flags::PLACE)
            || !outside(at)
        {
            return None;
        }
        let mut end = at + 1;
        if token.is(Flags::NAMED) {
            while end < to && end < at + 4 {
                let next = &text.tokens[end];
                let part = match next.sort {
                    Sort::Word => {
                        !(next.joined
                            || next
                                .is(Flags::ADJUNCT | Flags::THAT | Flags::WEEKDAY | Flags::NEARDAY))
                            && next.attached.is_none()
                            && next.verbs.is_empty()
                    }
                    Sort::Open | Sort::Close => next.pair.is_some(),
                    _ => false,
                };
                if !part {
                    break;
                }
                end += 1;
            }
        }
        text.span(at, end, true)
    })
}
