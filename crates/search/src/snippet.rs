//! A text with what was found marked: whole, or the part of it that shows most.
//!
//! The pieces are slices of the original text, with its harakat and tatweel.
//! Whole words are marked. A cut stands between words, never inside a grapheme,
//! and a direction control whose partner was cut away is left out, so that a
//! snippet cannot turn the page around it.

use std::{collections::HashSet, ops::Range};

use arabic::search::{Word, words};
use unicode_segmentation::GraphemeCursor;

use crate::{Marks, marks::Sought};

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// The part, as it stands in the text; or "…" where something was cut away.
    pub text: &'t str,
    /// Whether it was found.
    pub marked: bool,
}

/// Bytes of a text that are looked through: the beginning of a very long one.
const BYTES_MAX: usize = 200_000;

/// The pieces of `text`, or of the part of it, of at most `letters` or a little
/// more, that has the most different things that were found.
///
/// For a headline, which is shown whole, `letters` is [`usize::MAX`]. Cut ends
/// are shown by "…". Line ends stay as they are.
pub fn snippet<'t>(text: &'t str, marks: &Marks, letters: usize) -> Vec<Piece<'t>> {
    let looked = &text[..boundary_after(text, text.len().min(BYTES_MAX))];
    let words = words(looked);
    let is_apart = |one: &Word, next: &Word| looked[one.span.end..next.span.start].contains('\n');
    let sought = marks.of_words(&words, is_apart);
    let found: Vec<(Range<usize>, &Sought)> = words
        .iter()
        .zip(&sought)
        .filter_map(|(word, sought)| {
            let range = whole(text, word.span.clone());
            sought.as_ref().map(|sought| (range, sought))
        })
        .collect();
    let part = part(text, &words, &found, letters);
    let mut out = Vec::new();
    if part.start > 0 {
        out.push(ellipsis());
    }
    let dropped = unbalanced(text, &part);
    let mut dropped = dropped.into_iter().peekable();
    let mut at = part.start;
    for (range, _) in &found {
        if range.end <= part.start || range.start >= part.end || range.start < at {
            continue;
        }
        push(&mut out, text, at..range.start, false, &mut dropped);
        push(&mut out, text, range.clone(), true, &mut dropped);
        at = range.end;
    }
    push(&mut out, text, at..part.end, false, &mut dropped);
    if part.end < text.len() {
        out.push(ellipsis());
    }
    out
}

const fn ellipsis() -> Piece<'static> {
    Piece {
        text: "…",
        marked: false,
    }
}

/// Adds a range, without the characters that are dropped.
fn push<'t>(
    out: &mut Vec<Piece<'t>>,
    text: &'t str,
    range: Range<usize>,
    marked: bool,
    dropped: &mut std::iter::Peekable<impl Iterator<Item = usize>>,
) {
    let mut at = range.start;
    while at < range.end {
        let end = dropped.next_if(|drop| *drop < range.end);
        let text = &text[at..end.unwrap_or(range.end)];
        if !text.is_empty() {
            out.push(Piece { text, marked });
        }
        // All controls that are dropped have three bytes.
        at = end.map_or(range.end, |drop| drop + '\u{2066}'.len_utf8());
    }
}

/// The part that is shown: between spaces, around the most of what was found.
fn part(
    text: &str,
    words: &[Word],
    found: &[(Range<usize>, &Sought)],
    letters: usize,
) -> Range<usize> {
    let end = forward(text, 0, letters);
    if end == text.len() {
        return 0..end;
    }
    // A third of the letters leads to what was found.
    let lead = letters / 3;
    let mut best = 0..0;
    let mut most = (0, 0);
    let mut after = 0;
    for (at, (first, _)) in found.iter().enumerate() {
        // Windows that begin at a found word; both ends only move on.
        let reach = forward(text, first.start, letters - lead);
        after = after.max(at);
        while found
            .get(after)
            .is_some_and(|(range, _)| range.end <= reach)
        {
            after += 1;
        }
        let within = &found[at..after];
        let different: HashSet<_> = within.iter().map(|(_, sought)| sought).collect();
        let value = (different.len(), within.len());
        if value > most {
            most = value;
            best = first.start..reach;
        }
    }
    let start = if most.0 == 0 {
        0
    } else {
        space_before(text, backward(text, best.start, lead), best.start)
    };
    let end = forward(text, start, letters);
    // A word that was found is shown whole, even if it alone is longer.
    let least = found
        .iter()
        .find(|(range, _)| range.start >= start)
        .map_or(
            start,
            |(range, _)| if range.start <= end { range.end } else { start },
        );
    start..space_after(text, words, end, least)
}

/// The place `letters` after `at`.
fn forward(text: &str, at: usize, letters: usize) -> usize {
    text[at..]
        .char_indices()
        .nth(letters)
        .map_or(text.len(), |(offset, _)| at + offset)
}

/// The place `letters` before `at`.
fn backward(text: &str, at: usize, letters: usize) -> usize {
    match letters {
        0 => at,
        letters => text[..at]
            .char_indices()
            .rev()
            .nth(letters - 1)
            .map_or(0, |(offset, _)| offset),
    }
}

/// The first beginning of a word behind a space in `from..to`, or `to`.
fn space_before(text: &str, from: usize, to: usize) -> usize {
    if from == 0 {
        return 0;
    }
    text[from..to]
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(offset, c)| from + offset + c.len_utf8())
        .find(|at| is_boundary(text, *at) && !text[*at..].starts_with(char::is_whitespace))
        .unwrap_or(to)
}

/// The last space up to `at`, not before `least`; else the end of the word at
/// `at`.
fn space_after(text: &str, words: &[Word], at: usize, least: usize) -> usize {
    if at == text.len() {
        return at;
    }
    let space = |range: Range<usize>| {
        text[range.clone()]
            .char_indices()
            .rev()
            .filter(|(_, c)| c.is_whitespace())
            .map(|(offset, _)| range.start + offset)
            .find(|at| is_boundary(text, *at))
    };
    let next = at + text[at..].chars().next().map_or(0, char::len_utf8);
    if least < next
        && let Some(space) = space(least..next)
        && space > least
    {
        return space;
    }
    // No space in it all: after the word that stands there.
    let at = least.max(at);
    let after = words.partition_point(|word| word.span.end <= at);
    let end = words
        .get(after)
        .filter(|word| word.span.start < at)
        .map_or(at, |word| word.span.end);
    boundary_after(text, end)
}

/// A word's place, widened to whole graphemes.
fn whole(text: &str, span: Range<usize>) -> Range<usize> {
    boundary_before(text, span.start)..boundary_after(text, span.end)
}

fn is_boundary(text: &str, at: usize) -> bool {
    text.is_char_boundary(at)
        && GraphemeCursor::new(at, text.len(), true)
            .is_boundary(text, 0)
            .unwrap_or(false)
}

/// The first place from `at` on that is between graphemes.
fn boundary_after(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|at| is_boundary(text, *at))
        .unwrap_or(text.len())
}

/// The last place up to `at` that is between graphemes.
fn boundary_before(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|at| is_boundary(text, *at))
        .unwrap_or(0)
}

/// Where in `part` direction controls stand whose partner is not in it, in
/// order (Unicode Standard Annex 9: BD9, BD11).
fn unbalanced(text: &str, part: &Range<usize>) -> Vec<usize> {
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut out = Vec::new();
    for (offset, c) in text[part.clone()].char_indices() {
        let at = part.start + offset;
        match c {
            '\u{2066}'..='\u{2068}' => open.push((at, true)),
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push((at, false)),
            '\u{2069}' => match open.iter().rposition(|(_, is_isolate)| *is_isolate) {
                // An isolate's end ends what was opened within it.
                Some(partner) => out.extend(open.drain(partner..).skip(1).map(|(at, _)| at)),
                None => out.push(at),
            },
            '\u{202C}' => match open.last() {
                Some((_, false)) => {
                    open.pop();
                }
                _ => out.push(at),
            },
            _ => {}
        }
    }
    out.extend(open.into_iter().map(|(at, _)| at));
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::*;

    fn marks(query: &str) -> Marks {
        let mut out = Marks::default();
        for word in words(query) {
            out.stems.insert(word.stem);
        }
        out
    }

    /// The pieces with marked ones in brackets.
    fn shown(text: &str, query: &str, letters: usize) -> String {
        snippet(text, &marks(query), letters)
            .iter()
            .map(|piece| {
                if piece.marked {
                    format!("[{}]", piece.text)
                } else {
                    piece.text.to_owned()
                }
            })
            .collect()
    }

    #[test]
    fn whole_words_are_marked_with_their_marks_and_tatweel() {
        for (text, query, expected) in [
            ("قال وَزِيـرُ الخارجية", "وزير", "قال [وَزِيـرُ] الخارجية"),
            ("في سوريــة.", "سورية", "في [سوريــة]."),
            (
                "«دي\u{200F}ميستورا» قال",
                "ديميستورا",
                "«[دي\u{200F}ميستورا]» قال",
            ),
            ("حلب", "دمشق", "حلب"),
            ("", "حلب", ""),
        ] {
            assert_eq!(shown(text, query, usize::MAX), expected);
        }
    }

    #[test]
    fn the_part_with_the_most_different_words_is_shown() {
        let text =
            "حلب حلب حلب بعيدة عن البحر كثيرا جدا جدا جدا جدا. وفي آخر النص يلتقي قمح سكر معا.";
        assert_eq!(shown(text, "حلب قمح سكر", 30), "…يلتقي [قمح] [سكر] معا.");
        assert_eq!(shown(text, "قطن", 18), "حلب حلب حلب بعيدة…");
    }

    #[test]
    fn a_phrase_is_marked_where_its_words_stand_side_by_side() {
        let mut marks = Marks::default();
        marks
            .phrases
            .push(vec!["مجلس".to_owned(), "الامن".to_owned()]);
        let text = "قوات الأمن في مجلس الأمن\nمجلس\nالأمن";
        let marked: Vec<_> = snippet(text, &marks, usize::MAX)
            .into_iter()
            .filter(|piece| piece.marked)
            .map(|piece| piece.text)
            .collect();
        assert_eq!(marked, ["مجلس", "الأمن"]);
    }

    #[test]
    fn a_control_without_its_partner_is_left_out() {
        let text = "\u{2067}حلب\u{2069} و\u{202E}حمص وكلام طويل بعد ذلك كله\u{202C} \u{2069}";
        assert_eq!(shown(text, "حلب", 12), "\u{2067}[حلب]\u{2069} وحمص…");
    }

    fn is_paired(c: char) -> bool {
        matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    }

    fn any_text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            4 => "[\\u{621}-\\u{64A}]{1,6}",
            2 => Just(" ".to_owned()),
            1 => "[\\u{64B}-\\u{652}\\u{640}\\u{200C}\\u{200D}]{1,3}",
            1 => "[\\u{2066}-\\u{2069}\\u{202A}-\\u{202E}\\u{200E}\\u{200F}]",
            1 => "[a-z0-9\\n.،«»\"]{1,4}",
            1 => Just("👩\u{200D}👧".to_owned()),
            1 => Just("حلب".to_owned()),
            1 => any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn pieces_keep_their_laws(text in any_text(), letters in 0_usize..60) {
            let marks = marks("حلب");
            let pieces = snippet(&text, &marks, letters);
            let own: Vec<_> = pieces
                .iter()
                .filter(|piece| text.as_bytes().as_ptr_range().contains(&piece.text.as_ptr()))
                .collect();
            let places: Vec<Range<usize>> = own
                .iter()
                .map(|piece| {
                    let start = piece.text.as_ptr() as usize - text.as_ptr() as usize;
                    start..start + piece.text.len()
                })
                .collect();
            // In order, and nothing but controls is missing between them.
            for two in places.windows(2) {
                prop_assert!(two[0].end <= two[1].start);
                let between = &text[two[0].end..two[1].start];
                prop_assert!(between.chars().all(is_paired));
            }
            // No cut inside a grapheme.
            let graphemes: HashSet<usize> = text
                .grapheme_indices(true)
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect();
            for place in &places {
                prop_assert!(graphemes.contains(&place.start) && graphemes.contains(&place.end));
            }
            // Every control has its partner.
            let all: String = own.iter().map(|piece| piece.text).collect();
            prop_assert_eq!(unbalanced(&all, &(0..all.len())), Vec::<usize>::new());
            // Both ends stand between words, or in a word longer than all.
            if let (Some(first), Some(last)) = (places.first(), places.last()) {
                for span in words::spans(&text) {
                    for at in [first.start, last.end] {
                        let inside = span.start < at && at < span.end;
                        prop_assert!(!inside, "{at} in {span:?} of {text:?}");
                    }
                }
            }
            // It is about as long as asked.
            prop_assert!(all.chars().count() <= letters + 4 * words::LETTERS_MAX);
        }

        #[test]
        fn shown_whole_nothing_is_lost(text in any_text()) {
            let pieces = snippet(&text, &marks("حلب"), usize::MAX);
            let shown: String = pieces.iter().map(|piece| piece.text).collect();
            let without = |text: &str| text.chars().filter(|c| !is_paired(*c)).collect::<String>();
            prop_assert_eq!(without(&shown), without(&text));
        }
    }
}
