//! A comment as the screens show it: the words that a rule met are marked, and
//! each text has its own direction.

use arabic::bidi;
use editorial::{
    Timestamp,
    comment::{Comment, CommentState, Hold, Part},
    urls::Url,
};
use screens::comments::{Around, Held, Item, Moment, Piece, Text, Told, Writer};
use store::{QueueItem, Wants};

use super::view::View;
use crate::newsroom::Asked;

/// Letters of a comment that is shown beside another, at the most.
const BEGINNING: usize = 280;
/// Reasons of one comment that are shown and marked: whoever sends a thousand
/// links has shown enough.
const HOLDS_MAX: usize = 40;

impl Asked<'_> {
    pub(super) fn item(&self, found: QueueItem) -> Item {
        let comment = &found.comment;
        let of = |part| {
            comment
                .received
                .holds
                .iter()
                .filter(move |hold| hold.part == part)
        };
        let is_shown = comment.state == CommentState::Approved;
        let path = Url::Article(comment.article, found.slug.clone());
        Item {
            id: comment.id.get(),
            version: comment.received.version,
            state: comment.state.name(),
            path: path.to_string(),
            siblings: View::of(Wants::Article(comment.article)).path(),
            place: is_shown.then(|| Url::CommentAt(comment.id).to_string()),
            name: marked(&comment.name, of(Part::Name)),
            staff: comment.received.staff.is_some(),
            at: self.moment(comment.written_at),
            edited: comment.received.edited_at.map(|at| self.moment(at)),
            text: Text {
                pieces: marked(&comment.text, of(Part::Text)),
                dir: bidi::direction(&comment.text).attribute(),
            },
            holds: held(comment),
            above: found.above.iter().map(around).collect(),
            below: found.below.iter().map(around).collect(),
            reports: found
                .reports
                .iter()
                .map(|report| Told {
                    dir: bidi::direction(&report.reason).attribute(),
                    reason: report.reason.clone(),
                    at: self.moment(report.at),
                })
                .collect(),
            report_count: comment.received.reports,
            writer: comment.email.as_ref().map(|_| writer(&found)),
            acts: acts(&found),
            headline: found.headline,
        }
    }

    pub(in crate::newsroom) fn moment(&self, at: Timestamp) -> Moment {
        Moment {
            iso: at.to_jiff().to_string(),
            written: self.written(at, "%Y-%m-%d %H:%M"),
        }
    }
}

/// What may be decided, the most usual first.
fn acts(found: &QueueItem) -> Vec<&'static str> {
    let comment = &found.comment;
    let mut acts = match comment.state {
        // Erased: nothing is left to show.
        _ if comment.text.is_empty() => Vec::new(),
        CommentState::Waiting => vec!["approve", "reject", "spam"],
        CommentState::Approved if comment.received.reports > 0 => {
            vec!["approve", "withdraw", "reject", "spam"]
        }
        CommentState::Approved => vec!["withdraw", "reject", "spam"],
        CommentState::Spam => vec!["approve", "reject", "wait"],
        CommentState::Rejected => vec!["approve", "spam", "wait"],
        CommentState::Withdrawn => vec!["approve", "reject", "spam", "wait"],
    };
    if comment.email.is_some() {
        acts.push(if found.blocked { "unblock" } else { "block" });
    }
    acts
}

fn writer(found: &QueueItem) -> Writer {
    let count = |state| {
        let at = CommentState::ALL.iter().position(|known| *known == state);
        at.map_or(0, |at| found.of_writer[at])
    };
    Writer {
        approved: count(CommentState::Approved),
        rejected: count(CommentState::Rejected),
        spam: count(CommentState::Spam),
        blocked: found.blocked,
    }
}

fn held(comment: &Comment) -> Vec<Held> {
    let each = comment.received.holds.iter().take(HOLDS_MAX).map(|hold| {
        let (text, in_name) = match hold.part {
            Part::Text => (&comment.text, false),
            Part::Name => (&comment.name, true),
        };
        Held {
            rule: hold.rule.name(),
            words: hold.words(text).unwrap_or_default().to_owned(),
            in_name,
        }
    });
    each.collect()
}

fn around(comment: &Comment) -> Around {
    Around {
        name: comment.name.clone(),
        state: comment.state.name(),
        dir: bidi::direction(&comment.text).attribute(),
        text: beginning(&comment.text),
    }
}

/// The text, or its first words.
pub(super) fn beginning(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(BEGINNING) else {
        return text.to_owned();
    };
    let head = &text[..end];
    // Within a word where it is one word alone.
    let cut = head.rfind(char::is_whitespace).unwrap_or(end);
    format!("{} …", head[..cut].trim_end())
}

/// The text in parts, those of them marked that lie in `holds`.
fn marked<'a>(text: &str, holds: impl Iterator<Item = &'a Hold>) -> Vec<Piece> {
    let met = holds
        .filter(|hold| hold.words(text).is_some())
        .take(HOLDS_MAX);
    let mut spans: Vec<(usize, usize)> = met
        .map(|hold| (hold.from as usize, hold.to as usize))
        .collect();
    spans.sort_unstable();
    let mut pieces = Vec::with_capacity(2 * spans.len() + 1);
    let mut piece = |text: &str, mark| {
        if !text.is_empty() {
            let text = text.to_owned();
            pieces.push(Piece { text, mark });
        }
    };
    let mut end = 0;
    for (from, to) in spans {
        // Where two meet, the second goes on from the first.
        let from = from.max(end);
        if from < to {
            piece(&text[end..from], false);
            piece(&text[from..to], true);
            end = to;
        }
    }
    piece(&text[end..], false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use editorial::comment::HoldRule;

    fn shown(text: &str, spans: &[(usize, usize)]) -> String {
        let hold = |(from, to): &(usize, usize)| Hold::in_text(HoldRule::Word, *from..*to);
        let holds: Vec<Hold> = spans.iter().map(hold).collect();
        let pieces = marked(text, holds.iter());
        let words: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(words, text, "nothing is lost");
        let one = |piece: &Piece| {
            if piece.mark {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        };
        pieces.iter().map(one).collect()
    }

    #[test]
    fn what_was_met_is_marked_and_nothing_is_lost() {
        let text = "قال شيئا";
        assert_eq!(shown(text, &[]), text);
        assert_eq!(shown(text, &[(0, 6)]), "[قال] شيئا");
        assert_eq!(shown(text, &[(7, 15), (0, 6)]), "[قال] [شيئا]");
        // Over each other, twice the same, within a letter, beyond the end.
        assert_eq!(shown(text, &[(0, 9), (7, 15)]), "[قال ش][يئا]");
        assert_eq!(shown(text, &[(0, 6), (0, 6)]), "[قال] شيئا");
        assert_eq!(shown(text, &[(1, 6), (0, 99), (3, 3)]), text);
        assert_eq!(shown("", &[(0, 0)]), "");
        let many: Vec<_> = (0..200).map(|at| (2 * at, 2 * at + 1)).collect();
        let marks = shown(&"x ".repeat(200), &many).matches('[').count();
        assert_eq!(marks, HOLDS_MAX);
    }

    #[test]
    fn a_beginning_ends_between_words() {
        assert_eq!(beginning("قصير"), "قصير");
        let long = "كلمة ".repeat(100);
        let short = beginning(&long);
        assert!(short.ends_with("كلمة …") && short.chars().count() <= BEGINNING + 2);
        let one = "س".repeat(300);
        assert_eq!(beginning(&one).chars().count(), BEGINNING + 2);
    }
}
