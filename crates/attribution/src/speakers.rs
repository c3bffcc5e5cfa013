//! Who speaks: the people and bodies of an article, and which of them a
//! phrase beside a verb, or no phrase at all, means.
//!
//! «سيدا» is عبد الباسط سيدا, «الوزير» the minister named before, «موسكو»
//! روسيا, and «وأضاف» whoever spoke last and agrees with the verb.

use std::collections::HashMap;

use crate::{
    flags::Flags,
    forms::Form,
    lexicon::lexicon,
    phrase::{Bound, Phrase, parse},
    statement::{Resolution, SpeakerKind},
    tokens::{Sort, Text},
};

/// Who speaks, as far as the article tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Speaker {
    /// The fullest name, or the words of the text.
    pub(crate) canonical: String,
    pub(crate) kind: SpeakerKind,
    /// The office of a named person.
    pub(crate) role: Option<String>,
    pub(crate) feminine: bool,
    pub(crate) plural: bool,
    /// The folded words of name and office, for anaphora.
    keys: Vec<String>,
    /// The folded words of the name alone.
    name: Vec<String>,
}

/// Speakers that are remembered for anaphora.
const REMEMBERED_MAX: usize = 12;
/// Entities under one word that are compared.
const COMPARED_MAX: usize = 24;

/// The people and bodies of an article.
#[derive(Debug, Default)]
pub(crate) struct Speakers {
    entities: Vec<Speaker>,
    by_word: HashMap<String, Vec<usize>>,
    surnames: HashMap<String, usize>,
    history: Vec<Speaker>,
}

impl Speakers {
    /// Whether a folded word is the last of a full name of the article.
    pub(crate) fn is_surname(&self, word: &str) -> bool {
        self.surnames.contains_key(word)
    }

    /// Learns the names and bodies of a field.
    pub(crate) fn learn(&mut self, text: &Text<'_>) {
        let mut at = 0;
        while at < text.tokens.len() {
            let token = &text.tokens[at];
            let opens = token.is_word()
                && (token.is(Flags::OFFICE
                    | Flags::GIVEN
                    | Flags::TITLE
                    | Flags::BODY
                    | Flags::NAMED
                    | Flags::PROPER)
                    || token.is(Flags::MINISTRY) && token.definite
                    || matches!(token.key.as_str(), "عبد" | "ابو"));
            if !opens {
                at += 1;
                continue;
            }
            let limit = text.sentence_ends[at].min(at + 20);
            let Some(phrase) = parse(text, at, limit, Bound::Object, None, &|word| {
                self.is_surname(word)
            }) else {
                at += 1;
                continue;
            };
            let single = phrase.name.is_some_and(|(from, to)| to - from < 2);
            if !phrase.joint && !single && phrase.end > at + 1 {
                self.add(of_phrase(text, &phrase));
            }
            // A name may open within the phrase of a body: looked at again from its second word.
            at = if phrase.name.is_some() {
                phrase.end.max(at + 1)
            } else {
                at + 1
            };
        }
    }

    fn add(&mut self, speaker: Speaker) {
        let words = if speaker.name.is_empty() {
            &speaker.keys
        } else {
            &speaker.name
        };
        let Some(last) = words.last().cloned() else {
            return;
        };
        if let Some(known) = self.same(&speaker) {
            let entity = &mut self.entities[known];
            if entity.role.is_none() && speaker.role.is_some() {
                entity.role = speaker.role;
                entity.keys = speaker.keys;
            }
            return;
        }
        let at = self.entities.len();
        for word in words {
            let under = self.by_word.entry(word.clone()).or_default();
            if under.last() != Some(&at) {
                under.push(at);
            }
        }
        if !speaker.name.is_empty() {
            self.surnames.entry(last).or_insert(at);
            if let Some(first) = speaker.keys.first()
                && speaker.role.is_some()
            {
                let under = self.by_word.entry(format!("role:{first}")).or_default();
                under.push(at);
            }
        }
        self.entities.push(speaker);
    }

    /// An entity of the same name.
    fn same(&self, speaker: &Speaker) -> Option<usize> {
        let words = if speaker.name.is_empty() {
            &speaker.keys
        } else {
            &speaker.name
        };
        let under = self.by_word.get(words.last()?)?;
        under.iter().rev().take(COMPARED_MAX).copied().find(|&at| {
            let entity = &self.entities[at];
            entity.name == speaker.name && (!speaker.name.is_empty() || entity.keys == speaker.keys)
        })
    }

    /// The fullest entity whose name has these words in this order.
    fn fullest(&self, words: &[String], person: bool) -> Option<&Speaker> {
        let under = self.by_word.get(words.last()?)?;
        let mut best: Option<&Speaker> = None;
        for &at in under.iter().take(COMPARED_MAX) {
            let entity = &self.entities[at];
            let theirs = if person { &entity.name } else { &entity.keys };
            if person == entity.name.is_empty() {
                continue;
            }
            let fits = if person {
                is_within(words, theirs)
            } else {
                theirs.starts_with(words)
            };
            if fits
                && best.is_none_or(|best| {
                    if person {
                        best.name.len() < theirs.len()
                    } else {
                        best.keys.len() < theirs.len()
                    }
                })
            {
                best = Some(entity);
            }
        }
        best
    }

    /// Who the phrase beside a verb means, and how it is written.
    pub(crate) fn resolve(&mut self, text: &Text<'_>, phrase: &Phrase) -> (Speaker, Resolution) {
        if phrase.joint
            && let Some(joint) = self.joint(text, phrase)
        {
            return (joint, Resolution::Explicit);
        }
        let mut speaker = of_phrase(text, phrase);
        if !speaker.name.is_empty() {
            if let Some(known) = self.fullest(&speaker.name, true) {
                speaker.canonical.clone_from(&known.canonical);
                if known.role.is_some() {
                    speaker.role.clone_from(&known.role);
                }
                if speaker.keys.len() <= speaker.name.len() {
                    speaker.keys.clone_from(&known.keys);
                }
                speaker.name.clone_from(&known.name);
                speaker.feminine |= known.feminine;
            } else if speaker.name.len() >= 2 {
                self.add(speaker.clone());
            }
            return (speaker, Resolution::Explicit);
        }
        let first = &text.tokens[head(text, phrase)];
        let last_key = speaker.keys.first().cloned().unwrap_or_default();
        let short = speaker.keys.len() <= 2;
        if first.definite
            && short
            && let Some(known) = self.said_before(&speaker)
        {
            return (known, Resolution::Anaphor);
        }
        match speaker.kind {
            SpeakerKind::Person | SpeakerKind::Unnamed => {
                if (first.definite || speaker.keys.len() >= 2)
                    && let Some(known) = self.by_role(&speaker.keys, short)
                {
                    return (known, Resolution::Anaphor);
                }
                // A name of one word that is nobody's office.
                (speaker, Resolution::Explicit)
            }
            SpeakerKind::Document => {
                if first.definite
                    && short
                    && let Some(known) = self
                        .history
                        .iter()
                        .rev()
                        .find(|known| known.kind != SpeakerKind::Document)
                    && matches!(last_key.as_str(), "بيان" | "رساله" | "بلاغ" | "تصريح")
                {
                    return (known.clone(), Resolution::Anaphor);
                }
                (speaker, Resolution::Explicit)
            }
            SpeakerKind::Organization => {
                if text
                    .phrase(phrase.start, Flags::CAPITAL)
                    .is_some_and(|(count, ..)| phrase.start + count == phrase.end)
                    && text
                        .phrase(phrase.start, Flags::STATE)
                        .is_none_or(|(count, ..)| phrase.start + count != phrase.end)
                    && let Some(state) = lexicon().state_of(&speaker.canonical)
                {
                    state.clone_into(&mut speaker.canonical);
                    return (speaker, Resolution::Explicit);
                }
                if text
                    .phrase(phrase.start, Flags::STATE)
                    .is_some_and(|(count, ..)| phrase.start + count == phrase.end)
                {
                    return (speaker, Resolution::Explicit);
                }
                if first.definite && phrase.end == phrase.start + 1
                    || speaker.canonical.starts_with("الدولة ")
                {
                    let before = self.history.iter().rev().find(|known| {
                        known.kind == SpeakerKind::Organization
                            && known.keys.first() == Some(&last_key)
                            && known.keys.len() > 1
                    });
                    if let Some(known) = before {
                        return (known.clone(), Resolution::Anaphor);
                    }
                    if let Some(known) =
                        self.entities
                            .iter()
                            .rev()
                            .take(COMPARED_MAX * 4)
                            .find(|known| {
                                known.name.is_empty()
                                    && known.keys.first() == Some(&last_key)
                                    && known.keys.len() > 1
                            })
                    {
                        return (known.clone(), Resolution::Anaphor);
                    }
                }
                if let Some(known) = self.fullest_body(&speaker.keys)
                    && !first.definite | first.is(Flags::BODY)
                {
                    known.canonical.clone_into(&mut speaker.canonical);
                    speaker.keys.clone_from(&known.keys);
                }
                (speaker, Resolution::Explicit)
            }
        }
    }

    /// «المصادر» are the «مصادر فلسطينية» of before, «الدراسة» the one that was named.
    fn said_before(&self, speaker: &Speaker) -> Option<Speaker> {
        let noun = |known: &Speaker| match known.keys.first().map(String::as_str) {
            Some("مصدر") => Some("مصادر".to_owned()),
            Some(key) => Some(key.to_owned()),
            None => None,
        };
        if speaker.kind == SpeakerKind::Organization {
            return None;
        }
        let wanted = noun(speaker)?;
        self.history
            .iter()
            .rev()
            .find(|known| {
                known.name.is_empty()
                    && known.keys.len() > speaker.keys.len()
                    && noun(known).as_ref() == Some(&wanted)
                    && speaker.keys[1..].iter().all(|key| known.keys.contains(key))
            })
            .cloned()
    }

    /// «الحرس الثوري» is «الحرس الثوري الإيراني» of the same article.
    fn fullest_body(&self, keys: &[String]) -> Option<&Speaker> {
        if keys.len() < 2 {
            return None;
        }
        self.fullest(keys, false)
            .filter(|known| known.keys.len() <= keys.len() + 2)
    }

    /// Whose office these words are: in the history first, then in the article.
    fn by_role(&self, keys: &[String], short: bool) -> Option<Speaker> {
        let fits = |known: &&Speaker| {
            !known.name.is_empty()
                && known.role.is_some()
                && keys.iter().all(|key| known.keys.contains(key))
        };
        let spoken = self.history.iter().rev().find(fits).cloned();
        let spoken = spoken.or_else(|| {
            let under = self.by_word.get(&format!("role:{}", keys.first()?))?;
            let mut all = under
                .iter()
                .rev()
                .take(COMPARED_MAX)
                .map(|&at| &self.entities[at])
                .filter(fits);
            all.next_back().cloned()
        });
        spoken.or_else(|| {
            // «المسؤول الدولي», «المتحدث»: whoever spoke last and is a person.
            let general = matches!(
                keys.first().map(String::as_str),
                Some(
                    "مسءول"
                        | "متحدث"
                        | "ناطق"
                        | "قيادي"
                        | "دبلوماسي"
                        | "مصدر"
                        | "باحث"
                        | "خبير"
                        | "محلل"
                        | "ناشط"
                )
            );
            (short && general)
                .then(|| {
                    self.history
                        .iter()
                        .rev()
                        .find(|known| known.kind == SpeakerKind::Person && !known.name.is_empty())
                        .cloned()
                })
                .flatten()
        })
    }

    /// Several speakers of one verb, joined by «؛».
    fn joint(&mut self, text: &Text<'_>, phrase: &Phrase) -> Option<Speaker> {
        let mut members: Vec<(usize, usize)> = Vec::new();
        let mut from = head(text, phrase);
        for at in from + 1..phrase.end {
            let token = &text.tokens[at];
            let opens = token.joined
                && (token.is(Flags::SPEAKER)
                    || token.is(Flags::MINISTRY) && token.definite
                    || text.phrase(at, Flags::STATE).is_some()
                    || self.is_surname(&token.key));
            if opens && at > from {
                members.push((from, at));
                from = at;
            }
        }
        members.push((from, phrase.end));
        let mut names = Vec::new();
        let mut first: Option<Speaker> = None;
        for (from, to) in members {
            let member = parse(text, from, to, Bound::Marker, None, &|word| {
                self.is_surname(word)
            })?;
            let (speaker, _) = self.resolve(
                text,
                &Phrase {
                    joint: false,
                    ..member
                },
            );
            names.push(speaker.canonical.clone());
            first.get_or_insert(speaker);
        }
        (names.len() > 1).then_some(())?;
        let first = first?;
        Some(Speaker {
            canonical: names.join("؛ "),
            plural: true,
            role: None,
            ..first
        })
    }

    /// Who speaks where nobody is written: the last who agrees with the verb.
    pub(crate) fn implicit(&self, form: Option<Form>) -> Option<Speaker> {
        let Some(form) = form else {
            return self.history.last().cloned();
        };
        let agrees = |known: &&Speaker| {
            if form.plural {
                known.plural || known.kind == SpeakerKind::Unnamed
            } else {
                known.feminine == form.feminine
            }
        };
        self.history
            .iter()
            .rev()
            .find(agrees)
            .or(self.history.last())
            .cloned()
    }

    /// Notes who spoke.
    pub(crate) fn spoke(&mut self, speaker: Speaker) {
        if self.history.last() == Some(&speaker) {
            return;
        }
        if self.history.len() >= REMEMBERED_MAX {
            self.history.remove(0);
        }
        self.history.push(speaker);
    }

    /// The first of the text that a headline's «قيادي في حماس» may mean: the one whose office shares a word.
    pub(crate) fn alike(keys: &[String], spoken: &[Speaker]) -> Option<Speaker> {
        spoken
            .iter()
            .take(3)
            .find(|known| {
                !known.name.is_empty()
                    && known.role.is_some()
                    && keys
                        .iter()
                        .any(|key| key.chars().count() > 3 && known.keys.contains(key))
            })
            .cloned()
    }
}

impl Speaker {
    /// The folded words of name and office.
    pub(crate) fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Whether it is a person with a name.
    pub(crate) const fn is_named(&self) -> bool {
        !self.name.is_empty()
    }
}

fn is_within(words: &[String], full: &[String]) -> bool {
    let mut rest = full.iter();
    words.iter().all(|word| {
        rest.any(|other| {
            other == word
                || other.strip_prefix("ال") == Some(word)
                || word.strip_prefix("ال") == Some(other)
        })
    })
}

/// The first token of a phrase that is its noun: after «هذه», «كل من».
fn head(text: &Text<'_>, phrase: &Phrase) -> usize {
    match text.key(phrase.start) {
        "هذا" | "هذه" | "هؤلاء" | "هءلاء" if phrase.start + 1 < phrase.end => {
            phrase.start + 1
        }
        "كل" if text.key(phrase.start + 1) == "من" && phrase.start + 2 < phrase.end => {
            phrase.start + 2
        }
        _ => phrase.start,
    }
}

/// What a phrase says of itself, before it is compared with others.
fn of_phrase(text: &Text<'_>, phrase: &Phrase) -> Speaker {
    let keys_of = |from: usize, to: usize| -> Vec<String> {
        text.tokens[from..to]
            .iter()
            .filter(|token| {
                token.is_word()
                    && (token.is(Flags::OFFICE) || !token.is(Flags::TITLE | Flags::ADJUNCT))
            })
            .map(|token| token.stem().to_owned())
            .collect()
    };
    let written = |from: usize, to: usize| -> String {
        let span = text
            .span(from, to, true)
            .map_or("", |span| span.of(text.field));
        let span = match text.tokens[from].attached {
            Some('ل') if text.tokens[from].definite => {
                return format!("ال{}", span.trim_start_matches(['ل']))
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
            }
            Some(letter) => span.strip_prefix(letter).unwrap_or(span),
            None => span,
        };
        let span = span.replace(['"', '«', '»', '“', '”'], "");
        span.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let first = &text.tokens[head(text, phrase)];
    if let Some((from, to)) = phrase.name {
        let name: Vec<String> = text.tokens[from..to]
            .iter()
            .filter(|token| token.is_word() && !token.is(Flags::TITLE))
            .map(|token| token.key.clone())
            .collect();
        let role = phrase.role.map(|(from, to)| written(from, to));
        let keys = match phrase.role {
            Some((from, to)) => keys_of(from, to),
            None => name.clone(),
        };
        return Speaker {
            canonical: written(from, to),
            kind: SpeakerKind::Person,
            role,
            feminine: phrase.feminine,
            plural: false,
            keys,
            name,
        };
    }
    let start = head(text, phrase);
    let mut canonical = written(start, phrase.end);
    let mut keys = keys_of(start, phrase.end);
    if first.is(Flags::MINISTRY) && first.definite && phrase.end > phrase.start + 1 {
        canonical = format!("وزارة {canonical}");
        keys.insert(0, "وزاره".to_owned());
    }
    Speaker {
        canonical,
        kind: phrase.kind,
        role: None,
        feminine: phrase.feminine,
        plural: phrase.kind == SpeakerKind::Unnamed
            && first.sort == Sort::Word
            && first.key.ends_with("ون"),
        keys,
        name: Vec::new(),
    }
}
