//! Noun phrases that may speak: an office, a body, a state or a name, with
//! what belongs to it.
//!
//! «المتحدث باسم الخارجية الإيرانية، ناصر كنعاني»: an office, then a name.
//! «تيري ديران مدير العمليات في منظمة أطباء بلا حدود»: a name, then an office.

mod links;

use crate::{
    flags::Flags,
    forms::Tense,
    statement::SpeakerKind,
    tokens::{Sort, Text, Token},
};

/// A noun phrase, as tokens from `start` to before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The person's name within it.
    pub(crate) name: Option<(usize, usize)>,
    /// The office within it.
    pub(crate) role: Option<(usize, usize)>,
    /// What it names.
    pub(crate) kind: SpeakerKind,
    /// Its first word is one that speaks: an office, a body, a state, a known name.
    pub(crate) speaks: bool,
    /// Grammatically a woman's, or a body's of that gender.
    pub(crate) feminine: bool,
    /// Several speakers, joined by و.
    pub(crate) joint: bool,
}

/// How a phrase is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// Up to a marker that is known to follow: takes what may belong to it.
    Marker,
    /// An object may follow at once: takes only what must belong to it.
    Object,
}

/// Tokens of a phrase at the most.
const TOKENS_MAX: usize = 30;

struct Parser<'t, 'a> {
    text: &'t Text<'a>,
    bound: Bound,
    /// A preposition that opens the content and so ends the phrase.
    barrier: Option<char>,
    /// Whether a single word is known as the last word of a name.
    is_surname: &'t dyn Fn(&str) -> bool,
}

/// The phrase that begins at `start` and ends before `limit`; none where a noun cannot begin.
pub(crate) fn parse(
    text: &Text<'_>,
    start: usize,
    limit: usize,
    bound: Bound,
    barrier: Option<char>,
    is_surname: &dyn Fn(&str) -> bool,
) -> Option<Phrase> {
    let parser = Parser {
        text,
        bound,
        barrier,
        is_surname,
    };
    parser.run(start, limit.min(start + TOKENS_MAX))
}

/// Where the parser stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Begin,
    /// In an office or body; `open` where the last noun wants another.
    Chain {
        open: bool,
    },
    /// In a name, so many words long.
    Name {
        words: usize,
    },
}

impl Parser<'_, '_> {
    fn run(&self, start: usize, limit: usize) -> Option<Phrase> {
        let text = self.text;
        let mut at = start;
        let mut titled = false;
        while at < limit
            && text.flags(at).any(Flags::TITLE)
            && (!text.tokens[at].joined || at == start)
        {
            titled = true;
            at += 1;
        }
        // «هذه المجموعة», «كل من روسيا وتركيا»
        if at + 1 < limit
            && matches!(text.key(at), "هذا" | "هذه" | "هءلاء" | "هؤلاء")
            && text.tokens[at + 1].definite
            || text.key(at) == "كل" && text.key(at + 1) == "من" && at + 2 < limit
        {
            at += if text.key(at) == "كل" { 2 } else { 1 };
        }
        let head = at;
        let mut state = State::Begin;
        let mut name: Option<(usize, usize)> = None;
        let mut role: Option<(usize, usize)> = None;
        let mut joint = false;
        while at < limit {
            let Some(token) = text.get(at) else { break };
            let step = match token.sort {
                Sort::Word => self.word(at, state, limit, head),
                Sort::Number if state == State::Begin => Some((1, State::Chain { open: true })),
                Sort::Open => self.quoted(at, state),
                Sort::OpenBracket => token
                    .pair
                    .filter(|&close| {
                        close < at + 14
                            && state != State::Begin
                            && !text.is_sort(at + 1, Sort::Number)
                    })
                    .map(|close| (close + 1 - at, state)),
                Sort::Comma => {
                    if let Some(end) = self.apposition(
                        at,
                        limit,
                        name.is_some(),
                        role.is_some() || matches!(state, State::Chain { .. }),
                    ) {
                        let (from, to, is_name) = end;
                        if is_name {
                            name = Some((from, to));
                            role = role.or(Some((start, at)));
                        } else {
                            role = Some((from, to));
                        }
                        at = to;
                        break;
                    }
                    if self.joins_after_comma(at, limit) {
                        joint = true;
                        Some((1, State::Chain { open: true }))
                    } else {
                        None
                    }
                }
                Sort::Other
                    if matches!(state, State::Name { .. }) && self.is_hyphen(at)
                        || at > start && text.flags(at - 1).any(Flags::TITLE) =>
                {
                    Some((1, state))
                }
                _ => None,
            };
            let Some((count, next)) = step else { break };
            if token.joined
                && at > head
                && token.is(Flags::SPEAKER)
                && !matches!(state, State::Chain { open: true })
                && !(name.is_none()
                    && text.flags(head).any(Flags::OFFICE)
                    && !token.is(Flags::OFFICE | Flags::STATE))
                && !(token.is(Flags::MANY) && text.flags(head).any(Flags::MANY))
            {
                joint = true;
            }
            match (state, next) {
                (State::Name { words: 1 }, State::Chain { .. })
                    if !joint
                        && token.definite
                        && !text.flags(at - 1).any(Flags::GIVEN | Flags::TITLE)
                        && !(self.is_surname)(&text.tokens[at - 1].key)
                        && !self.opens_name(at.saturating_sub(2)) =>
                {
                    // «وسائل الإعلام»: no name, but a noun of the phrase.
                    name = None;
                }
                (State::Name { .. }, State::Chain { .. }) if token.is(Flags::TITLE) && !joint => {
                    name = None;
                    role = None;
                }
                (State::Name { .. }, State::Chain { .. })
                    // A name, then its office: or another member.
                    if !joint => {
                        let end = self.office(at, limit);
                        role = Some((at, end));
                        at = end;
                        break;
                    }
                (State::Chain { .. }, State::Name { .. }) if name.is_none() && !joint => {
                    role = Some((start, at));
                    name = Some((at, at + count));
                }
                (State::Begin, State::Name { .. }) => name = Some((at, at + count)),
                (State::Name { .. }, State::Name { .. }) => {
                    if let Some((from, _)) = name
                        && !joint
                    {
                        name = Some((from, at + count));
                    }
                }
                _ => {}
            }
            state = next;
            at += count;
        }
        if head == start
            && text.flags(head).any(Flags::QUANTIFIER)
            && at == head + 1
            && !text.tokens[head].definite
            && text.key(head) != "اخرون"
            && text.key(head) != "اخرين"
        {
            return None;
        }
        let end = self.trimmed(start, at.min(limit));
        if end <= start || (end <= head && !titled) {
            return None;
        }
        let first = text.get(head.min(end - 1))?;
        if let Some((from, to)) = &mut name {
            *to = (*to).min(end);
            if *from >= *to {
                name = None;
            }
        }
        let kind = self.kind(head, end, name, first);
        let role = role
            .filter(|_| name.is_some())
            .map(|(from, to)| (from, self.trimmed(from, to.min(end))))
            .filter(|(from, to)| from < to);
        Some(Phrase {
            start,
            end,
            name,
            role,
            kind,
            speaks: titled
                || first.is(Flags::SPEAKER)
                || first.is(Flags::MINISTRY) && first.definite
                || text.phrase(head, Flags::SPEAKER).is_some()
                || first.sort == Sort::Number && kind == SpeakerKind::Unnamed
                || name.is_some_and(|(from, to)| to - from >= 2 && role.is_some())
                || name.is_some_and(|(_, to)| (self.is_surname)(&text.tokens[to - 1].key)),
            feminine: self.is_feminine(first, name),
            joint,
        })
    }

    /// Takes off what a phrase cannot end with: a comma, a dash, «من».
    fn trimmed(&self, start: usize, mut end: usize) -> usize {
        while end > start
            && matches!(
                self.text.tokens[end - 1].sort,
                Sort::Comma | Sort::Other | Sort::Open
            )
        {
            end -= 1;
        }
        end
    }

    /// A short name in quotation marks or brackets: «وكالة «رويترز»».
    fn quoted(&self, at: usize, state: State) -> Option<(usize, State)> {
        let close = self.text.tokens[at].pair?;
        let short = close > at + 1 && close <= at + 5 && self.text.is_sort(close, Sort::Close);
        let wanted = match state {
            State::Chain { .. } => {
                let before = &self.text.tokens[at.checked_sub(1)?];
                before.is(Flags::NAMED | Flags::BODY | Flags::MEDIUM | Flags::OFFICE)
                    || close == at + 2 && self.text.flags(at + 1).any(Flags::PROPER | Flags::MEDIUM)
            }
            State::Name { .. } => {
                close == at + 2 && self.text.flags(at + 1).any(Flags::PROPER | Flags::MEDIUM)
            }
            State::Begin => {
                close == at + 2 && self.text.flags(at + 1).any(Flags::MEDIUM | Flags::PROPER)
            }
        };
        (short && wanted).then_some((close + 1 - at, State::Chain { open: false }))
    }

    /// How many tokens the word at `at` takes and where the parser stands then; none where the phrase ends.
    fn word(&self, at: usize, state: State, limit: usize, head: usize) -> Option<(usize, State)> {
        let text = self.text;
        let token = &text.tokens[at];
        if is_finite(token)
            && !token.is(Flags::SPEAKER)
            && !(state == State::Begin && token.verbs.iter().all(|known| known.verb.weak))
        {
            return None;
        }
        let his_words = token
            .verbs
            .iter()
            .any(|known| known.form.tense == Tense::Noun && known.form.pronoun);
        if token.is(Flags::THAT | Flags::RELATIVE) || his_words && !token.is(Flags::SPEAKER) {
            return None;
        }
        if text
            .phrase(at, Flags::SWITCH | Flags::CLOSER)
            .is_some_and(|(count, ..)| count > 1)
        {
            return None;
        }
        if at > head && token.joined {
            return self.joined(at, state, limit);
        }
        // «المصادر نفسها»
        if at > head
            && matches!(
                token.key.as_str(),
                "نفسه" | "نفسها" | "ذاته" | "ذاتها" | "نفسهم"
            )
        {
            return matches!(state, State::Chain { open: false }).then_some((1, state));
        }
        // «مدير عام المطار»
        if token.is(Flags::ADJECTIVE)
            && !token.definite
            && matches!(state, State::Chain { open: true })
        {
            return Some((1, state));
        }
        if token.has_tanwin {
            return None;
        }
        if token.is(Flags::ADJUNCT) && !token.is(Flags::SPEAKER) {
            return self.preposition(at, state, head);
        }
        if token.is(Flags::CONNECTOR | Flags::WEEKDAY | Flags::NEARDAY | Flags::MONTH)
            && !token.is(Flags::SPEAKER)
            && !(matches!(state, State::Chain { open: true })
                && self.text.flags(at - 1).any(Flags::NAMED | Flags::MEDIUM))
        {
            return None;
        }
        if let Some(attached) = token.attached {
            return self.attached(at, attached, state, head);
        }
        // Places of one or several words.
        if let Some((count, ..)) = text.phrase(at, Flags::STATE | Flags::CAPITAL | Flags::PLACE) {
            return match state {
                State::Begin | State::Chain { .. } if at + count <= limit => {
                    Some((count, State::Chain { open: false }))
                }
                State::Name { words } if !token.definite => {
                    Some((1, State::Name { words: words + 1 }))
                }
                _ => None,
            };
        }
        let chain = token.is(Flags::OFFICE
            | Flags::BODY
            | Flags::NAMED
            | Flags::MANY
            | Flags::DOCUMENT
            | Flags::MEDIUM
            | Flags::PROPER
            | Flags::MINISTRY);
        match state {
            State::Begin => {
                if token.is(Flags::NEUTRAL) && !token.is(Flags::SPEAKER) {
                    return Some((
                        1,
                        State::Chain {
                            open: !token.definite,
                        },
                    ));
                }
                if token.definite && (self.is_surname)(&token.key) && !chain {
                    return Some((1, State::Name { words: 1 }));
                }
                if token.definite {
                    return Some((1, State::Chain { open: false }));
                }
                if token.is(Flags::GIVEN) || self.opens_name(at) {
                    return Some((self.particle(at, limit), State::Name { words: 1 }));
                }
                if chain {
                    return Some((
                        1,
                        State::Chain {
                            open: !token.is(Flags::PROPER),
                        },
                    ));
                }
                if token.is(Flags::QUANTIFIER) {
                    return Some((1, State::Chain { open: true }));
                }
                let pattern = token.is_verbal_noun()
                    && (self.bound == Bound::Object || token.is(Flags::NOUN));
                if pattern || token.key.chars().count() < 3 {
                    return pattern.then_some((1, State::Chain { open: true }));
                }
                Some((1, State::Name { words: 1 }))
            }
            State::Chain { open } => {
                if token.is(Flags::TITLE) {
                    return Some((1, State::Chain { open: false }));
                }
                let surname = token.definite
                    && (self.is_surname)(&token.key)
                    && !self.text.flags(head).any(Flags::BODY)
                    && self.text.flags(head).any(Flags::OFFICE);
                if surname && !open {
                    return Some((1, State::Name { words: 1 }));
                }
                if token.definite {
                    let belongs = open || self.bound == Bound::Marker || is_adjectival(token);
                    return belongs.then_some((1, State::Chain { open: false }));
                }
                if token.is(Flags::GIVEN) && !(open && chain) || self.opens_name(at) {
                    let wants_name =
                        !open || self.text.flags(at.saturating_sub(1)).any(Flags::OFFICE);
                    return Some(if wants_name {
                        (self.particle(at, limit), State::Name { words: 1 })
                    } else {
                        (self.particle(at, limit), State::Chain { open: false })
                    });
                }
                // «مصادر أوروبية»
                if open && !chain && is_indefinite_adjective(token) {
                    return Some((1, State::Chain { open: false }));
                }
                if open {
                    let before = &self.text.tokens[at - 1];
                    let ended = before.is(Flags::NAMED) && !chain && !before.is(Flags::OFFICE);
                    return Some((
                        1,
                        State::Chain {
                            open: !ended && !token.is(Flags::PROPER),
                        },
                    ));
                }
                if chain && !token.is(Flags::PROPER) {
                    // «المخرج، رئيس»: another office without comma.
                    return (self.bound == Bound::Marker)
                        .then_some((1, State::Chain { open: true }));
                }
                if token.is_verbal_noun() || token.is(Flags::NEUTRAL) {
                    return None;
                }
                // «الحملة الوطنية لنصرة الأشقاء»
                let before_noun = self.text.get(at + 1).is_some_and(|next| {
                    next.definite && next.attached.is_none() || next.is(Flags::GIVEN)
                });
                if (token.ends_in_ta
                    || before_noun
                        && token.key.starts_with(['ل', 'ب'])
                        && self.bound == Bound::Marker
                        && token.flags == Flags::NONE)
                    && !token.is(Flags::GIVEN)
                    && !(self.is_surname)(&token.key)
                {
                    let goes_on = self.bound == Bound::Marker
                        && token.key.starts_with(['ل', 'ب'])
                        && self
                            .barrier
                            .is_none_or(|letter| !token.key.starts_with(letter));
                    return goes_on.then_some((1, State::Chain { open: true }));
                }
                if self.bound == Bound::Object && !self.text.flags(head).any(Flags::SPEAKER)
                    || self.text.flags(head).any(
                        Flags::BODY
                            | Flags::NAMED
                            | Flags::PROPER
                            | Flags::STATE
                            | Flags::CAPITAL
                            | Flags::MINISTRY
                            | Flags::MANY
                            | Flags::QUANTIFIER,
                    ) && !self
                        .text
                        .flags(head)
                        .any(Flags::OFFICE | Flags::TITLE | Flags::GIVEN)
                {
                    return None;
                }
                if token.is(Flags::PROPER | Flags::ADJECTIVE) {
                    return Some((1, State::Chain { open: false }));
                }
                // «10 دول عربية», «قيادي فلسطيني»: an adjective without ال, not a name.
                if !self.text.tokens[at - 1].definite
                    && !self.text.flags(at - 1).any(Flags::STATE | Flags::PLACE)
                    && is_indefinite_adjective(token)
                {
                    return Some((1, State::Chain { open: false }));
                }
                Some((1, State::Name { words: 1 }))
            }
            State::Name { words } => {
                // «خالد المقدم محمد بن عثمان»: what was taken for a name was none.
                if token.is(Flags::TITLE)
                    && token.definite
                    && self.text.flags(at + 1).any(Flags::GIVEN)
                {
                    return Some((1, State::Chain { open: false }));
                }
                if token.is(Flags::TITLE) && token.definite {
                    return Some((1, state)).filter(|_| self.bound == Bound::Marker);
                }
                // «محمد الأمير»: a family name that is also an office.
                let family = words == 1
                    && token.definite
                    && token.is(Flags::OFFICE)
                    && self.text.flags(at - 1).any(Flags::GIVEN);
                if family {
                    return Some((1, State::Name { words: words + 1 }));
                }
                if chain && !token.is(Flags::GIVEN) && !(token.is(Flags::PROPER)) {
                    // «تيري ديران مدير العمليات»
                    return Some((
                        1,
                        State::Chain {
                            open: !token.definite,
                        },
                    ));
                }
                if token.definite {
                    let known = (self.is_surname)(&self.text.tokens[at - 1].key) && words == 1;
                    let family = match self.bound {
                        Bound::Marker => {
                            !token.ends_in_ta && !token.is(Flags::PAST | Flags::COMING)
                        }
                        Bound::Object => {
                            !token.is(Flags::NOUN | Flags::NEUTRAL)
                                && !token.is_verbal_noun()
                                && !known
                                && (words == 1 && self.text.flags(at - 1).any(Flags::GIVEN)
                                    || is_adjectival(token))
                        }
                    };
                    return family.then_some((1, State::Name { words: words + 1 }));
                }
                // «تغريداته»
                let of_his = token.key.ends_with("اته")
                    || token.key.ends_with("اتها")
                    || token.key.ends_with("وا");
                if words >= 6 || of_his || token.is_verbal_noun() || token.is(Flags::NEUTRAL) {
                    return None;
                }
                Some((self.particle(at, limit), State::Name { words: words + 1 }))
            }
        }
    }

    /// Whether a word opens a name by its particle: «عبد ال…», «أبو …», «بن …».
    fn opens_name(&self, at: usize) -> bool {
        matches!(
            self.text.key(at),
            "عبد" | "ابو" | "ابي" | "ابا" | "بن" | "دي" | "فان" | "فون" | "ال" | "ولد"
        ) && self.text.get(at + 1).is_some_and(Token::is_word)
    }

    /// How many tokens a word of a name has with its particle: «عبد الباسط», «بن كيران».
    fn particle(&self, at: usize, limit: usize) -> usize {
        let two = self.opens_name(at) && at + 1 < limit;
        usize::from(two) + 1
    }

    /// «بن-كيران»: a dash between two words of a name, with no space.
    fn is_hyphen(&self, at: usize) -> bool {
        let tokens = &self.text.tokens;
        at > 0
            && tokens[at - 1].end == tokens[at].start
            && tokens
                .get(at + 1)
                .is_some_and(|next| next.is_word() && next.start == tokens[at].end)
            && self.text.field.get(tokens[at].start..tokens[at].end) == Some("-")
    }

    fn kind(
        &self,
        head: usize,
        end: usize,
        name: Option<(usize, usize)>,
        first: &Token,
    ) -> SpeakerKind {
        if name.is_some() && (!first.is(Flags::DOCUMENT) || first.is(Flags::GIVEN)) {
            return SpeakerKind::Person;
        }
        if first.is(Flags::DOCUMENT) && !first.is(Flags::BODY) {
            return SpeakerKind::Document;
        }
        if first.is(Flags::MANY | Flags::QUANTIFIER) || first.sort == Sort::Number {
            return SpeakerKind::Unnamed;
        }
        if first.is(Flags::STATE
            | Flags::CAPITAL
            | Flags::BODY
            | Flags::NAMED
            | Flags::PROPER
            | Flags::MEDIUM
            | Flags::MINISTRY)
            || self
                .text
                .phrase(head, Flags::STATE | Flags::CAPITAL)
                .is_some()
        {
            return SpeakerKind::Organization;
        }
        if first.is(Flags::OFFICE) && !first.definite && end == head + 1 || first.stem() == "مصدر"
        {
            return SpeakerKind::Unnamed;
        }
        SpeakerKind::Person
    }

    fn is_feminine(&self, first: &Token, name: Option<(usize, usize)>) -> bool {
        if first.is(Flags::WOMAN) {
            return true;
        }
        if first.is(Flags::GIVEN) {
            return false;
        }
        if first.is(Flags::OFFICE) {
            return first.stem().ends_with('ه');
        }
        match name {
            Some((from, _)) => self.text.flags(from).any(Flags::WOMAN),
            None => {
                first.is(Flags::STATE | Flags::CAPITAL | Flags::MINISTRY | Flags::MANY)
                    && !matches!(
                        first.key.as_str(),
                        "العراق" | "لبنان" | "الاردن" | "اليمن" | "السودان" | "المغرب"
                    )
                    || first.stem().ends_with(['ه', 'ت'])
                    || first.key == "حماس"
            }
        }
    }
}

/// A finite form of a reporting verb.
pub(crate) fn is_finite(token: &Token) -> bool {
    token
        .verbs
        .iter()
        .any(|known| matches!(known.form.tense, Tense::Perfect | Tense::Imperfect))
}

/// «الروسية», «الأعلى», «العام»: a word with ال that describes the one before.
fn is_adjectival(token: &Token) -> bool {
    let stem = token.stem();
    token.is(Flags::ADJECTIVE)
        || stem.ends_with("يه") && !token.is(Flags::NOUN)
        || stem.ends_with('ي') && !token.ends_in_alef
        || stem.ends_with("يين")
        || stem.ends_with("يون")
        || stem.ends_with("تين")
        || stem.ends_with("عليا")
        || stem.strip_suffix('ه').is_some_and(|masculine| {
            crate::lexicon::lexicon()
                .word(masculine)
                .is_some_and(|word| word.flags.any(Flags::ADJECTIVE))
        })
}

/// «فلسطيني», «عربية»: without ال, by their ending; no given name.
fn is_indefinite_adjective(token: &Token) -> bool {
    let stem = token.key.as_str();
    stem.chars().count() >= 4
        && !token.is(Flags::GIVEN)
        && (stem.ends_with("يه")
            || stem.ends_with('ي')
            || stem.ends_with("يين")
            || stem.ends_with("يون"))
}
