//! Whether a reporting verb stands where a report begins, and who stands before it.

use crate::{
    flags::Flags,
    forms::Tense,
    lexicon::Known,
    phrase::{Bound, Phrase, is_finite, parse},
    tokens::{Sort, Text},
};

/// Where a verb stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The first token of its clause: «من جهته، أكد», «كما قال».
    pub(crate) start: usize,
    /// The subject before it: «موسكو تؤكد».
    pub(crate) subject: Option<Phrase>,
}

/// Why a verb with «لم» reports nothing.
pub(crate) const NEGATED: &str = "negated: nothing was said";

/// Tokens before a verb that are looked at.
const BEFORE_MAX: usize = 30;

/// The place of the verb at `at`, or why it reports nothing. `content_open`:
/// the verb stands within what another verb reports, which began after the token it holds.
pub(crate) fn place(
    text: &Text<'_>,
    at: usize,
    known: Known,
    content_open: Option<(usize, Tense)>,
    is_surname: &dyn Fn(&str) -> bool,
) -> Result<Place, &'static str> {
    let sentence = text.sentence_starts[at];
    let token = &text.tokens[at];
    let before = at.checked_sub(1).filter(|before| *before >= sentence);
    let simple = |start: usize| Place {
        start,
        subject: None,
    };
    let Some(before) = before else {
        return Ok(simple(at));
    };
    let previous = &text.tokens[before];
    if previous.is(Flags::NEGATION) && previous.is_word() {
        return Err(NEGATED);
    }
    // «عجزوا عن وصف»: after a preposition the form is a noun.
    let bare = known.form.tense == Tense::Perfect && !known.form.feminine && !known.form.plural;
    if bare
        && !token.joined
        && matches!(
            previous.key.as_str(),
            "عن" | "من" | "الي" | "في" | "مع" | "بعد" | "قبل" | "دون" | "عند"
        )
    {
        return Err("a noun");
    }
    if known.form.tense == Tense::Participle {
        let closed = matches!(
            previous.sort,
            Sort::Comma | Sort::Close | Sort::CloseBracket
        ) || token.joined;
        return if token.is(Flags::SPEAKER | Flags::ADJUNCT) || token.definite {
            Err("a noun")
        } else if closed || previous.is_word() && content_open.is_none() {
            Ok(simple(at))
        } else if text.flags(at + 1).any(Flags::THAT)
            || text.flags(at + 2).any(Flags::THAT) && text.tokens[at + 1].is_word()
        {
            // «… عبر معبر رفح منبها إلى أن»: without a comma, but with its own clause.
            Ok(simple(at))
        } else {
            Err("within what another verb reports")
        };
    }
    // «ما إذا كانت ستطلب», «لو قال»
    let two_before = at.checked_sub(2).map_or("", |before| text.key(before));
    if matches!(previous.key.as_str(), "اذا" | "لو")
        || matches!(two_before, "اذا" | "لو") && previous.key.starts_with("كان")
    {
        return Err("a condition: nothing was said");
    }
    if known.form.tense == Tense::Noun {
        return Ok(simple(at));
    }
    // «من جهته، أكد», «وفي المقابل، قالت»: before the verb, from the last border on.
    let border = border(text, at, sentence);
    if let Some(from) = fronted(text, border, at) {
        let subject = subject_before(text, from, at, is_surname);
        return Ok(Place {
            start: from,
            subject,
        });
    }
    if token.joined {
        if content_open.is_some_and(|(_, tense)| {
            tense == Tense::Perfect && known.form.tense == Tense::Imperfect
        }) {
            return Err("another tense within what is reported");
        }
        return Ok(simple(at));
    }
    // «بيان أكد فيه أن»: a relative clause without «الذي».
    if matches!(text.key(at + 1), "فيه" | "فيها") && content_open.is_none() {
        return Ok(simple(at));
    }
    // «إلا أنه أكد», «مع أنه صرح»
    if previous.is(Flags::THAT) && previous.is_word() {
        return match two_before {
            "الا" | "غير" | "مع" | "رغم" | "بيد" if previous.key.chars().count() > 2 => {
                Ok(simple(at - 2))
            }
            _ => Err("within a clause of another verb"),
        };
    }
    let connected =
        previous.is_word() && previous.is(Flags::CONNECTOR) || previous.is(Flags::RELATIVE);
    if content_open.is_some() {
        let strong = connected
            && matches!(
                previous.key.as_str(),
                "كما"
                    | "حيث"
                    | "فيما"
                    | "بينما"
                    | "لكنه"
                    | "لكنها"
                    | "لكن"
                    | "اذ"
                    | "وهو"
                    | "غير انه"
                    | "ولكنه"
                    | "ولكنها"
                    | "ولكن"
            )
            || previous.is(Flags::RELATIVE);
        return if strong {
            Ok(simple(before))
        } else {
            Err("within what another verb reports")
        };
    }
    if connected {
        let subject = subject_before(text, border, at, is_surname);
        return Ok(Place {
            start: before,
            subject,
        });
    }
    if matches!(
        previous.sort,
        Sort::Comma | Sort::Close | Sort::Colon | Sort::CloseBracket | Sort::Other | Sort::Open
    ) {
        return Ok(Place {
            start: at,
            subject: subject_before(text, sentence, at, is_surname),
        });
    }
    if let Some(subject) = subject_before(text, border, at, is_surname)
        && (subject.speaks
            || subject
                .name
                .is_some_and(|(from, to)| to - from >= 2 || is_surname(&text.tokens[to - 1].key))
            || !known.verb.weak && known.verb.object.is_none())
    {
        return Ok(Place {
            start: border,
            subject: Some(subject),
        });
    }
    // «وفي مؤتمر صحفي مشترك مع الشيخ قال سيدا»: a fronted phrase without comma.
    let first = text.get(border).filter(|_| border < at);
    let prepositional = first.is_some_and(|first| {
        first.is(Flags::ADJUNCT
            | Flags::SWITCH
            | Flags::WEEKDAY
            | Flags::NEARDAY
            | Flags::AFTER
            | Flags::CONNECTOR)
            || first.attached.is_some()
            || first.key == "اما"
    });
    if prepositional || known.verb.lemma == "قال" {
        return Ok(simple(if prepositional { border } else { at }));
    }
    Err("no clause begins here")
}

/// The token after the last border before `at`: the sentence's start, a comma, a connector.
fn border(text: &Text<'_>, at: usize, sentence: usize) -> usize {
    let lowest = sentence.max(at.saturating_sub(BEFORE_MAX));
    let mut from = at;
    while from > lowest {
        let token = &text.tokens[from - 1];
        let closes = matches!(
            token.sort,
            Sort::Comma | Sort::Colon | Sort::Close | Sort::Open | Sort::Stop | Sort::Break
        ) || token.is(Flags::THAT) && token.is_word() && from < at
            || is_finite(token) && !token.is(Flags::SPEAKER) && from < at;
        if closes {
            break;
        }
        from -= 1;
    }
    from
}

/// The start of a fronted «من جهته» or «وفي المقابل،», at which another takes the word.
fn fronted(text: &Text<'_>, border: usize, at: usize) -> Option<usize> {
    let sentence = text.sentence_starts[at];
    if let Some((count, ..)) = text.phrase(border, Flags::SWITCH)
        && border + count <= at
        && border < at
    {
        return Some(border);
    }
    // With a comma behind it.
    if border == at && at > sentence + 1 && text.is_sort(at - 1, Sort::Comma) {
        for back in 2..=5_usize {
            let from = at.checked_sub(back).filter(|from| *from >= sentence)?;
            if let Some((count, ..)) = text.phrase(from, Flags::SWITCH)
                && from + count + 1 == at
            {
                return Some(from);
            }
        }
    }
    None
}

/// The subject before a verb: «X قال», «وكان X قد قال», «X، في مؤتمر صحفي، قال».
fn subject_before(
    text: &Text<'_>,
    from: usize,
    at: usize,
    is_surname: &dyn Fn(&str) -> bool,
) -> Option<Phrase> {
    let mut start = from;
    // «وقبلها كان X قد أعلن»
    if text.key(at.saturating_sub(1)) == "قد"
        && let Some(was) = (from..at)
            .rev()
            .find(|was| matches!(text.key(*was), "كان" | "كانت" | "كانوا"))
    {
        start = was + 1;
    }
    while start < at {
        let token = &text.tokens[start];
        // «إلا أن X نفى»
        let except = matches!(token.key.as_str(), "الا" | "غير" | "بيد" | "علي" | "رغم")
            && text.flags(start + 1).any(Flags::THAT);
        if except || token.is(Flags::THAT) && token.is_word() {
            start += usize::from(except) + 1;
            continue;
        }
        if let Some((count, ..)) = text.phrase(start, Flags::SWITCH)
            && start + count <= at
        {
            start += count;
        } else if token.sort == Sort::Comma
            || token.is(Flags::CONNECTOR) && !token.is(Flags::SPEAKER) && start + 1 < at
        {
            start += 1;
        } else {
            break;
        }
    }
    if start >= at || text.tokens[start].attached.is_some() {
        return None;
    }
    let first = &text.tokens[start];
    let demonstrative = matches!(first.key.as_str(), "هذا" | "هذه")
        && text.get(start + 1).is_some_and(|next| next.definite);
    if !demonstrative
        && first.is(Flags::ADJUNCT | Flags::WEEKDAY | Flags::NEARDAY | Flags::AFTER)
        && !first.is(Flags::SPEAKER)
    {
        return None;
    }
    let phrase = parse(text, start, at, Bound::Marker, None, is_surname)?;
    let rest = at - phrase.end;
    if !phrase.speaks && phrase.name.is_none() && !(first.definite && rest <= 3) {
        return None;
    }
    let rest = &text.tokens[phrase.end..at];
    let adjuncts = rest.first().is_none_or(|token| {
        token.is(Flags::ADJUNCT
            | Flags::CONNECTOR
            | Flags::RELATIVE
            | Flags::WEEKDAY
            | Flags::NEARDAY)
            || token.sort == Sort::Comma
            || token.sort == Sort::OpenBracket
    });
    let far = rest.len() > 18;
    let known = phrase.speaks || first.definite;
    (adjuncts
        && !far
        && (known || rest.is_empty())
        && !rest
            .iter()
            .any(|token| is_finite(token) && !token.is(Flags::SPEAKER)))
    .then_some(phrase)
}
