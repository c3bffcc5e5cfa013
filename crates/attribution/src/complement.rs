//! Where what is said begins: after أن, a colon, a quotation mark or a
//! preposition, or as the object of the verb.
//!
//! «قال X، الجمعة، إن …», «دعا X الحكومة إلى …», «أعلن X مقتل …».

use crate::{
    flags::Flags,
    forms::Tense,
    lexicon::{Nouns, Verb},
    phrase::{Bound, Phrase, is_finite, parse},
    statement::Act,
    tokens::{Sort, Text, Token},
};

/// How the content is joined to the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    /// أن, or a colon, before a clause.
    Clause,
    /// A quotation mark, with or without أن or a colon before it.
    Quotation {
        /// The mark that opens.
        open: usize,
        /// أن stands before it, so that the clause may go on after it.
        that: bool,
    },
    /// A noun phrase.
    Noun,
}

/// A content that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Complement {
    /// Its first token.
    pub(crate) start: usize,
    /// The token that announces it, or its first.
    pub(crate) marker: usize,
    /// How it is joined.
    pub(crate) joint: Joint,
    /// Who stands between the verb and it as the subject.
    pub(crate) subject: Option<Phrase>,
    /// The rule.
    pub(crate) rule: &'static str,
}

/// Tokens between verb and content at the most.
const WINDOW_MAX: usize = 45;

/// Words after which أن does not belong to a verb before them.
const NOT_OF_THE_VERB: &[&str] = &[
    "بعد",
    "قبل",
    "منذ",
    "غير",
    "الا",
    "رغم",
    "يمكن",
    "يجب",
    "دون",
    "كما",
    "علما",
    "ذلك",
    "حيث",
    "لابد",
    "بد",
    "المفترض",
    "المقرر",
    "المتوقع",
    "الممكن",
    "شانه",
    "شانها",
    "احتمال",
    "ينبغي",
    "حين",
    "لدرجه",
    "المحتمل",
    "يريد",
    "تريد",
    "كاد",
    "مع",
];

/// The search for the content of one verb.
pub(crate) struct Search<'t, 'a> {
    pub(crate) text: &'t Text<'a>,
    /// The verb.
    pub(crate) at: usize,
    pub(crate) verb: &'static Verb,
    /// The form of the verb.
    pub(crate) tense: Tense,
    /// A pronoun is attached to the verb: its object, or the subject of a verbal noun.
    pub(crate) pronoun: bool,
    /// The subject stands before the verb, so that an object may follow at once.
    pub(crate) subject_before: bool,
    /// Whether a word is known as the last of a name.
    pub(crate) is_surname: &'t dyn Fn(&str) -> bool,
}

impl Search<'_, '_> {
    /// The content; none where the verb reports nothing.
    pub(crate) fn run(&self) -> Option<Complement> {
        let end = self.text.sentence_ends[self.at].min(self.at + WINDOW_MAX);
        let start = self.at + 1;
        if let Some(found) = self.object(start, end) {
            return Some(found);
        }
        let mut at = start;
        while at < end {
            if let Some(found) = self.marker(at, end) {
                return Some(found);
            }
            let token = &self.text.tokens[at];
            if self.stops(at, token) {
                break;
            }
            at = match (token.sort, token.pair) {
                (Sort::Open | Sort::OpenBracket, Some(close)) if close < end => close + 1,
                _ => at + 1,
            };
        }
        self.bare()
    }

    /// What no complement goes beyond.
    fn stops(&self, at: usize, token: &Token) -> bool {
        if token.is_end() {
            return true;
        }
        let near = if self.tense == Tense::Participle || self.verb.weak {
            16
        } else {
            WINDOW_MAX
        };
        if at > self.at + near {
            return true;
        }
        let says = token
            .verbs
            .iter()
            .any(|known| known.verb.lemma == "قال" && known.form.tense == Tense::Participle);
        let participle = !says
            && token
                .verbs
                .iter()
                .any(|known| known.form.tense == Tense::Participle)
            && !token.is(Flags::SPEAKER)
            && self.text.is_sort(at - 1, Sort::Comma);
        participle
            || is_finite(token)
                && !token.is(Flags::SPEAKER | Flags::ADJUNCT | Flags::WEEKDAY)
                && token.verbs.iter().any(|known| !known.verb.weak)
                && !self.text.flags(at - 1).any(Flags::RELATIVE)
            || self.verb.weak && self.tense == Tense::Perfect && token.is(Flags::RELATIVE)
    }

    /// A marker of content at `at`.
    fn marker(&self, at: usize, end: usize) -> Option<Complement> {
        let text = self.text;
        let token = &text.tokens[at];
        match token.sort {
            Sort::Colon if self.verb.that || self.verb.colon => self.after_colon(at),
            Sort::Open if self.verb.that || self.verb.colon => self.quotation(at, end),
            Sort::Word if token.is(Flags::THAT) && !token.joined => {
                let before = text.key(at - 1);
                if at > self.at + 1 && NOT_OF_THE_VERB.contains(&before) {
                    return None;
                }
                let prepared = ["الي", "علي", "عن", "من", "في"].contains(&before);
                let by_preposition = prepared
                    && self
                        .verb
                        .prepositions
                        .iter()
                        .any(|(word, _)| is_word(before, word))
                    || token.key.starts_with('ب')
                        && self.verb.prepositions.iter().any(|(word, _)| *word == "ب");
                (self.verb.that && !self.verb.addressee
                    || by_preposition
                    || self.verb.that && at <= self.at + 9)
                    .then(|| self.clause(at, "verb-that"))
            }
            Sort::Word => self.preposition(at, end),
            _ => None,
        }
    }

    fn clause(&self, marker: usize, rule: &'static str) -> Complement {
        let text = self.text;
        let mut start = marker + 1;
        while text.is_sort(start, Sort::Colon) || text.is_sort(start, Sort::Other) {
            start += 1;
        }
        let joint = match text.get(start) {
            Some(token) if token.sort == Sort::Open && token.pair.is_some() => Joint::Quotation {
                open: start,
                that: true,
            },
            _ => Joint::Clause,
        };
        Complement {
            start,
            marker,
            joint,
            subject: self.subject(marker),
            rule,
        }
    }

    fn after_colon(&self, colon: usize) -> Option<Complement> {
        let text = self.text;
        let mut start = colon + 1;
        while text.is_sort(start, Sort::Other)
            || text.is_sort(start, Sort::Stop) && text.sentence_ends.get(colon) > Some(&start)
        {
            start += 1;
        }
        // «قال: إن …»: what is announced twice.
        if text.flags(start).any(Flags::THAT)
            && !text.key(start).starts_with('ب')
            && !text.tokens[start].joined
            && text
                .get(start + 1)
                .is_some_and(|next| next.is_word() && next.key != "كان")
        {
            return Some(Complement {
                subject: self.subject(colon),
                ..self.clause(start, "verb-colon-that")
            });
        }
        match text.get(start)? {
            token if token.sort == Sort::Open && token.pair.is_some() => Some(Complement {
                start,
                marker: colon,
                joint: Joint::Quotation {
                    open: start,
                    that: false,
                },
                subject: self.subject(colon),
                rule: "verb-colon-quotation",
            }),
            token if token.is_word() || token.sort == Sort::Number => Some(Complement {
                start,
                marker: colon,
                joint: Joint::Clause,
                subject: self.subject(colon),
                rule: "verb-colon",
            }),
            _ => None,
        }
    }

    /// A quotation without colon: not where it is a name («قال تيري "للجزيرة" أمس، إن»).
    fn quotation(&self, open: usize, end: usize) -> Option<Complement> {
        let text = self.text;
        let close = text.tokens[open].pair?;
        // «نشرت في مجلة "…"»: these verbs want a colon.
        if !self.verb.that {
            return None;
        }
        let short = close <= open + 4;
        if short
            && (text.is_sort(close, Sort::Close) && !text.get(close + 1).is_none_or(Token::is_end)
                || self.verb.weak)
            || text.key(open.saturating_sub(1)).chars().count() == 1
            || text.tokens[open].is_name
        {
            return None;
        }
        if short {
            let later = (close..end.min(close + 12))
                .any(|at| text.flags(at).any(Flags::THAT) || text.is_sort(at, Sort::Colon));
            if later || text.flags(open - 1).any(Flags::NAMED | Flags::BODY) {
                return None;
            }
        }
        Some(Complement {
            start: open,
            marker: open,
            joint: Joint::Quotation { open, that: false },
            subject: self.subject(open),
            rule: "verb-quotation",
        })
    }

    /// «إلى اتخاذ موقف», «بالانتقام», «عن استعداد».
    fn preposition(&self, at: usize, end: usize) -> Option<Complement> {
        let text = self.text;
        let token = &text.tokens[at];
        if token.joined {
            return None;
        }
        for (word, nouns) in &self.verb.prepositions {
            let alone = is_word(&token.key, word) && (*word != "على" || token.ends_in_alef);
            let attached = word.chars().count() == 1
                && token.key.starts_with(word)
                && self.is_attached(at, word);
            if !alone && !attached {
                continue;
            }
            let content = if attached || *word == "ب" {
                at
            } else {
                at + 1
            };
            let next = text.get(at + usize::from(alone))?;
            if next.is(Flags::THAT) {
                return alone.then(|| self.clause(at + 1, "verb-that"));
            }
            if text.key(at + 1) == "هامش"
                || alone && (text.key(at + 1) == "خلال" || next.is(Flags::WEEKDAY | Flags::NEARDAY))
            {
                continue;
            }
            let fits = match (next.sort, nouns) {
                (Sort::Open, _) => next.pair.is_some(),
                (Sort::Word, Nouns::Any) => !next.is(Flags::OCCASION) || attached,
                (Sort::Word, Nouns::Verbal) => next.is_verbal_noun(),
                _ => false,
            };
            // «دعا إلى …»: its addressee is no content.
            let place_only = alone
                && self.verb.lemma != "دعا"
                && text
                    .phrase(at + 1, Flags::STATE | Flags::CAPITAL | Flags::PLACE)
                    .is_some()
                && *nouns == Nouns::Any
                && *word == "الي";
            if !fits || place_only || at + 1 >= end && alone {
                continue;
            }
            let open = (next.sort == Sort::Open && !attached && *word != "ب").then_some(at + 1);
            let joint = match open {
                Some(open) => Joint::Quotation { open, that: true },
                None => Joint::Noun,
            };
            return Some(Complement {
                start: content,
                marker: at,
                joint,
                subject: self.subject(at),
                rule: "verb-preposition",
            });
        }
        None
    }

    /// Whether the word at `at` has the preposition written to it.
    fn is_attached(&self, at: usize, word: &str) -> bool {
        let text = self.text;
        let token = &text.tokens[at];
        if token
            .attached
            .is_some_and(|letter| word.starts_with(letter))
        {
            return token.stem() != "اسم"
                && !(token.is(Flags::OCCASION)
                    && word == "ب"
                    && self.verb.that
                    && !self.verb.addressee)
                && !matches!(token.stem(), "شده" | "قوه" | "وضوح" | "حزم" | "حده");
        }
        if word == "ل" {
            return token.key == "لما" || token.key.starts_with("لل");
        }
        // «بوقف»: the rest is no known word; a name («بركة») is not taken, nor the first word after the verb.
        at > self.at
            && token.flags == Flags::NONE
            && token.verbs.is_empty()
            && token.key.chars().count() >= 4
            && (at > self.at + 1 || self.subject_before || token.key.chars().count() >= 5)
            && !(self.is_surname)(&token.key)
            && !matches!(
                token.key.as_str(),
                "بينها"
                    | "بينهم"
                    | "بينهما"
                    | "بعدما"
                    | "بشكل"
                    | "بشان"
                    | "بسبب"
                    | "بعضهم"
                    | "بعدها"
                    | "بحسب"
                    | "بدوره"
            )
    }

    /// «أعلن X مقتل …», «اعتبر X الحوار أمرا», «أدانت ذلك الهجوم».
    fn object(&self, start: usize, end: usize) -> Option<Complement> {
        let nouns = self.verb.object?;
        let text = self.text;
        if self.tense == Tense::Noun && !self.pronoun {
            return None;
        }
        let mut from = start;
        let mut subject = None;
        if self.pronoun && self.tense != Tense::Noun {
            // Who is called something: «اعتبر», «عد», «وصف».
            if nouns != Nouns::Any || self.verb.act != Act::Assert {
                return None;
            }
            // «عدته سلوكا», «اعتبره العلماء دليلا»
            let phrase = parse(text, start, end, Bound::Object, None, self.is_surname)
                .filter(|phrase| text.tokens[start].definite && !phrase.joint && phrase.end < end);
            let from = phrase.map_or(start, |phrase| phrase.end);
            let next = text.get(from)?;
            return (next.is_word() && !next.is(Flags::ADJUNCT | Flags::THAT)).then_some(
                Complement {
                    start: from,
                    marker: from,
                    joint: Joint::Noun,
                    subject: phrase,
                    rule: "verb-pronoun-object",
                },
            );
        }
        if !self.subject_before && self.tense != Tense::Participle && !self.pronoun {
            from = self.after_adjuncts(from, end);
            if let Some(phrase) = parse(text, from, end, Bound::Object, None, self.is_surname)
                && (phrase.speaks
                    || self.verb.object == Some(Nouns::Verbal)
                        && !text.tokens[from].is_verbal_noun()
                        && !text.tokens[from].is(Flags::NEUTRAL))
            {
                subject = Some(phrase);
                from = phrase.end;
                // «X، مدير الشركة، الصفقة»: the comma that closes the apposition.
                if text.is_sort(from, Sort::Comma)
                    && text.tokens[phrase.start..phrase.end]
                        .iter()
                        .any(|token| token.sort == Sort::Comma)
                {
                    from += 1;
                }
                from = self.after_adjuncts(from, end);
            }
        }
        if self.subject_before {
            from = self.after_adjuncts(from, end);
        }
        let token = text.get(from)?;
        if from >= end {
            return None;
        }
        if token.sort == Sort::Open {
            // «وجددت الجزائر «تقديرها …»»
            let close = token.pair?;
            let fits = nouns == Nouns::Any && close > from + 1 && subject.is_some();
            return fits.then_some(Complement {
                start: from,
                marker: from,
                joint: Joint::Quotation {
                    open: from,
                    that: true,
                },
                subject,
                rule: "verb-object",
            });
        }
        let fits = token.is_word()
            && !token.joined
            && token.attached.is_none()
            && match nouns {
                Nouns::Any => {
                    !token.is(Flags::ADJUNCT | Flags::THAT | Flags::RELATIVE | Flags::CONNECTOR)
                        || matches!(
                            token.key.as_str(),
                            "ذلك"
                                | "هذا"
                                | "هذه"
                                | "تلك"
                                | "كل"
                                | "ما"
                                | "بعض"
                                | "جميع"
                                | "عدم"
                        )
                }
                Nouns::Verbal => {
                    token.is_verbal_noun()
                        && token.attached.is_none()
                        && !token.is(Flags::THAT | Flags::ADJUNCT)
                        && (!token.definite || self.verb.act != Act::Assert)
                }
            };
        let early = text.key(from) == "ما" && self.verb.lemma != "رفض";
        (fits && !early).then_some(Complement {
            start: from,
            marker: from,
            joint: Joint::Noun,
            subject,
            rule: "verb-object",
        })
    }

    /// Goes over when and where, between a subject and an object: «، الجمعة،», «أمس», «في بيان».
    fn after_adjuncts(&self, mut at: usize, end: usize) -> usize {
        while at < end {
            match self.adjunct(at, end) {
                Some(count) => at += count,
                None => break,
            }
        }
        at.min(end)
    }

    /// How many tokens an adjunct has that begins at `at`.
    fn adjunct(&self, at: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let token = &text.tokens[at];
        let next = text.flags(at + 1);
        let before = text.flags(at.saturating_sub(1));
        let day = Flags::WEEKDAY | Flags::NEARDAY | Flags::PAST | Flags::COMING;
        let simple = matches!(
            token.key.as_str(),
            "ايضا"
                | "كذلك"
                | "مجددا"
                | "رسميا"
                | "موخرا"
                | "مءخرا"
                | "اخيرا"
                | "لاحقا"
                | "للمره"
        );
        if token.is_word() && token.is(day) && !token.joined || simple {
            return Some(1);
        }
        if token.sort == Sort::Comma {
            let around = next.any(day | Flags::SWITCH)
                || before.any(day | Flags::OCCASION)
                || text.key(at + 1) == "في" && text.flags(at + 2).any(Flags::OCCASION);
            return around.then_some(1);
        }
        if token.key == "في" && matches!(text.key(at + 1), "هذا" | "هذه" | "ذات" | "نفس" | "وقت")
        {
            return Some(3);
        }
        if token.key == "في" && next.any(Flags::OCCASION) {
            let more = (at + 2..end)
                .take_while(|at| {
                    matches!(
                        text.key(*at),
                        "له" | "لها"
                            | "صحفي"
                            | "صحفيه"
                            | "رسمي"
                            | "مشترك"
                            | "صحافي"
                            | "متلفز"
                            | "مقتضب"
                    )
                })
                .count();
            return Some(2 + more);
        }
        token
            .pair
            .filter(|close| token.sort == Sort::OpenBracket && *close < end)
            .map(|close| close + 1 - at)
    }

    /// The subject between the verb and `marker`.
    fn subject(&self, marker: usize) -> Option<Phrase> {
        if self.subject_before || self.tense == Tense::Participle {
            return None;
        }
        let start = self.after_adjuncts(self.at + 1, marker);
        let barrier = self
            .verb
            .prepositions
            .iter()
            .find_map(|(word, _)| match *word {
                "ب" => Some('ب'),
                "ل" => Some('ل'),
                _ => None,
            });
        let bound = if self.verb.addressee {
            Bound::Object
        } else {
            Bound::Marker
        };
        let phrase = parse(self.text, start, marker, bound, barrier, self.is_surname)?;
        let first = self.text.get(start)?;
        if first.is(Flags::ADJUNCT | Flags::CONNECTOR | Flags::OCCASION) && !phrase.speaks
            || first.attached.is_some()
        {
            return None;
        }
        Some(phrase)
    }

    /// «وقال من يقدم الدم فهو …»: قال before a clause without any mark.
    fn bare(&self) -> Option<Complement> {
        let text = self.text;
        let start = self.at + 1;
        let opens = matches!(
            text.key(start),
            "من" | "لا"
                | "لن"
                | "لم"
                | "نحن"
                | "انا"
                | "ليس"
                | "لسنا"
                | "سوف"
                | "هذا"
                | "هذه"
                | "يجب"
        ) && text.get(start)?.is_word();
        (self.verb.lemma == "قال"
            && self.tense == Tense::Perfect
            && opens
            && start + 3 < text.sentence_ends[self.at])
            .then_some(Complement {
                start,
                marker: start,
                joint: Joint::Clause,
                subject: None,
                rule: "verb-bare-clause",
            })
    }
}

/// Whether a folded key is this preposition, which the lexicon writes unfolded.
fn is_word(key: &str, preposition: &str) -> bool {
    match preposition {
        "إلى" => key == "الي",
        "على" => key == "علي",
        _ => key == preposition,
    }
}
