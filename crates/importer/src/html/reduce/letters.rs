//! What the letters of a block of an Arabic article tell: Persian ones are put
//! right where the block is Arabic, and left alone where it is Persian, Urdu or
//! Sorani, which it is then marked as; a block in Latin letters is marked so,
//! whatever its language is, and reads from left to right.

use arabic::{
    bidi::{Direction, direction},
    language::{Language, language},
};
use editorial::{BlockKind, Mark, Run, body::ListItem};

/// The language of a block of which only the letters are known (BCP 47); in
/// the making also of one that says no more than that it reads from left to
/// right, until its letters are looked at.
pub(super) const LATIN: &str = "und-Latn";

/// Puts the letters of one block right, or names its language. Returns how
/// many were put right.
pub(super) fn settle(lang: &mut Option<String>, kind: &mut BlockKind) -> usize {
    if lang.as_deref().is_none_or(|lang| lang == LATIN) {
        let is_latin = if lang.take().is_some() {
            is_mostly_latin(kind)
        } else {
            is_all_latin(kind)
        };
        if is_latin {
            *lang = Some(LATIN.to_owned());
            return 0;
        }
    }
    let marked_arabic = lang.as_deref().is_some_and(is_arabic);
    if lang.is_some() && !marked_arabic {
        return 0;
    }
    let mut seen = false;
    each_text(kind, &mut |text, marks| {
        seen |= !foreign(marks) && text.contains(not_arabic)
    });
    if !seen {
        return 0;
    }
    let mut whole = String::new();
    each_text(kind, &mut |text, marks| {
        if !foreign(marks) {
            whole.push_str(text);
            whole.push(' ');
        }
    });
    let found = language(&whole);
    if marked_arabic || found == Some(Language::Arabic) {
        let mut repaired = 0;
        each_text(kind, &mut |text, marks| {
            if !foreign(marks) {
                repaired += put_right(text);
            }
        });
        return repaired;
    }
    *lang = found.map(|found| found.tag().to_owned());
    0
}

/// Whether a block of running text has Latin letters and no others.
fn is_all_latin(kind: &mut BlockKind) -> bool {
    let is_running = matches!(
        kind,
        BlockKind::Paragraph { .. }
            | BlockKind::Heading { .. }
            | BlockKind::List { .. }
            | BlockKind::Quotation { .. }
    );
    let (mut any, mut all) = (false, is_running);
    if is_running {
        each_text(kind, &mut |text, _| {
            let mut letters = text.chars().filter(|c| c.is_alphabetic());
            // Nearly every block ends at its first letter.
            all = all
                && letters.all(|c| {
                    any = true;
                    is_latin(c)
                });
        });
    }
    any && all
}

/// Whether most letters of a block are of those that read from left to right.
fn is_mostly_latin(kind: &mut BlockKind) -> bool {
    let mut whole = String::new();
    each_text(kind, &mut |text, _| {
        whole.push_str(text);
        whole.push(' ');
    });
    direction(&whole) == Direction::Ltr
}

fn is_latin(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'A'..='Z' | '\u{AA}' | '\u{BA}' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Puts Persian letters of an Arabic text right. Returns how many there were.
pub(in crate::html) fn put_right(text: &mut String) -> usize {
    let count = text.matches(['ک', 'ی']).count();
    if count > 0 {
        *text = text.replace('ک', "ك").replace('ی', "ي");
    }
    count
}

/// Whether a letter is one of Persian, Urdu or Sorani that Arabic has not.
fn not_arabic(c: char) -> bool {
    matches!(
        c,
        'ک' | 'ی'
            | 'پ'
            | 'چ'
            | 'ژ'
            | 'گ'
            | 'ٹ'
            | 'ڈ'
            | 'ڑ'
            | 'ں'
            | 'ے'
            | 'ہ'
            | 'ە'
            | 'ێ'
            | 'ڕ'
            | 'ڵ'
            | 'ۆ'
    )
}

fn is_arabic(lang: &str) -> bool {
    lang.split('-')
        .next()
        .is_some_and(|main| main.eq_ignore_ascii_case("ar"))
}

fn foreign(marks: &[Mark]) -> bool {
    marks
        .iter()
        .any(|mark| matches!(mark, Mark::Language { lang } if !is_arabic(lang)))
}

/// Shows every text of a block with its marks.
fn each_text(kind: &mut BlockKind, see: &mut dyn FnMut(&mut String, &[Mark])) {
    let mut runs_of = |runs: &mut Vec<Run>| {
        for run in runs {
            see(&mut run.text, &run.marks);
        }
    };
    match kind {
        BlockKind::Paragraph { runs } | BlockKind::Heading { runs, .. } => runs_of(runs),
        BlockKind::List { items, .. } => each_item(items, &mut runs_of),
        BlockKind::Quotation { paragraphs, source } => {
            paragraphs.iter_mut().for_each(&mut runs_of);
            source.iter_mut().for_each(|text| see(text, &[]));
        }
        BlockKind::Image(image) => {
            see(&mut image.alt, &[]);
            image.caption.iter_mut().for_each(|text| see(text, &[]));
        }
        BlockKind::Gallery { images } => {
            for image in images {
                see(&mut image.alt, &[]);
                image.caption.iter_mut().for_each(|text| see(text, &[]));
            }
        }
        BlockKind::Table { rows, caption, .. } => {
            rows.iter_mut().flatten().for_each(&mut runs_of);
            caption.iter_mut().for_each(|text| see(text, &[]));
        }
        BlockKind::Embed { title, .. } => title.iter_mut().for_each(|text| see(text, &[])),
        BlockKind::Separator => {}
    }
}

fn each_item(items: &mut [ListItem], runs_of: &mut dyn FnMut(&mut Vec<Run>)) {
    for item in items {
        runs_of(&mut item.runs);
        each_item(&mut item.items, runs_of);
    }
}
