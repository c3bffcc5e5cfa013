//! Persian letters in a block of an Arabic article: put right where the block
//! is Arabic, left alone where it is Persian, Urdu or Sorani, which it is then
//! marked as.

use arabic::language::{Language, language};
use editorial::{BlockKind, Mark, Run, body::ListItem};

/// Puts the letters of one block right, or names its language. Returns how
/// many were put right.
pub(super) fn settle(lang: &mut Option<String>, kind: &mut BlockKind) -> usize {
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
