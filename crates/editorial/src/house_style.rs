//! What the house style would write otherwise in an article. It points and
//! suggests; it never changes anything, and nothing waits for it.
//!
//! The rules of language are [`arabic::house`]; here they are asked of each part
//! that is in Arabic, and of nothing that is marked as another language.

use std::ops::Range;

use arabic::{
    house::{self, Rule},
    language::{self, Language},
    letters::{is_control, is_mark},
};

use crate::{Block, BlockId, BlockKind, Content, Mark, Run, body::ListItem, working_copy::Part};

/// The most findings that are told.
pub const FINDINGS_MAX: usize = 100;
/// Letters of a headline from which it is told as long.
pub const HEADLINE_LETTERS: usize = 90;
/// Letters of a kicker from which it is told as long.
pub const KICKER_LETTERS: usize = 40;
/// Letters of a standfirst from which it is told as long.
pub const STANDFIRST_LETTERS: usize = 300;
/// Code points that are told on either side of what was found.
const AROUND: usize = 24;

/// What the house would write otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The part it stands in.
    pub part: Part,
    /// The block, where the part is the body.
    pub block: Option<BlockId>,
    /// Where: code points of the part, or of the block's plain text.
    pub place: Range<usize>,
    /// Why.
    pub why: Why,
    /// Some letters before it.
    pub before: String,
    /// What is written there.
    pub words: String,
    /// Some letters behind it.
    pub after: String,
    /// What the house would write; none where only the writer knows.
    pub suggestion: Option<String>,
}

/// Why something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A rule of the language.
    Rule(Rule),
    /// A part has more letters than the house likes: how many it has.
    Long(usize),
}

impl Why {
    /// Its name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.name(),
            Self::Long(_) => "long",
        }
    }
}

/// Letters as readers count them: without vowel signs, accents and controls.
///
/// «سُوريا» has five.
pub fn letters(text: &str) -> usize {
    let counts = |c: &char| {
        !is_mark(*c) && !is_control(*c) && !c.is_control() && !matches!(c, '\u{300}'..='\u{36F}')
    };
    text.chars().filter(counts).count()
}

/// The letters of a part from which it is told as long; none where no length is.
pub const fn most_letters(part: Part) -> Option<usize> {
    match part {
        Part::Headline => Some(HEADLINE_LETTERS),
        Part::Kicker => Some(KICKER_LETTERS),
        Part::Standfirst => Some(STANDFIRST_LETTERS),
        _ => None,
    }
}

/// What is found in an article, by its parts; at most [`FINDINGS_MAX`].
pub fn check(content: &Content) -> Vec<Finding> {
    let parts = [
        (Part::Kicker, &content.kicker),
        (Part::Headline, &content.headline),
        (Part::Standfirst, &content.standfirst),
    ];
    let mut findings = Vec::new();
    for (part, text) in parts {
        let count = letters(text);
        if most_letters(part).is_some_and(|most| count > most) {
            findings.push(Finding {
                part,
                block: None,
                place: 0..text.chars().count(),
                why: Why::Long(count),
                before: String::new(),
                words: String::new(),
                after: String::new(),
                suggestion: None,
            });
        }
    }
    if !is_arabic(&content.language) {
        return findings;
    }
    for (part, text) in parts {
        look(part, None, text, 0, &mut findings);
    }
    for block in &content.body.blocks {
        if findings.len() >= FINDINGS_MAX {
            break;
        }
        if block.lang.as_deref().is_none_or(is_arabic) {
            look_in_block(block, &mut findings);
        }
    }
    findings.truncate(FINDINGS_MAX);
    findings
}

fn is_arabic(language: &str) -> bool {
    language == "ar" || language.starts_with("ar-")
}

fn look(
    part: Part,
    block: Option<BlockId>,
    text: &str,
    offset: usize,
    findings: &mut Vec<Finding>,
) {
    // Persian, Urdu and Sorani have their own letters, marked or not.
    if language::language(text).is_some_and(|own| own != Language::Arabic) {
        return;
    }
    let is_headline = matches!(part, Part::Headline | Part::Kicker);
    let found = house::check(text, is_headline);
    if found.is_empty() {
        return;
    }
    let letters: Vec<char> = text.chars().collect();
    findings.extend(found.into_iter().map(|one| {
        let before = one.place.start.saturating_sub(AROUND)..one.place.start;
        let after = one.place.end..(one.place.end + AROUND).min(letters.len());
        Finding {
            part,
            block,
            place: one.place.start + offset..one.place.end + offset,
            why: Why::Rule(one.rule),
            before: ends_of(&letters[before], one.place.start > AROUND, true),
            words: one.words,
            after: ends_of(
                &letters[after],
                one.place.end + AROUND < letters.len(),
                false,
            ),
            suggestion: one.suggestion,
        }
    }));
}

/// What stands around something, without a word that is cut at its far end.
fn ends_of(letters: &[char], is_cut: bool, at_start: bool) -> String {
    let mut around = letters.split(|c| *c == ' ');
    if is_cut && letters.contains(&' ') {
        if at_start {
            around.next();
        } else {
            around.next_back();
        }
        let words: Vec<String> = around.map(|word| word.iter().collect()).collect();
        let words = words.join(" ");
        return if at_start {
            format!("… {words}")
        } else {
            format!("{words} …")
        };
    }
    letters.iter().collect()
}

/// The lines of a block, as they stand in its plain text.
fn look_in_block(block: &Block, findings: &mut Vec<Finding>) {
    let mut lines = Vec::new();
    match &block.kind {
        BlockKind::Paragraph { runs } | BlockKind::Heading { runs, .. } => lines.push(line(runs)),
        BlockKind::List { items, .. } => items_of(items, &mut lines),
        BlockKind::Quotation { paragraphs, .. } => {
            lines.extend(paragraphs.iter().map(|runs| line(runs)));
        }
        BlockKind::Image(image) => lines.extend(image.caption.clone()),
        BlockKind::Gallery { images } => {
            lines.extend(images.iter().filter_map(|image| image.caption.clone()));
        }
        BlockKind::Table { rows, .. } => lines.extend(rows.iter().flatten().map(|runs| line(runs))),
        BlockKind::Embed { title, .. } => lines.extend(title.clone()),
        BlockKind::Separator => {}
    }
    let mut offset = 0;
    for text in lines {
        // Each has a line break behind it.
        let next = offset + text.chars().count() + 1;
        look(Part::Body, Some(block.id), &text, offset, findings);
        offset = next;
    }
}

fn items_of(items: &[ListItem], lines: &mut Vec<String>) {
    for item in items {
        lines.push(line(&item.runs));
        items_of(&item.items, lines);
    }
}

/// Runs as one text, in which words of another language are signs that no rule
/// is about.
fn line(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        let is_foreign = run.marks.iter().any(|mark| match mark {
            Mark::Language { lang } => !is_arabic(lang),
            _ => false,
        });
        if is_foreign {
            text.extend(run.text.chars().map(|_| '\u{FFFC}'));
        } else {
            text.push_str(&run.text);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Body, comment::Commenting, notation};

    fn content(headline: &str, body: &str) -> Content {
        Content {
            kicker: String::new(),
            headline: headline.to_owned(),
            standfirst: String::new(),
            dateline: String::new(),
            agency: String::new(),
            language: "ar".to_owned(),
            slug: String::new(),
            section: None,
            authors: Vec::new(),
            tags: Vec::new(),
            lead: None,
            commenting: Commenting::default(),
            body: notation::read(body, &Body::default(), BlockId(0)).expect("readable"),
        }
    }

    #[test]
    fn what_is_found_says_where() {
        let content = content("سوريــة اليوم", "نص سليم.\n\n- بند\n- ذهب الى حلب");
        let findings = check(&content);
        let [first, second] = &findings[..] else {
            panic!("{findings:?}");
        };
        assert_eq!((first.part, first.block), (Part::Headline, None));
        assert_eq!(first.suggestion.as_deref(), Some("سورية"));
        assert_eq!(second.part, Part::Body);
        let list = &content.body.blocks[1];
        assert_eq!(second.block, Some(list.id));
        let plain: Vec<char> = list.kind.plain_text().chars().collect();
        let there: String = plain[second.place.clone()].iter().collect();
        assert_eq!((there.as_str(), second.words.as_str()), ("الى", "الى"));
        assert_eq!(
            (second.before.as_str(), second.after.as_str()),
            ("ذهب ", " حلب")
        );
    }

    #[test]
    fn another_language_is_left_alone() {
        let foreign = content(
            "گفت که این الى",
            "قال [الى، یک]{fa} نعم.\n\nاین خبر را گفت که الى",
        );
        assert_eq!(check(&foreign), []);
        for language in ["fa", "ckb", "ur", "en"] {
            let content = Content {
                language: language.to_owned(),
                ..content("ذهب الى حلب", "ذهب الى حلب  ،ثم عاد")
            };
            assert_eq!(check(&content), [], "{language}");
        }
    }

    #[test]
    fn letters_are_counted_as_readers_count_them() {
        assert_eq!(letters("سُورِيّا"), 5);
        assert_eq!(letters("می\u{200c}روم"), 5);
        let long = content(&"ك".repeat(HEADLINE_LETTERS + 1), "");
        assert_eq!(check(&long)[0].why, Why::Long(91));
        assert_eq!(check(&content(&"كَ".repeat(HEADLINE_LETTERS), "")), []);
    }

    #[test]
    fn there_is_an_end_to_what_is_told() {
        let many = content("", &"ذهب الى حلب\n\n".repeat(500));
        assert_eq!(check(&many).len(), FINDINGS_MAX);
    }
}
