//! How a noun phrase goes on: by و, by a preposition alone or written to the
//! noun, or by an apposition after a comma.

use super::{Bound, Parser, State, is_finite};
use crate::{
    flags::Flags,
    tokens::{Sort, Token},
};

impl Parser<'_, '_> {
    /// A word with و: another member, or the second half of a body's name.
    pub(super) fn joined(&self, at: usize, state: State, limit: usize) -> Option<(usize, State)> {
        let text = self.text;
        let token = &text.tokens[at];
        if !token.verbs.is_empty() && !token.is(Flags::SPEAKER)
            || token.is(Flags::ADJUNCT | Flags::CONNECTOR)
        {
            return None;
        }
        if let Some((count, ..)) = text.phrase(at, Flags::STATE | Flags::CAPITAL) {
            return Some((count, State::Chain { open: false }));
        }
        match state {
            State::Begin => None,
            State::Chain { .. } => {
                let second = token.definite && token.attached.is_none()
                    || token.is(Flags::SPEAKER)
                    || token.is_verbal_noun() && text.tokens[at - 1].attached.is_none();
                second.then_some((
                    1,
                    State::Chain {
                        open: !token.definite,
                    },
                ))
            }
            State::Name { .. } => {
                if token.is(Flags::GIVEN) || (self.is_surname)(&token.key) {
                    return Some((1, State::Name { words: 1 }));
                }
                (token.is(Flags::SPEAKER) && at + 1 < limit).then_some((
                    1,
                    State::Chain {
                        open: !token.definite,
                    },
                ))
            }
        }
    }

    /// «في منظمة …», «لدى الأمم المتحدة», «بن»: what goes on after a word that stands alone.
    pub(super) fn preposition(
        &self,
        at: usize,
        state: State,
        head: usize,
    ) -> Option<(usize, State)> {
        let text = self.text;
        let State::Chain { open } = state else {
            return None;
        };
        let of_many = text.key(at) == "من" && text.flags(at - 1).any(Flags::QUANTIFIER);
        if open && !of_many && !(text.key(at) == "في" && text.flags(at - 1).any(Flags::OFFICE)) {
            return None;
        }
        let of_office = text
            .flags(head)
            .any(Flags::OFFICE | Flags::MANY | Flags::BODY | Flags::QUANTIFIER);
        let next = text.get(at + 1)?;
        let place = text
            .phrase(at + 1, Flags::STATE | Flags::CAPITAL | Flags::PLACE)
            .is_some();
        let goes_on = match text.key(at) {
            "في" => {
                next.is(Flags::BODY | Flags::NAMED | Flags::PROPER) && !next.is(Flags::OCCASION)
                    || place
                        && self.bound == Bound::Marker
                        && text.flags(head).any(Flags::OFFICE | Flags::MANY)
                    || self.bound == Bound::Marker
                        && text.flags(head).any(Flags::OFFICE)
                        && self.name_after(at + 1)
            }
            "لدي" => true,
            "عن" => {
                next.is(Flags::PROPER | Flags::BODY | Flags::NAMED)
                    && text.flags(head).any(Flags::OFFICE)
            }
            "من" => text.flags(head).any(Flags::MANY | Flags::QUANTIFIER),
            _ => false,
        };
        (of_office && goes_on).then_some((1, State::Chain { open: true }))
    }

    /// «القنصل العام في لوس أنجلوس فيصل السديري»: a known name soon after an unknown place.
    fn name_after(&self, at: usize) -> bool {
        let text = self.text;
        let plain = |token: &Token| {
            token.is_word()
                && !token.is(Flags::OCCASION | Flags::ADJUNCT | Flags::THAT)
                && !token.is_verbal_noun()
        };
        text.get(at).is_some_and(plain)
            && (at + 1..at + 5)
                .take_while(|at| text.get(*at).is_some_and(plain))
                .any(|at| text.flags(at).any(Flags::GIVEN))
    }

    /// «لوكالة», «للأمم», «باسم», «بالشؤون»: with a preposition written to it.
    pub(super) fn attached(
        &self,
        at: usize,
        letter: char,
        state: State,
        head: usize,
    ) -> Option<(usize, State)> {
        let text = self.text;
        let token = &text.tokens[at];
        let body = token.is(Flags::BODY
            | Flags::NAMED
            | Flags::STATE
            | Flags::CAPITAL
            | Flags::PLACE
            | Flags::PROPER
            | Flags::OFFICE);
        if self.barrier == Some(letter)
            && token.stem() != "اسم"
            && !token.is(Flags::BODY | Flags::NAMED)
        {
            return None;
        }
        let next = State::Chain {
            open: !token.definite,
        };
        match state {
            State::Chain { open: false } => {
                let office = text
                    .flags(head)
                    .any(Flags::OFFICE | Flags::BODY | Flags::MANY | Flags::NAMED);
                let goes_on = match letter {
                    'ب' => {
                        token.stem() == "اسم"
                            || body
                            || token.definite && self.bound == Bound::Marker
                    }
                    'ل' => {
                        body || token.definite
                            || self.bound == Bound::Marker
                            || text.flags(head).any(Flags::OFFICE)
                    }
                    _ => false,
                };
                (office && goes_on).then_some((1, next))
            }
            State::Chain { open: true } | State::Name { .. } => None,
            // «وفقا لوزارة …»
            State::Begin => (letter == 'ل').then_some((1, next)),
        }
    }

    /// What stands after a comma and is the same person: from, to, whether it is the name.
    pub(super) fn apposition(
        &self,
        comma: usize,
        limit: usize,
        named: bool,
        office: bool,
    ) -> Option<(usize, usize, bool)> {
        let text = self.text;
        let first = text.get(comma + 1)?;
        if !first.is_word()
            || first.joined
            || first.is(Flags::ADJUNCT | Flags::CONNECTOR | Flags::WEEKDAY | Flags::NEARDAY)
        {
            return None;
        }
        if !named && office {
            let mut at = comma + 1;
            let mut words = 0;
            while at < limit && words < 6 {
                let token = &text.tokens[at];
                let fits = token.is_word()
                    && !token.joined
                    && (token.is(Flags::GIVEN | Flags::TITLE)
                        || !is_finite(token)
                            && !token.is(Flags::ADJUNCT
                                | Flags::CONNECTOR
                                | Flags::THAT
                                | Flags::RELATIVE
                                | Flags::WEEKDAY
                                | Flags::NEARDAY
                                | Flags::OFFICE
                                | Flags::BODY)
                            && !token.is_verbal_noun()
                            && token.attached.is_none());
                if !fits {
                    break;
                }
                at += self.particle(at, limit);
                words += 1;
            }
            let known = first.is(Flags::GIVEN | Flags::TITLE)
                || self.opens_name(comma + 1)
                || !first.definite;
            let closed = matches!(
                text.get(at).map(|token| token.sort),
                Some(Sort::Comma | Sort::Colon | Sort::Open)
            ) || text
                .flags(at)
                .any(Flags::THAT | Flags::ADJUNCT | Flags::WEEKDAY);
            let mut from = comma + 1;
            while from < at && text.flags(from).any(Flags::TITLE) {
                from += 1;
            }
            return (words >= 2 && known && closed && from < at).then_some((
                from,
                at.min(limit),
                true,
            ));
        }
        if named && first.is(Flags::OFFICE) {
            let end = self.office(comma + 1, limit);
            let closed = matches!(
                text.get(end).map(|token| token.sort),
                Some(Sort::Comma | Sort::Colon | Sort::Open)
            ) || text
                .flags(end)
                .any(Flags::THAT | Flags::ADJUNCT | Flags::WEEKDAY);
            return (end > comma + 1 && closed).then_some((comma + 1, end, false));
        }
        None
    }

    /// «الولايات المتحدة، والمملكة المتحدة»: another member after a comma.
    pub(super) fn joins_after_comma(&self, comma: usize, limit: usize) -> bool {
        self.text.get(comma + 1).is_some_and(|next| {
            comma + 1 < limit
                && next.joined
                && (next.is(Flags::BODY | Flags::STATE | Flags::PROPER)
                    || next.is(Flags::MINISTRY) && next.definite
                    || self.text.phrase(comma + 1, Flags::STATE).is_some())
                && next.verbs.is_empty()
        })
    }

    /// Where the office that begins at `at` ends.
    pub(super) fn office(&self, at: usize, limit: usize) -> usize {
        let mut end = at;
        let mut state = State::Begin;
        while end < limit {
            let step = match self.text.tokens[end].sort {
                Sort::Word => self.word(end, state, limit, at),
                Sort::Open => self.quoted(end, state),
                Sort::OpenBracket => self.text.tokens[end]
                    .pair
                    .filter(|close| *close < end + 14)
                    .map(|close| (close + 1 - end, state)),
                _ => None,
            };
            match step {
                Some((count, next @ State::Chain { .. })) => {
                    state = next;
                    end += count;
                }
                _ => break,
            }
        }
        end.min(limit)
    }
}
