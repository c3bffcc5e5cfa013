//! The reports of a text, in order: each with its verb or cue, its content and
//! the speaker written beside it.

use crate::{
    clause::{NEGATED, Place, place},
    complement::{Complement, Joint, Search},
    ends::{Content, content, cut, trimmed},
    flags::Flags,
    forms::Tense,
    lexicon::{Known, Verb},
    phrase::{Bound, Phrase, is_finite, parse},
    statement::Kind,
    tokens::{Sort, Text, Token},
};

/// A report as it is found, its speaker not yet resolved.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The verb or cue: its first token and the token after it.
    pub(crate) trigger: (usize, usize),
    /// What kind of verb it is; none for a cue.
    pub(crate) known: Option<Known>,
    /// The first token of the clause that reports.
    pub(crate) clause: usize,
    /// The token before which day, place and occasion are looked for.
    pub(crate) marker: usize,
    pub(crate) content: Content,
    pub(crate) subject: Option<Phrase>,
    /// A medium that is named as the carrier.
    pub(crate) carrier: Option<(usize, usize)>,
    pub(crate) rule: &'static str,
}

/// A word that was looked at and rejected.
pub(crate) type Refused = (usize, &'static str);

/// Who is said not to have said something, and at which verb.
pub(crate) type Silent = (usize, Phrase);

/// What was found in a text, who is said to be silent, and what was rejected.
pub(crate) fn find(
    text: &Text<'_>,
    is_surname: &dyn Fn(&str) -> bool,
) -> (Vec<Found>, Vec<Silent>, Vec<Refused>) {
    let mut finder = Finder {
        text,
        is_surname,
        found: Vec::new(),
        silent: Vec::new(),
        refused: Vec::new(),
        quoted_until: 0,
        used: 0,
    };
    for at in 0..text.tokens.len() {
        finder.look(at);
    }
    (finder.found, finder.silent, finder.refused)
}

/// Why a verb without content reports nothing.
const NOTHING: &str = "nothing is reported after it";

struct Finder<'t, 'a> {
    text: &'t Text<'a>,
    is_surname: &'t dyn Fn(&str) -> bool,
    found: Vec<Found>,
    silent: Vec<Silent>,
    refused: Vec<Refused>,
    /// Before this token stands a direct quotation that was taken.
    quoted_until: usize,
    /// Before this token words belong to a report that was taken: «قائلا» after another verb.
    used: usize,
}

impl Finder<'_, '_> {
    fn look(&mut self, at: usize) {
        let token = &self.text.tokens[at];
        if !token.is_word() || at < self.used {
            return;
        }
        let reports = !token.verbs.is_empty();
        if at < self.quoted_until || token.depth > 0 {
            if reports && is_finite(token) {
                self.refused.push((at, "within a quotation"));
            }
            return;
        }
        if token.is(Flags::AFTER) || self.text.phrase(at, Flags::AFTER).is_some() {
            self.cue(at);
            return;
        }
        if !reports {
            return;
        }
        let mut reason = None;
        for known in &token.verbs {
            // A name or an office that is written as a verb is one only with a clause behind it.
            match self.verb(at, *known) {
                Ok(found) => {
                    self.take(found);
                    return;
                }
                Err(why) => {
                    let told = known.form.tense == Tense::Perfect
                        && (known.form.pronoun || !known.verb.weak && why == NOTHING);
                    if why == NEGATED || told {
                        self.silent(at, why == NEGATED);
                    }
                    if known.form.tense != Tense::Noun {
                        reason.get_or_insert(why);
                    }
                }
            }
        }
        if let Some(why) = reason {
            self.refused.push((at, why));
        }
    }

    fn verb(&self, at: usize, known: Known) -> Result<Found, &'static str> {
        let text = self.text;
        let tense = known.form.tense;
        if tense == Tense::Noun {
            return self.verbal_noun(at, known);
        }
        let token = &text.tokens[at];
        if token.is(Flags::OFFICE | Flags::GIVEN | Flags::ADJUNCT | Flags::WEEKDAY)
            && tense != Tense::Participle
            && at > 0
            && !token.joined
            && text.sentence_starts[at] != at
        {
            return Err("a name or another word of this spelling");
        }
        let open = self.open_content(at);
        let place = place(text, at, known, open, self.is_surname)?;
        if known.verb.lemma == "نقل"
            && let Some(found) = self.carried(at, known, place)
        {
            return Ok(found);
        }
        let search = Search {
            text,
            at,
            verb: known.verb,
            tense,
            pronoun: known.form.pronoun,
            subject_before: place.subject.is_some(),
            is_surname: self.is_surname,
        };
        let Some(complement) = search.run() else {
            return self.quotation_before(at, known, place).ok_or(NOTHING);
        };
        if tense == Tense::Imperfect
            && complement.subject.is_none()
            && place.subject.is_none()
            && is_impersonal(known.verb)
            && (!token.joined || at == text.sentence_starts[at])
            && !text.flags(at.saturating_sub(1)).any(Flags::RELATIVE)
        {
            return Err("impersonal: «يذكر أن» names nobody");
        }
        // «يعتبر كذا»: nobody is named.
        let considers = matches!(known.verb.lemma, "اعتبر" | "عد" | "وصف" | "قدر");
        let named = complement
            .subject
            .or(place.subject)
            .is_some_and(|phrase| phrase.speaks);
        if tense == Tense::Imperfect
            && considers
            && matches!(complement.joint, Joint::Noun)
            && (!named || known.verb.lemma == "عد")
        {
            return Err("impersonal: nobody is named");
        }
        if known.form.pronoun
            && tense == Tense::Perfect
            && complement.joint == Joint::Clause
            && !known.verb.addressee
        {
            return Err("its object is what is said");
        }
        if known.verb.weak
            && complement.rule == "verb-that"
            && complement.marker > at + 1
            && complement.subject.is_none()
            && place.subject.is_none()
            && complement.marker > at + 3
        {
            return Err("another word of this spelling");
        }
        if tense == Tense::Participle
            && matches!(complement.joint, Joint::Noun)
            && (complement.rule == "verb-object" || !token.key.ends_with('ا'))
            && !token.joined
            && !text.is_sort(at.saturating_sub(1), Sort::Comma)
        {
            return Err("no participle of a report");
        }
        // «ودعا الحكومة إلى …»: who does not agree with the verb is called upon.
        let called = |phrase: &Phrase| {
            known.verb.addressee
                && (token.joined || tense == Tense::Imperfect)
                && (phrase.feminine != known.form.feminine && !known.form.plural
                    || !phrase.speaks && phrase.name.is_none())
        };
        let content = content(text, &complement).ok_or("nothing stands behind it")?;
        if matches!(complement.joint, Joint::Noun)
            && content.end - content.start < 2
            && complement.rule != "verb-preposition"
        {
            return Err("one word is no content");
        }
        Ok(Found {
            trigger: (at, at + 1),
            known: Some(known),
            clause: place.start,
            marker: complement.marker,
            content,
            subject: place
                .subject
                .or(complement.subject.filter(|phrase| !called(phrase))),
            carrier: None,
            rule: complement.rule,
        })
    }

    /// Notes who did not say something, or of whose saying nothing is told.
    fn silent(&mut self, at: usize, negated: bool) {
        let end = self.text.sentence_ends[at];
        if let Some(phrase) = parse(self.text, at + 1, end, Bound::Object, None, self.is_surname)
            && (phrase.speaks || negated && phrase.name.is_some_and(|(from, to)| to - from >= 2))
            && self.text.tokens[at + 1].attached.is_none()
        {
            self.silent.push((at, phrase));
        }
    }

    /// What another verb of the sentence reports, where `at` stands within it.
    fn open_content(&self, at: usize) -> Option<(usize, Tense)> {
        let last = self.found.last()?;
        let within =
            last.content.start <= at && at < last.content.end && last.content.kind != Kind::Direct;
        within.then(|| {
            (
                last.trigger.0,
                last.known.map_or(Tense::Perfect, |known| known.form.tense),
            )
        })
    }

    /// Takes a report, and cuts the one before it at its clause.
    fn take(&mut self, found: Found) {
        if let Some(last) = self.found.last_mut()
            && last.content.end > found.clause.min(found.content.start)
        {
            let clause = found.clause.min(found.content.start);
            match cut(self.text, last.content, clause) {
                Some(content) => last.content = content,
                // Nothing is left of it.
                None => {
                    self.found.pop();
                }
            }
        }
        if found.content.kind == Kind::Direct && found.content.start > found.trigger.0 {
            self.quoted_until = found.content.after;
        }
        // «استطرد قائلا:» is one report.
        if found.marker > found.trigger.1
            && self.text.tokens[found.trigger.1..found.marker]
                .iter()
                .any(|token| token.verbs.iter().any(|known| known.verb.lemma == "قال"))
        {
            self.used = found.marker;
        }
        self.found.push(found);
    }

    /// «بعد قول X إن», «إعلانه استقالته», «تحذير X من أن».
    fn verbal_noun(&self, at: usize, known: Known) -> Result<Found, &'static str> {
        const NOT: &str = "a noun";
        let text = self.text;
        let token = &text.tokens[at];
        if token.definite
            || known.verb.weak
            || token.is(Flags::SPEAKER) && !token.is(Flags::OCCASION) && !known.form.pronoun
        {
            return Err(NOT);
        }
        if self.open_content(at).is_some() && !known.form.pronoun {
            return Err(NOT);
        }
        let search = Search {
            text,
            at,
            verb: known.verb,
            tense: Tense::Noun,
            pronoun: known.form.pronoun,
            subject_before: false,
            is_surname: self.is_surname,
        };
        let complement = search.run().ok_or(NOT)?;
        let subject = complement.subject.filter(|phrase| phrase.speaks);
        let near = complement.marker <= at + 14;
        let fits = match complement.joint {
            Joint::Clause | Joint::Quotation { .. } => {
                subject.is_some() || known.form.pronoun && complement.marker <= at + 3
            }
            Joint::Noun => {
                known.form.pronoun
                    && complement.rule == "verb-object"
                    && complement.marker == at + 1
            }
        };
        if !near || !fits || self.open_content(at).is_some() {
            return Err(NOT);
        }
        let content = content(text, &complement).ok_or(NOT)?;
        Ok(Found {
            trigger: (at, at + 1),
            known: Some(known),
            clause: at,
            marker: complement.marker,
            content,
            subject,
            carrier: None,
            rule: "verbal-noun",
        })
    }

    /// «نقلت وكالة X عن Y قوله إن»: Y speaks, X carries it.
    fn carried(&self, at: usize, known: Known, place: Place) -> Option<Found> {
        let text = self.text;
        let end = text.sentence_ends[at].min(at + 40);
        let from = (at + 1..end.min(at + 16))
            .find(|&from| text.key(from) == "عن" && !text.tokens[from].joined)?;
        let subject = parse(text, from + 1, end, Bound::Marker, None, self.is_surname)?;
        let mut next = subject.end;
        let mut marker = None;
        while next < end && next < subject.end + 14 {
            let token = &text.tokens[next];
            let says = token
                .verbs
                .iter()
                .any(|known| known.form.tense == Tense::Noun && known.form.pronoun);
            if token.is(Flags::THAT)
                || token.sort == Sort::Colon
                || token.sort == Sort::Open && !says
            {
                marker = Some(next);
                break;
            }
            if token.is_end() || is_finite(token) && !token.is(Flags::SPEAKER) {
                break;
            }
            next += 1;
        }
        let marker = marker?;
        let mut start = marker;
        while text.is_sort(start, Sort::Colon) || text.flags(start).any(Flags::THAT) {
            start += 1;
        }
        let joint = if text.is_sort(start, Sort::Open) {
            Joint::Quotation {
                open: start,
                that: start > marker && !text.is_sort(marker, Sort::Colon),
            }
        } else {
            Joint::Clause
        };
        let content = content(
            text,
            &Complement {
                start,
                marker,
                joint,
                subject: None,
                rule: "carried",
            },
        )?;
        let carrier = place
            .subject
            .map(|phrase| (phrase.start, phrase.end))
            .or_else(|| {
                parse(text, at + 1, from, Bound::Marker, None, self.is_surname)
                    .map(|phrase| (phrase.start, phrase.end))
            });
        Some(Found {
            trigger: (at, at + 1),
            known: Some(known),
            clause: place.start,
            marker,
            content,
            subject: Some(subject),
            carrier,
            rule: "carried",
        })
    }

    /// «"…"، قال X»: the quotation stands before the verb.
    fn quotation_before(&self, at: usize, known: Known, place: Place) -> Option<Found> {
        let text = self.text;
        let mut close = at.checked_sub(1)?;
        if text.is_sort(close, Sort::Comma) {
            close = close.checked_sub(1)?;
        }
        if !text.is_sort(close, Sort::Close) || !known.verb.that {
            return None;
        }
        let open = text.tokens[close].pair?;
        let free = self
            .found
            .last()
            .is_none_or(|last| last.content.after <= open && last.content.end <= open);
        if !free || close < open + 4 || place.subject.is_some() {
            return None;
        }
        let end = trimmed(text, open + 1, close);
        let sentence_end = text.sentence_ends[at];
        let subject = parse(
            text,
            at + 1,
            sentence_end,
            Bound::Marker,
            None,
            self.is_surname,
        )?;
        Some(Found {
            trigger: (at, at + 1),
            known: Some(known),
            clause: open,
            marker: subject.end,
            content: Content {
                start: open + 1,
                end,
                kind: Kind::Direct,
                after: close + 1,
            },
            subject: Some(subject),
            carrier: None,
            rule: "quotation-before-verb",
        })
    }

    /// «…، وفق X», «وحسب رأي X، …».
    fn cue(&mut self, at: usize) {
        let text = self.text;
        let Some((count, ..)) = text.phrase(at, Flags::AFTER) else {
            return;
        };
        let sentence = text.sentence_starts[at];
        let end = text.sentence_ends[at];
        if text
            .phrase(at, Flags::CLOSER)
            .is_some_and(|(length, ..)| length > count)
        {
            self.refused
                .push((at, "a tail of what was reported before"));
            return;
        }
        let mut from = at + count;
        // «وفق ما أفاد به X», «حسبما ذكرت X», «حسب ما جاء في التقرير».
        if matches!(text.key(from), "ما" | "لما") {
            from += 1;
        }
        let says = |token: &Token| {
            is_finite(token) && !token.is(Flags::SPEAKER)
                || token
                    .verbs
                    .iter()
                    .any(|known| known.form.tense == Tense::Noun)
                || matches!(
                    token.key.as_str(),
                    "راي" | "تعبير" | "وصف" | "تصريحات" | "جاء" | "ورد"
                )
        };
        if text.get(from).is_some_and(says) {
            from += 1;
            while matches!(text.key(from), "به" | "بها" | "في" | "عن" | "عنه") {
                from += 1;
            }
        }
        let speaker = parse(text, from, end, Bound::Marker, None, self.is_surname);
        let Some(speaker) = speaker.filter(|phrase| {
            phrase.speaks
                || phrase
                    .name
                    .is_some_and(|(_, to)| (self.is_surname)(&text.tokens[to - 1].key))
        }) else {
            self.refused.push((at, "a cue without a speaker"));
            return;
        };
        let first = &text.tokens[speaker.start];
        let medium = first.is(Flags::MEDIUM) && !first.is(Flags::OFFICE | Flags::STATE);
        let leads = text.tokens[sentence..at]
            .iter()
            .all(|token| token.is(Flags::CONNECTOR) || !token.is_word());
        let content = if leads {
            self.used = speaker.end;
            let mut start = speaker.end;
            if text.is_sort(start, Sort::Comma) {
                start += 1;
            }
            if start >= end
                || text
                    .get(start)
                    .is_some_and(|token| !token.verbs.is_empty() && is_finite(token))
            {
                self.refused
                    .push((at, "names who carried what the verb reports"));
                return;
            }
            if text.flags(start).any(Flags::THAT) || text.is_sort(start, Sort::Colon) {
                start += 1;
            }
            let quotation = text.is_sort(start, Sort::Open) && text.tokens[start].pair.is_some();
            content(
                text,
                &Complement {
                    start,
                    marker: start,
                    joint: if quotation {
                        Joint::Quotation {
                            open: start,
                            that: true,
                        }
                    } else {
                        Joint::Clause
                    },
                    subject: None,
                    rule: "cue-before",
                },
            )
        } else {
            let open = self.found.last().filter(|last| {
                last.trigger.0 >= sentence && last.content.end + 2 >= at && last.content.start < at
            });
            // «… وفق تقديرات المنظمة يجيدون …»: in the middle of a clause, which goes on.
            let goes_on = text.get(speaker.end).is_some_and(|next| {
                next.is_word()
                    && !next.joined
                    && !next.is(Flags::ADJUNCT
                        | Flags::CONNECTOR
                        | Flags::RELATIVE
                        | Flags::WEEKDAY
                        | Flags::NEARDAY)
            });
            if open.is_some() && goes_on {
                self.refused.push((at, "within a clause that goes on"));
                return;
            }
            if open.is_some() {
                if let Some(last) = self.found.last_mut()
                    && let Some(content) = cut(text, last.content, at)
                {
                    last.content = content;
                    if medium {
                        last.carrier = Some((speaker.start, speaker.end));
                    }
                }
                self.used = speaker.end;
                self.refused
                    .push((at, "a tail of what was reported before"));
                return;
            }
            self.used = speaker.end;
            let start = self
                .found
                .last()
                .map_or(sentence, |last| last.content.after.max(sentence));
            self.clause_before(start, at)
        };
        let Some(content) = content else {
            self.refused.push((at, "no clause that it could speak for"));
            return;
        };
        let trigger_end = at + count;
        self.take(Found {
            trigger: (at, trigger_end),
            known: None,
            clause: at,
            marker: speaker.end,
            content,
            subject: Some(speaker),
            carrier: None,
            rule: if leads { "cue-before" } else { "cue-after" },
        });
    }

    /// The clause that ends before a cue.
    fn clause_before(&self, sentence: usize, cue: usize) -> Option<Content> {
        let text = self.text;
        let at = if text.key(cue.saturating_sub(1)) == "وذلك" {
            cue - 1
        } else {
            cue
        };
        let mut start = sentence;
        while start < at && (text.tokens[start].sort == Sort::Comma || text.tokens[start].is_end())
        {
            start += 1;
        }
        // Quotation marks around the whole clause.
        let end = trimmed(text, start, at);
        if end < start + 3 {
            return None;
        }
        if text.is_sort(start, Sort::Open) && text.tokens[start].pair == Some(end - 1) {
            return Some(Content {
                start: start + 1,
                end: trimmed(text, start + 1, end - 1),
                kind: Kind::Direct,
                after: at,
            });
        }
        let quoted = text.tokens[start..end].iter().any(|token| {
            token.sort == Sort::Open
                && token
                    .pair
                    .is_some_and(|close| close > start + 2 && close < end)
        });
        Some(Content {
            start,
            end,
            kind: if quoted { Kind::Mixed } else { Kind::Indirect },
            after: at,
        })
    }
}

/// Verbs whose imperfect without a subject names nobody: «يذكر أن», «يعتقد أن».
fn is_impersonal(verb: &Verb) -> bool {
    matches!(
        verb.lemma,
        "ذكر"
            | "أشار"
            | "اعتقد"
            | "توقع"
            | "ظن"
            | "خشي"
            | "عد"
            | "لاحظ"
            | "زعم"
            | "قال"
            | "رجح"
            | "لفت"
            | "افترض"
            | "قدر"
            | "روى"
            | "حكى"
            | "بين"
            | "أبان"
            | "وعد"
            | "كشف"
    )
}
