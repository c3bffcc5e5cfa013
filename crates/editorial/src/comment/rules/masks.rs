//! Insults of which little more is left than signs: «ش****ة», «ابن الق***»,
//! «ك* ام», `sh***ta`.

use std::ops::Range;

use arabic::disguise::Seen;

use super::list::{Kind, WordList};

/// Signs in a row from which they stand for the most of a word.
const MASKS_MIN: usize = 2;

/// The bytes of such words in `seen`.
pub(super) fn held(seen: &Seen, list: &WordList) -> Vec<Range<usize>> {
    let mut held = Vec::new();
    for at in 0..seen.words() {
        let is_mask = |sign: &char| {
            matches!(
                sign,
                '*' | '#' | '@' | '%' | '$' | '٭' | '×' | '•' | '●' | '_'
            )
        };
        // «كوس omak»
        let (word, next) = (
            seen.word(at).unwrap_or_default(),
            seen.word(at + 1).unwrap_or_default(),
        );
        let is_kin = ["om", "em", "mok", "okht", "ukht", "o5t", "yemmak"];
        if matches!(word, "كس" | "كوس" | "كص" | "كسم")
            && is_kin.iter().any(|kin| next.starts_with(kin))
        {
            held.extend(seen.bytes(at));
            continue;
        }
        let masks = seen.signs_after(at).take_while(is_mask).count();
        if masks == 0 {
            continue;
        }
        let mut rest = seen.signs_after(at).skip(masks);
        let starts = seen.word(at).unwrap_or_default();
        let next = seen.word(at + 1).unwrap_or_default();
        let joins = rest.next().is_none() && !next.is_empty();
        if !joins && starts == "ك" && ["ام", "اخت", "امك"].iter().any(|who| next.starts_with(who))
        {
            held.extend(seen.bytes(at));
            continue;
        }
        let is_called = at
            .checked_sub(1)
            .and_then(|before| list.context(seen.word(before)?))
            .is_some_and(|context| matches!(context, Kind::You | Kind::Child | Kind::Person));
        let ends = if joins { next } else { "" };
        if masks < MASKS_MIN {
            continue;
        }
        let is_hiding = |starts: &str| {
            let seen = starts.chars().count() + ends.chars().count();
            !starts.is_empty() && (seen > 1 || is_called) && list.has_slur_like(starts, ends, seen)
        };
        if is_hiding(starts) || starts.strip_prefix("ال").is_some_and(is_hiding) {
            held.extend(seen.bytes(at));
        }
    }
    held
}
