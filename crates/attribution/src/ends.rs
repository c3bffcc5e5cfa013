//! Where what is said ends, and how much of it is quoted.

use crate::{
    complement::{Complement, Joint},
    flags::Flags,
    forms::Tense,
    statement::Kind,
    tokens::{Sort, Text, Token},
};

/// A content: tokens from `start` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// The token after the whole report: behind a closing mark.
    pub(crate) after: usize,
}

/// The content that a complement opens; none where it is empty.
pub(crate) fn content(text: &Text<'_>, complement: &Complement) -> Option<Content> {
    match complement.joint {
        Joint::Quotation { open, that } => quoted(text, open, that),
        Joint::Clause => clause(text, complement.start, false),
        Joint::Noun => clause(text, complement.start, true),
    }
}

fn quoted(text: &Text<'_>, open: usize, that: bool) -> Option<Content> {
    let close = text.tokens[open].pair?;
    let closed = text.is_sort(close, Sort::Close);
    if closed && goes_on(text, open, close, that) {
        let rest = clause(text, open, false)?;
        return Some(Content {
            kind: Kind::Mixed,
            ..rest
        });
    }
    let end = if closed || text.tokens[close].is_end() {
        close
    } else {
        close + 1
    };
    let (start, end) = bare(text, open + 1, end)?;
    Some(Content {
        start,
        end,
        kind: Kind::Direct,
        after: close + 1,
    })
}

/// Whether the speaker's clause goes on behind a closing mark.
fn goes_on(text: &Text<'_>, open: usize, close: usize, that: bool) -> bool {
    let Some(next) = text.get(close + 1) else {
        return false;
    };
    let sentence_end = text.sentence_ends[close];
    if close + 1 >= sentence_end {
        return false;
    }
    let ends = |at: usize| {
        let token = &text.tokens[at];
        opens_report(text, at)
            || token.is(Flags::CONNECTOR | Flags::RELATIVE | Flags::WEEKDAY | Flags::NEARDAY)
            || text
                .phrase(at, Flags::CLOSER | Flags::SWITCH | Flags::AFTER)
                .is_some()
    };
    match next.sort {
        Sort::Word => that && !ends(close + 1),
        Sort::Number | Sort::OpenBracket | Sort::Open => that,
        Sort::Comma => {
            let Some(second) = text.get(close + 2) else {
                return false;
            };
            if second.is_end() || close + 2 >= sentence_end || ends(close + 2) {
                return false;
            }
            let again = || {
                (close + 2..sentence_end.min(close + 60))
                    .take_while(|at| !opens_report(text, *at))
                    .any(|at| text.is_sort(at, Sort::Open))
            };
            that && close < open + 8 && !second.is(Flags::ADJUNCT) || again()
        }
        _ => false,
    }
}

/// A reporting verb that opens a report of its own: «وأضاف», «، مشيرا».
fn opens_report(text: &Text<'_>, at: usize) -> bool {
    let token = &text.tokens[at];
    token.verbs.iter().any(|known| match known.form.tense {
        Tense::Perfect | Tense::Imperfect => token.joined && !known.verb.weak,
        Tense::Participle => at > 0 && !token.is(Flags::SPEAKER) && !known.verb.weak,
        Tense::Noun => false,
    })
}

/// Content without quotation marks around it: to the end of the sentence, or
/// to what is the writer's again.
fn clause(text: &Text<'_>, start: usize, noun: bool) -> Option<Content> {
    let sentence_end = *text.sentence_ends.get(start)?;
    let mut at = start;
    let mut quoted = false;
    // «وظهر رجل - قال X إنه … - في الصورة»: a report between dashes ends with them.
    let between_dashes = (start.saturating_sub(12)..start).any(|at| is_dash(text, at));
    while at < sentence_end {
        let token = &text.tokens[at];
        if between_dashes && at > start && is_dash(text, at) {
            break;
        }
        if token.is_end() && token.depth == 0 {
            break;
        }
        if token.sort == Sort::Open
            && let Some(close) = token.pair
        {
            quoted |= is_speech(text, at, close);
            if close < sentence_end && text.is_sort(close, Sort::Close) {
                at = close + 1;
                continue;
            }
        }
        if at > start && ends_clause(text, at, noun, start) {
            break;
        }
        at += 1;
    }
    let end = trimmed(text, start, at);
    (end > start).then_some(Content {
        start,
        end,
        kind: if quoted { Kind::Mixed } else { Kind::Indirect },
        after: at,
    })
}

fn ends_clause(text: &Text<'_>, at: usize, noun: bool, start: usize) -> bool {
    let token = &text.tokens[at];
    let after_comma = text.is_sort(at - 1, Sort::Comma);
    if token.sort == Sort::Comma {
        let semicolon = text
            .field
            .get(token.start..token.end)
            .is_some_and(|sign| sign == "؛" || sign == ";");
        if noun && semicolon {
            return !text.key(at + 1).starts_with("لان");
        }
        let Some(next) = text.get(at + 1) else {
            return true;
        };
        if opens_report(text, at + 1)
            || text
                .phrase(at + 1, Flags::SWITCH)
                .is_some_and(|(count, ..)| count > 1)
        {
            return true;
        }
        if noun {
            // «بمحاسبة الحكومات، والاستمرار في …»: another noun goes on.
            let goes_on = next.joined
                && next.verbs.is_empty()
                && (next.definite || next.is_verbal_noun() || next.attached.is_some())
                || matches!(
                    next.key.as_str(),
                    "بشان" | "من" | "بما" | "خاصه" | "لا" | "خصوصا" | "لا سيما"
                ) && !next.joined
                || next.sort == Sort::Open;
            return !goes_on;
        }
        return false;
    }
    if !token.is_word() {
        return false;
    }
    if matches!(token.key.as_str(), "وذلك") {
        return after_comma;
    }
    if text
        .phrase(at, Flags::CLOSER)
        .is_some_and(|(count, ..)| count > 1)
    {
        return after_comma
            || text.key(at) == "علي"
            || text.key(at) == "حسب"
            || text.key(at) == "بحسب"
            || text.key(at) == "وفق"
            || text.is_sort(at - 1, Sort::Close);
    }
    if token.joined && matches!(token.key.as_str(), "هذا" | "هو" | "هي") && text.key(at + 1) == "ما"
        || token.key == "الامر" && text.flags(at + 1).any(Flags::RELATIVE)
    {
        return true;
    }
    if token.is(Flags::AFTER) && !matches!(token.key.as_str(), "حسب" | "وفق") {
        return after_comma;
    }
    if matches!(token.key.as_str(), "وفق" | "حسب") {
        return after_comma && text.flags(at + 1).any(Flags::SPEAKER) || text.key(at + 1) == "ما";
    }
    if matches!(token.key.as_str(), "فيما" | "بينما") {
        return after_comma || noun;
    }
    if matches!(
        token.key.as_str(),
        "ولكنه" | "ولكنها" | "لكنه" | "لكنها" | "لكنهم"
    ) {
        return text
            .get(at + 1)
            .is_some_and(|next| !next.verbs.is_empty() || next.key == "لم");
    }
    if matches!(token.key.as_str(), "حيث" | "كما") {
        return (noun
            || after_comma
            || !text.tokens[at + 1..].is_empty() && !text.tokens[at + 1].verbs.is_empty())
            && text
                .get(at + 1)
                .is_some_and(|next| !next.verbs.is_empty() || noun);
    }
    if noun && at > start + 1 {
        return token.is(Flags::WEEKDAY | Flags::NEARDAY) && token.attached.is_none()
            || matches!(
                token.key.as_str(),
                "بعدما"
                    | "عقب"
                    | "اثر"
                    | "عندما"
                    | "ردا"
                    | "وسط"
                    | "حيث"
                    | "قائلا"
                    | "قائله"
            )
            || token.key == "خلال" && text.flags(at + 1).any(Flags::OCCASION)
            || token.key == "في"
                && text.flags(at + 1).any(Flags::OCCASION)
                && !text.flags(at + 1).any(Flags::DOCUMENT)
            || token.key == "علي" && text.key(at + 1) == "خلفيه";
    }
    false
}

/// A dash between spaces.
fn is_dash(text: &Text<'_>, at: usize) -> bool {
    let token = &text.tokens[at];
    let apart = at > 0
        && text.tokens[at - 1].end < token.start
        && text
            .get(at + 1)
            .is_some_and(|next| next.start > token.end && next.is_word());
    token.sort == Sort::Other
        && apart
        && matches!(
            text.field.get(token.start..token.end),
            Some("-" | "–" | "—")
        )
}

/// Whether a pair of marks within a clause holds the speaker's words, and not a name or a number.
fn is_speech(text: &Text<'_>, open: usize, close: usize) -> bool {
    if !text.is_sort(close, Sort::Close) || close <= open + 1 {
        return close > open + 3;
    }
    let inside = &text.tokens[open + 1..close];
    if text.tokens[open].is_name || inside.iter().all(|token| !token.is_word()) {
        return false;
    }
    let before = open.checked_sub(1).and_then(|before| text.get(before));
    let after_named = before.is_some_and(|before| {
        before.is(Flags::NAMED | Flags::MEDIUM | Flags::PROPER)
            || before.key == "المعروف"
            || before.key == "يسمي"
    });
    let a_name = inside.len() <= 3
        && inside
            .iter()
            .any(|token| token.is(Flags::PROPER | Flags::MEDIUM | Flags::GIVEN));
    let a_title = after_named && inside.len() <= 5;
    !a_title && !a_name
}

/// Without the marks around and the signs at the end.
fn bare(text: &Text<'_>, mut start: usize, end: usize) -> Option<(usize, usize)> {
    while start < end
        && matches!(
            text.tokens[start].sort,
            Sort::Open | Sort::Stop | Sort::Other
        )
        && text.tokens[start].pair.is_none_or(|pair| pair >= end)
    {
        start += 1;
    }
    let end = trimmed(text, start, end);
    (start < end).then_some((start, end))
}

/// Without the signs at the end; a closing mark stays with its opening one.
pub(crate) fn trimmed(text: &Text<'_>, start: usize, mut end: usize) -> usize {
    let inside = |token: &Token| token.pair.is_some_and(|pair| pair >= start);
    while end > start {
        let token = &text.tokens[end - 1];
        let kept = match token.sort {
            Sort::Word | Sort::Number => !(token.key == "و" || token.key.is_empty()),
            Sort::Close | Sort::CloseBracket => inside(token),
            _ => false,
        };
        if kept {
            break;
        }
        end -= 1;
    }
    end
}

/// The content cut before a token at which another report begins; none where nothing is left.
pub(crate) fn cut(text: &Text<'_>, content: Content, before: usize) -> Option<Content> {
    if before >= content.end {
        return Some(content);
    }
    let end = trimmed(text, content.start, before);
    (end > content.start).then_some(Content { end, ..content })
}
