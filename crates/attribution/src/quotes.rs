//! Quotation marks in pairs, as papers write them: straight ones, ”turned“
//! ones, «mixed" ones, ones that close paragraphs later, and ones that never do.

use crate::tokens::{Sort, Token};

/// Paragraphs over which a quotation may run.
const PARAGRAPHS_MAX: usize = 8;

/// Tells opening from closing marks and joins them in pairs; one that is never
/// closed is closed by the end of its paragraph (its pair is the break).
pub(crate) fn pair(tokens: &mut [Token]) {
    let mut open: Vec<usize> = Vec::new();
    // A mark left open by an earlier paragraph, the break that would end it, and how many breaks ago.
    let mut pending: Option<(usize, usize, usize)> = None;
    for at in 0..tokens.len() {
        match tokens[at].sort {
            Sort::Mark => {
                if opens(tokens, at, !open.is_empty() || pending.is_some()) {
                    tokens[at].sort = Sort::Open;
                    if let Some((first, end, _)) = pending
                        && after_colon(tokens, at)
                    {
                        join(tokens, first, end);
                        pending = None;
                    }
                    open.push(at);
                } else {
                    tokens[at].sort = Sort::Close;
                    if let Some(first) = open.pop() {
                        join(tokens, first, at);
                    } else if let Some((first, _, _)) = pending.take() {
                        join(tokens, first, at);
                    }
                }
            }
            Sort::Break => {
                if let Some((first, end, breaks)) = pending {
                    if breaks >= PARAGRAPHS_MAX {
                        join(tokens, first, end);
                        pending = None;
                    } else {
                        pending = Some((first, end, breaks + 1));
                    }
                }
                if pending.is_none()
                    && let Some(&first) = open.first()
                {
                    pending = Some((first, at, 1));
                } else if let Some(&first) = open.first() {
                    join(tokens, first, at);
                }
                open.clear();
            }
            _ => {}
        }
    }
    if let Some((first, end, _)) = pending {
        join(tokens, first, end);
    }
    if let Some(&first) = open.first()
        && let Some(last) = tokens.len().checked_sub(1)
        && first < last
    {
        join(tokens, first, last);
    }
    depths(tokens);
}

fn join(tokens: &mut [Token], first: usize, last: usize) {
    tokens[first].pair = Some(last);
    if tokens[last].sort == Sort::Close {
        tokens[last].pair = Some(first);
    }
}

/// How many pairs stand around each token; the marks themselves count with their inside.
fn depths(tokens: &mut [Token]) {
    let mut ends: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter_mut().enumerate() {
        while ends.last().is_some_and(|&end| end < at) {
            ends.pop();
        }
        if token.sort == Sort::Open
            && let Some(end) = token.pair
        {
            // A pair that does not lie within the one around it ends with that.
            let end = ends.last().map_or(end, |&around| around.min(end));
            ends.push(end);
        }
        let inside = ends.iter().rev().take(9).count();
        token.depth = u8::try_from(inside).unwrap_or(9);
        if ends.last() == Some(&at) && token.sort == Sort::Break {
            token.depth = 0;
        }
    }
}

fn opens(tokens: &[Token], at: usize, is_open: bool) -> bool {
    let token = &tokens[at];
    let touches_before =
        at > 0 && tokens[at - 1].end == token.start && tokens[at - 1].sort != Sort::Break;
    let touches_after = tokens
        .get(at + 1)
        .is_some_and(|next| next.start == token.end && next.sort != Sort::Break);
    let before = at.checked_sub(1).map(|before| tokens[before].sort);
    let after = tokens.get(at + 1).map(|after| after.sort);
    if after_colon(tokens, at)
        && !matches!(after, None | Some(Sort::Break | Sort::Stop))
        && !(is_open && touches_before && !touches_after)
    {
        return true;
    }
    if touches_before && matches!(before, Some(Sort::OpenBracket | Sort::Open)) {
        return true;
    }
    match (touches_before, touches_after) {
        (false, true) => {
            !matches!(
                after,
                Some(Sort::Stop | Sort::Comma | Sort::CloseBracket | Sort::Break)
            ) || !is_open
        }
        (true, false) => !is_open && matches!(before, Some(Sort::Comma | Sort::Colon)),
        (false, false) => !is_open,
        (true, true) => {
            let clitic = tokens[at - 1].is_word() && tokens[at - 1].key.chars().count() <= 1;
            if matches!(
                after,
                Some(Sort::Stop | Sort::Comma | Sort::CloseBracket | Sort::Mark | Sort::Other)
            ) {
                return !is_open;
            }
            clitic || !is_open || matches!(before, Some(Sort::Colon | Sort::Comma))
        }
    }
}

fn after_colon(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1].sort == Sort::Colon
}

#[cfg(test)]
mod tests {
    use crate::tokens::{Sort, Text};

    #[test]
    fn odd_marks_are_paired() {
        for (text, inside) in [
            ("قال: \"نعم\".", "\"نعم\""),
            ("قال «الملف \".", "«الملف \""),
            ("قال ”نعم“ ثم", "”نعم“"),
            ("قال: «لن نقبل.\nولن نفرج» ثم", "«لن نقبل.\nولن نفرج»"),
            ("قال: «نعم.\nوقال: «لا».", "«نعم."),
            ("قال: \"الملف «متاح» لنا\".", "\"الملف «متاح» لنا\""),
            ("ونددت بـ «التهديدات» كلها", "«التهديدات»"),
            ("قال إن و\"الدفاع\" معا", "\"الدفاع\""),
        ] {
            let read = Text::new(text);
            let open = read
                .tokens
                .iter()
                .position(|token| token.sort == Sort::Open)
                .expect("an opening mark");
            let close = read.tokens[open].pair.expect("a pair");
            let end = if read.tokens[close].sort == Sort::Break {
                read.tokens[close].start
            } else {
                read.tokens[close].end
            };
            assert_eq!(&text[read.tokens[open].start..end], inside, "{text}");
        }
    }
}
