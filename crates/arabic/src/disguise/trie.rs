//! The forms that are looked for, letter by letter.

use super::Seen;

/// Stands for the gap between two words of a phrase.
pub(super) const GAP: char = ' ';

/// What may follow a form within the same word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Endings {
    /// Nothing.
    #[default]
    Bare,
    /// What adjectives take: «ـة», «ـين», «ـون», «ـات».
    Adjective,
    /// What nouns take: «ـك», «ـكم», «ـها», «ـنا», «ـي», «ـات» …
    Noun,
    /// For forms so short that more would make other words of them: «ـك», «ـكم»
    /// behind, and before them only «ال» and «يا».
    Short,
    /// What phrases take: «لعنة الله عليك» is also said to several.
    Phrase,
}

impl Endings {
    /// The endings, behind a form whose last letter is `last`.
    pub(super) const fn of(self, last: char) -> &'static [&'static str] {
        match self {
            Self::Bare => &[],
            Self::Adjective => &["ه", "ين", "ون", "ات", "ا", "ان"],
            Self::Noun => &[
                "ك", "كم", "كو", "ه", "ها", "هم", "هن", "نا", "ي", "ين", "ات", "ا", "و",
            ],
            Self::Short => &["ك", "كم", "كو"],
            Self::Phrase if last == 'ك' => &["م", "ي", "و", "ن"],
            Self::Phrase => &["ه", "ين", "ات"],
        }
    }
}

/// A form that ends at a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub id: u32,
    pub endings: Endings,
    /// Written with the «ت» that «ة» becomes before an ending, which must follow.
    pub needs_ending: bool,
    /// Words of it.
    pub words: u8,
}

#[derive(Clone, Debug, Default)]
struct Node {
    next: Vec<(char, u32)>,
    end: Option<End>,
}

/// All forms in Arabic letters.
#[derive(Clone, Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

impl Default for Trie {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
        }
    }
}

impl Trie {
    /// Where every form begins.
    pub(super) const ROOT: u32 = 0;

    /// Adds the form `seen`; the first one of two that are spelled alike stays.
    pub(super) fn add(&mut self, seen: &Seen, id: u32, endings: Endings) {
        let mut letters = Vec::new();
        for number in 0..seen.words() {
            if number > 0 {
                letters.push(GAP);
            }
            letters.extend(seen.word(number).unwrap_or_default().chars());
        }
        let Some(last) = letters.last().copied() else {
            return;
        };
        let end = End {
            id,
            endings,
            needs_ending: false,
            words: u8::try_from(seen.words()).unwrap_or(u8::MAX),
        };
        self.insert(&letters, end);
        if last == 'ه' && endings == Endings::Noun && letters.len() > 3 {
            letters.pop();
            letters.push('ت');
            let needs_ending = true;
            self.insert(
                &letters,
                End {
                    needs_ending,
                    ..end
                },
            );
        }
    }

    fn insert(&mut self, letters: &[char], end: End) {
        let mut node = Self::ROOT;
        for c in letters {
            node = if let Some(next) = self.step(node, *c) {
                next
            } else {
                let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
                self.nodes.push(Node::default());
                self.nodes[node as usize].next.push((*c, next));
                next
            };
        }
        let place = &mut self.nodes[node as usize].end;
        if place.is_none_or(|there| there.needs_ending && !end.needs_ending) {
            *place = Some(end);
        }
    }

    pub(super) fn step(&self, node: u32, c: char) -> Option<u32> {
        let next = self.nodes[node as usize].next.iter();
        next.clone()
            .find(|(letter, _)| *letter == c)
            .map(|(_, node)| *node)
    }

    pub(super) fn next(&self, node: u32) -> &[(char, u32)] {
        &self.nodes[node as usize].next
    }

    pub(super) fn end(&self, node: u32) -> Option<End> {
        self.nodes[node as usize].end
    }
}
