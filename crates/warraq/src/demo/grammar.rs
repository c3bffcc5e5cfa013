//! The word lists of generated articles, read from `sample/generated/`.
//!
//! A topic's file is read together with `shared.txt`, whose head explains the
//! form; lists of one name are joined. Every name that a line uses has to be a
//! list or a word of the program, so that a slip in a file is found at once.

use std::collections::HashMap;

use anyhow::{Context as _, bail};

/// The lists of one topic.
pub(super) struct Grammar {
    lists: Vec<List>,
    names: HashMap<String, ListId>,
}

/// One of the lists of a grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListId(pub(super) usize);

/// A list of entries to draw from.
pub(super) struct List {
    /// Drawn once for an article and kept.
    pub(super) kept: bool,
    pub(super) entries: Vec<Entry>,
}

/// A line, in the form for a man who speaks and the one for a woman.
pub(super) struct Entry {
    pub(super) man: Vec<Piece>,
    pub(super) woman: Option<Vec<Piece>>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    List(ListId),
    Word(Word),
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What the program draws itself.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Word { $($(#[$doc])* $name,)* }
        impl Word {
            fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

words! {
    /// 3 to 10.
    Few = "n1",
    /// 11 to 99.
    Many = "n2",
    /// 111 to 899, never so that another form of the noun were due.
    Lots = "n3",
    /// Hundreds.
    Hundreds = "h",
    /// Thousands, with their noun.
    Thousands = "k",
    /// 2 to 48.
    Percent = "pct",
    /// A minute of a match.
    Minute = "min",
    /// A temperature.
    Degrees = "deg",
    /// The weekday of publication or one of the two before.
    Day = "day",
    /// A full date in the weeks before.
    Date = "date",
    /// A weekday of the coming week: «الأحد المقبل».
    Soon = "soon",
    /// A full date in the weeks to come.
    Later = "later",
    /// The month of publication.
    Month = "month",
    /// The month before.
    LastMonth = "last_month",
    /// The month after.
    NextMonth = "next_month",
    /// The year of publication.
    Year = "year",
    /// The year before.
    LastYear = "last_year",
    /// The year after.
    NextYear = "next_year",
    /// A year 3 to 40 years back.
    OldYear = "old_year",
    /// The number of a document.
    Code = "code",
    /// A coined name of a place.
    Coined = "coined",
    /// A coined family name.
    CoinedFamily = "coined_family",
    /// Who speaks.
    Speaker = "A",
}

impl Grammar {
    /// Reads the shared lists and those of a topic.
    pub(super) fn parse(shared: &str, topic: &str) -> anyhow::Result<Self> {
        let mut raw: Vec<(String, bool, Vec<&str>)> = Vec::new();
        let mut names = HashMap::new();
        for text in [topic, shared] {
            let mut current = None;
            for line in text.lines().map(str::trim) {
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                if let Some(name) = line
                    .strip_prefix('[')
                    .and_then(|rest| rest.strip_suffix(']'))
                {
                    let bare = name.trim_end_matches('!').to_owned();
                    let at = *names.entry(bare.clone()).or_insert_with(|| {
                        raw.push((bare, name.ends_with('!'), Vec::new()));
                        raw.len() - 1
                    });
                    current = Some(at);
                } else {
                    let at = current.with_context(|| format!("no list before «{line}»"))?;
                    raw[at].2.push(line);
                }
            }
        }
        let mut lists = Vec::with_capacity(raw.len());
        for (name, kept, lines) in raw {
            if lines.is_empty() {
                bail!("the list {name} is empty");
            }
            let entries = lines
                .into_iter()
                .map(|line| entry(line, &names))
                .collect::<anyhow::Result<_>>()
                .with_context(|| format!("the list {name}"))?;
            lists.push(List { kept, entries });
        }
        let names = names
            .into_iter()
            .map(|(name, at)| (name, ListId(at)))
            .collect();
        Ok(Self { lists, names })
    }

    /// The list with that name.
    pub(super) fn find(&self, name: &str) -> anyhow::Result<ListId> {
        self.names
            .get(name)
            .copied()
            .with_context(|| format!("there is no list {name}"))
    }

    /// A list.
    pub(super) fn list(&self, id: ListId) -> &List {
        &self.lists[id.0]
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.lists.len()
    }

    /// Every text that a list can give, where its lines draw from nothing but
    /// lists of such lines.
    pub(super) fn plain(&self, id: ListId) -> Vec<&str> {
        let mut found = Vec::new();
        for entry in &self.list(id).entries {
            match entry.man.as_slice() {
                [Piece::Text(text)] => found.push(text.as_str()),
                [Piece::List(below)] => found.extend(self.plain(*below)),
                _ => {}
            }
        }
        found
    }
}

fn entry(line: &str, names: &HashMap<String, usize>) -> anyhow::Result<Entry> {
    let (man, woman) = match line.split_once('|') {
        Some((man, woman)) => (man, Some(woman)),
        None => (line, None),
    };
    Ok(Entry {
        man: pieces(man, names)?,
        woman: woman.map(|text| pieces(text, names)).transpose()?,
    })
}

fn pieces(text: &str, names: &HashMap<String, usize>) -> anyhow::Result<Vec<Piece>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, behind) = behind
            .split_once('}')
            .with_context(|| format!("a brace stays open in «{text}»"))?;
        if !before.is_empty() {
            found.push(Piece::Text(before.to_owned()));
        }
        let name = name.trim_end_matches('!');
        found.push(match (Word::parse(name), names.get(name)) {
            (Some(word), None) => Piece::Word(word),
            (None, Some(at)) => Piece::List(ListId(*at)),
            (Some(_), Some(_)) => bail!("{{{name}}} is a list and a word of the program"),
            (None, None) => bail!("{{{name}}} in «{text}» is no list"),
        });
        rest = behind;
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest.to_owned()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_one_name_are_joined_and_names_are_checked() {
        let grammar =
            Grammar::parse("[a]\nس\n[b!]\n{a}\n", "[a]\nص {n1}|ض\n").expect("well formed");
        let a = grammar.find("a").expect("a list");
        assert_eq!(grammar.list(a).entries.len(), 2);
        let b = grammar.find("b").expect("a list");
        assert!(grammar.list(b).kept);
        assert_eq!(grammar.plain(b), ["س"]);
        for broken in ["[a]\n{c}", "[a]\n{n1", "س", "[a]"] {
            assert!(Grammar::parse("", broken).is_err(), "{broken}");
        }
    }
}
