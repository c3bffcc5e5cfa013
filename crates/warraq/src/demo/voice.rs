//! One article being worded: what it has drawn, who speaks in it, and when.

use std::fmt::Write as _;

use arabic::months::{MonthSet, month, weekday};
use jiff::{ToSpan as _, civil::Date};

use super::{
    chance::Chance,
    coin,
    grammar::{Entry, Grammar, ListId, Piece, Word},
};

/// Draws from a grammar for one article.
pub(super) struct Voice<'g> {
    grammar: &'g Grammar,
    pub(super) chance: Chance,
    /// The day of publication where the paper is.
    day: Date,
    /// What each list has given: its order in this article, and how many.
    drawn: Vec<Drawn>,
    /// What the lists gave that are drawn once.
    kept: Vec<Option<String>>,
    speaker: Speaker,
}

/// An order through a list in which each entry comes once before any twice.
#[derive(Clone, Copy, Default)]
struct Drawn {
    at: usize,
    step: usize,
    count: usize,
}

/// A person who speaks in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Speaker {
    /// Whether the forms for a woman are due.
    pub(super) woman: bool,
    /// Office and full name.
    pub(super) full: String,
    /// The family name, for when the person is known.
    pub(super) short: String,
    /// Whether the article has named the person before.
    pub(super) known: bool,
}

impl<'g> Voice<'g> {
    pub(super) fn new(grammar: &'g Grammar, chance: Chance, day: Date) -> Self {
        Self {
            grammar,
            chance,
            day,
            drawn: vec![Drawn::default(); grammar.len()],
            kept: vec![None; grammar.len()],
            speaker: Speaker::default(),
        }
    }

    /// Draws from a list into a new text.
    pub(super) fn text(&mut self, list: ListId) -> String {
        let mut out = String::new();
        self.write(list, &mut out);
        out
    }

    /// The text of one entry of a list.
    pub(super) fn text_of(&mut self, list: ListId, at: usize) -> String {
        let mut out = String::new();
        if let Some(entry) = self.grammar.list(list).entries.get(at) {
            self.say(entry, &mut out);
        }
        out
    }

    /// Settles what a list that is drawn once gives.
    pub(super) fn keep(&mut self, list: ListId, text: String) {
        self.kept[list.0] = Some(text);
    }

    /// Draws from a list.
    pub(super) fn write(&mut self, list: ListId, out: &mut String) {
        if self.grammar.list(list).kept {
            if self.kept[list.0].is_none() {
                let text = self.fresh(list);
                self.kept[list.0] = Some(text);
            }
            out.push_str(self.kept[list.0].as_deref().unwrap_or_default());
        } else {
            self.draw(list, out);
        }
    }

    /// Entries of a list that this article has not drawn yet.
    pub(super) fn left(&self, list: ListId) -> usize {
        let entries = self.grammar.list(list).entries.len();
        entries.saturating_sub(self.drawn[list.0].count)
    }

    /// Lets that person speak from now on; returns who spoke before.
    pub(super) fn hand_over(&mut self, speaker: Speaker) -> Speaker {
        std::mem::replace(&mut self.speaker, speaker)
    }

    /// A text for a list that is drawn once, unlike what others of these gave.
    fn fresh(&mut self, list: ListId) -> String {
        let mut text = String::new();
        for _ in 0..8 {
            text.clear();
            self.draw(list, &mut text);
            if !self.kept.iter().flatten().any(|other| *other == text) {
                break;
            }
        }
        text
    }

    fn draw(&mut self, list: ListId, out: &mut String) {
        let entries = &self.grammar.list(list).entries;
        let drawn = &mut self.drawn[list.0];
        if drawn.count == 0 {
            drawn.at = self.chance.below(entries.len());
            drawn.step = 1 + self.chance.below(entries.len());
            while common_divisor(drawn.step, entries.len()) != 1 {
                drawn.step += 1;
            }
        } else {
            drawn.at = (drawn.at + drawn.step) % entries.len();
        }
        drawn.count += 1;
        let entry = &entries[drawn.at];
        self.say(entry, out);
    }

    fn say(&mut self, entry: &Entry, out: &mut String) {
        let woman = entry.woman.as_ref().filter(|_| self.speaker.woman);
        for piece in woman.unwrap_or(&entry.man) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::List(below) => self.write(*below, out),
                Piece::Word(word) => self.word(*word, out),
            }
        }
    }

    fn word(&mut self, word: Word, out: &mut String) {
        let year = i64::from(self.day.year());
        let chance = &mut self.chance;
        let number = match word {
            Word::Few => chance.between(3, 10),
            Word::Many => chance.between(11, 99),
            Word::Lots => chance.between(1, 8) * 100 + chance.between(11, 99),
            Word::Hundreds => chance.between(3, 9) * 100,
            Word::Thousands => chance.between(11, 70),
            Word::Percent => chance.between(2, 48),
            Word::Minute => chance.between(2, 90),
            Word::Degrees => chance.between(11, 46),
            Word::Year => year,
            Word::LastYear => year - 1,
            Word::NextYear => year + 1,
            Word::Code => chance.between(1_000, 99_999),
            Word::OldYear => year - chance.between(3, 40),
            _ => return self.named(word, out),
        };
        // A String takes whatever is written.
        let _ = write!(out, "{number}");
        if word == Word::Thousands {
            out.push_str(" ألف");
        }
    }

    fn named(&mut self, word: Word, out: &mut String) {
        match word {
            Word::Day => {
                let back = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2][self.chance.below(10)];
                out.push_str(weekday(self.moved(-back).weekday()));
            }
            Word::Soon => {
                let ahead = self.chance.between(2, 6);
                out.push_str(weekday(self.moved(ahead).weekday()));
                out.push_str(" المقبل");
            }
            Word::Date => {
                let back = self.chance.between(4, 40);
                full_date(self.moved(-back), out);
            }
            Word::Later => {
                let ahead = self.chance.between(8, 70);
                full_date(self.moved(ahead), out);
            }
            Word::Month => month_names(self.day.month(), out),
            Word::LastMonth => month_names((self.day.month() + 10) % 12 + 1, out),
            Word::NextMonth => month_names(self.day.month() % 12 + 1, out),
            Word::Coined => coin::place(&mut self.chance, out),
            Word::CoinedFamily => coin::family(&mut self.chance, out),
            Word::Speaker => {
                let known = std::mem::replace(&mut self.speaker.known, true);
                out.push_str(if known {
                    &self.speaker.short
                } else {
                    &self.speaker.full
                });
            }
            _ => {}
        }
    }

    fn moved(&self, days: i64) -> Date {
        self.day.saturating_add(days.days())
    }
}

/// «سبتمبر/أيلول», as the sample newspaper writes it.
fn month_names(number: i8, out: &mut String) {
    out.push_str(month(MonthSet::EgyptGulf, number));
    out.push('/');
    out.push_str(month(MonthSet::Levant, number));
}

fn full_date(day: Date, out: &mut String) {
    let _ = write!(out, "{} ", day.day());
    month_names(day.month(), out);
    let _ = write!(out, " {}", day.year());
}

fn common_divisor(one: usize, other: usize) -> usize {
    if other == 0 {
        one
    } else {
        common_divisor(other, one % other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(text: &str, day: Date) -> String {
        let grammar = Grammar::parse("", &format!("[a]\n{text}")).expect("well formed");
        let list = grammar.find("a").expect("a list");
        Voice::new(&grammar, Chance::new(1, 1), day).text(list)
    }

    #[test]
    fn dates_follow_the_day_of_publication() {
        let day = jiff::civil::date(2021, 1, 3);
        assert_eq!(
            say("{month} {last_month} {next_month}", day),
            "يناير/كانون الثاني ديسمبر/كانون الأول فبراير/شباط"
        );
        assert_eq!(say("{year} {last_year} {next_year}", day), "2021 2020 2022");
        let near = ["الأحد", "السبت", "الجمعة"];
        assert!(near.contains(&say("{day}", day).as_str()));
        assert!(
            ["2020", "2021"]
                .iter()
                .any(|year| say("{date}", day).ends_with(year))
        );
    }

    #[test]
    fn each_entry_comes_once_before_any_twice() {
        let grammar = Grammar::parse("", "[a]\n1\n2\n3\n4\n5\n6").expect("well formed");
        let list = grammar.find("a").expect("a list");
        for number in 0..50 {
            let mut voice = Voice::new(
                &grammar,
                Chance::new(1, number),
                jiff::civil::date(2020, 1, 1),
            );
            let mut drawn: Vec<String> = (0..6).map(|_| voice.text(list)).collect();
            assert_eq!(voice.left(list), 0);
            drawn.sort_unstable();
            assert_eq!(drawn, ["1", "2", "3", "4", "5", "6"]);
        }
    }

    #[test]
    fn a_woman_speaks_in_her_forms() {
        let grammar = Grammar::parse("", "[a]\nقال {A}|قالت {A}").expect("well formed");
        let list = grammar.find("a").expect("a list");
        let mut voice = Voice::new(&grammar, Chance::new(1, 1), jiff::civil::date(2020, 1, 1));
        voice.hand_over(Speaker {
            woman: true,
            full: "المديرة هدى القنديلي".to_owned(),
            short: "القنديلي".to_owned(),
            known: false,
        });
        assert_eq!(voice.text(list), "قالت المديرة هدى القنديلي");
        assert_eq!(voice.text(list), "قالت القنديلي");
    }
}
