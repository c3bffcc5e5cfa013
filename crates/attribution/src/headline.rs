//! Headlines of the form «لافروف: …»: a speaker, unless the words before the
//! colon name a place («السعودية: تدمير طائرتين»).

use crate::{
    ends::{Content, trimmed},
    flags::Flags,
    phrase::{Bound, Phrase, parse},
    statement::Kind,
    tokens::{Sort, Text},
};

/// What a headline says, or at which word it does not and why.
pub(crate) type Headline = Result<(Phrase, Content), (usize, &'static str)>;

/// The speaker and the content of a headline with a colon, or why it has none.
pub(crate) fn read(text: &Text<'_>, is_surname: &dyn Fn(&str) -> bool) -> Option<Headline> {
    let colon = text
        .tokens
        .iter()
        .take(20)
        .position(|token| token.sort == Sort::Colon)?;
    if colon == 0
        || text.tokens[..colon].iter().any(|token| {
            token.depth > 0
                && token.sort != Sort::Open
                && token.sort != Sort::Close
                && !token.is_word()
        })
    {
        return None;
    }
    let refuse = |why| Some(Err((0, why)));
    let Some(phrase) = parse(text, 0, colon, Bound::Marker, None, is_surname) else {
        return refuse("no speaker before the colon");
    };
    if phrase.end < colon {
        let rest = &text.tokens[phrase.end..colon];
        if !rest.iter().all(|token| {
            token.is(Flags::ADJUNCT
                | Flags::OCCASION
                | Flags::PLACE
                | Flags::CAPITAL
                | Flags::STATE
                | Flags::BODY
                | Flags::NAMED
                | Flags::PROPER)
                || !token.is_word()
                || token.attached.is_some()
        }) {
            return refuse("no speaker before the colon");
        }
    }
    let start = colon + 1;
    let end = text.tokens.len();
    let first = text.get(start)?;
    let place = text
        .phrase(0, Flags::STATE | Flags::CAPITAL | Flags::PLACE)
        .is_some_and(|(count, ..)| count == phrase.end);
    if place && !speaks_itself(text, start) {
        return refuse("a place before the colon");
    }
    let known = phrase.speaks
        || phrase
            .name
            .is_some_and(|(_, to)| is_surname(&text.tokens[to - 1].key));
    if !known {
        return refuse("the words before the colon speak nowhere");
    }
    let close = first.pair.filter(|_| first.sort == Sort::Open);
    let last = trimmed(text, start, end);
    let whole = close.filter(|close| close + 1 >= last || !text.is_sort(*close, Sort::Close));
    let content = match whole {
        Some(close) => Content {
            start: start + 1,
            end: trimmed(text, start + 1, close.max(start + 1).min(end)),
            kind: Kind::Direct,
            after: end,
        },
        None => Content {
            start,
            end: last,
            kind: if close.is_some() {
                Kind::Mixed
            } else {
                Kind::Indirect
            },
            after: end,
        },
    };
    (content.end > content.start).then_some(Ok((phrase, content)))
}

/// Whether the words after «الجزائر:» are the state's own: in the first
/// person, quoted, or a clause of will.
fn speaks_itself(text: &Text<'_>, start: usize) -> bool {
    let Some(first) = text.get(start) else {
        return false;
    };
    if first.sort == Sort::Open {
        return true;
    }
    let key = first.key.as_str();
    matches!(
        key,
        "لن" | "لا"
            | "لم"
            | "نحن"
            | "ليس"
            | "سنواصل"
            | "علي"
            | "يجب"
            | "ما"
            | "لدينا"
            | "لسنا"
    ) || key.starts_with("سن") && key.chars().count() >= 5
        || key.starts_with('ن')
            && key.chars().count() == 4
            && !first.definite
            && first.flags == Flags::NONE
}
