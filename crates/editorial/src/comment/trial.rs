//! Whether a comment is shown, waits, or is spam: the rules in the order of
//! their cost, each with what it met.

use super::{
    CommentState, Hold, HoldRule, TRUSTED_AFTER,
    rules::{self, WordList},
};

/// Bits in which the likeness of two texts that are nearly the same may differ: of
/// comments that differ in one name eight in ten do so in no more, and of 69,000
/// pairs of different ones none.
const ALIKE_BITS: u32 = 11;

/// What is known of a comment beside its words.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts that have nothing to do with each other"
)]
pub struct Circumstances<'a> {
    /// Whether the field that no reader sees was filled in.
    pub hidden_field: bool,
    /// Whether it was sent faster than anybody writes, though the writer was asked.
    pub too_fast: bool,
    /// Whether its writer is blocked.
    pub blocked: bool,
    /// Approved comments from the same address.
    pub approved_before: u32,
    /// Whether the site shows comments of writers it trusts at once.
    pub trusts: bool,
    /// [`rules::likeness`] of the newest comments of all.
    pub newest: &'a [i64],
    /// [`rules::skeleton`] of the names that nobody else may bear.
    pub reserved: &'a [String],
}

/// What became of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Its state.
    pub state: CommentState,
    /// Why it is not shown; nothing where it is.
    pub holds: Vec<Hold>,
    /// [`rules::likeness`] of its text.
    pub likeness: i64,
}

/// Tries a comment.
pub fn try_comment(
    name: &str,
    text: &str,
    words: &WordList,
    circumstances: &Circumstances<'_>,
) -> Trial {
    let mut holds = Vec::new();
    let mut hold_if = |met: bool, rule| {
        if met {
            holds.push(Hold::whole(rule));
        }
    };
    hold_if(circumstances.blocked, HoldRule::Blocked);
    hold_if(circumstances.hidden_field, HoldRule::HiddenField);
    hold_if(circumstances.too_fast, HoldRule::TooFast);
    let likeness = rules::likeness(text);
    let newest = circumstances.newest.iter();
    let nearest = newest
        .filter(|other| **other != 0 && likeness != 0)
        .map(|other| (other ^ likeness).count_ones())
        .min();
    hold_if(nearest == Some(0), HoldRule::Duplicate);
    let is_near = nearest.is_some_and(|bits| (1..=ALIKE_BITS).contains(&bits));
    hold_if(is_near, HoldRule::NearDuplicate);
    let skeleton = rules::skeleton(name);
    if !skeleton.is_empty() && circumstances.reserved.contains(&skeleton) {
        holds.push(Hold::in_text(HoldRule::StaffName, 0..name.len()).of_name());
    }
    holds.extend(rules::holds_in(name, words).into_iter().map(Hold::of_name));
    holds.extend(rules::holds_in(text, words));
    let is_trusted = circumstances.trusts && circumstances.approved_before >= TRUSTED_AFTER;
    let state = if circumstances.blocked {
        CommentState::Spam
    } else if holds.is_empty() && is_trusted {
        CommentState::Approved
    } else {
        if holds.is_empty() {
            holds.push(Hold::whole(HoldRule::Approval));
        }
        CommentState::Waiting
    };
    Trial {
        state,
        holds,
        likeness,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(circumstances: Circumstances<'_>) -> (CommentState, Vec<HoldRule>) {
        let trial = try_comment("ليلى", "نعم", WordList::built_in(), &circumstances);
        let rules = trial.holds.iter().map(|hold| hold.rule).collect();
        (trial.state, rules)
    }

    #[test]
    fn every_comment_waits_unless_the_site_trusts_its_writer() {
        use CommentState::{Approved, Spam, Waiting};
        let plain = Circumstances::default();
        assert_eq!(state(plain), (Waiting, vec![HoldRule::Approval]));
        let trusted = Circumstances {
            approved_before: 3,
            trusts: true,
            ..plain
        };
        assert_eq!(state(trusted), (Approved, vec![]));
        for less in [
            Circumstances {
                approved_before: 2,
                ..trusted
            },
            Circumstances {
                trusts: false,
                ..trusted
            },
        ] {
            assert_eq!(state(less), (Waiting, vec![HoldRule::Approval]));
        }
        let hidden = Circumstances {
            hidden_field: true,
            ..trusted
        };
        assert_eq!(state(hidden), (Waiting, vec![HoldRule::HiddenField]));
        let blocked = Circumstances {
            blocked: true,
            ..trusted
        };
        assert_eq!(state(blocked), (Spam, vec![HoldRule::Blocked]));
    }

    #[test]
    fn names_of_the_newsroom_are_its_own() {
        let reserved = [rules::skeleton("لَيلى")];
        let circumstances = Circumstances {
            reserved: &reserved,
            ..Circumstances::default()
        };
        let trial = try_comment("ليـلى", "نعم", WordList::built_in(), &circumstances);
        assert_eq!(trial.holds[0].rule, HoldRule::StaffName);
        assert_eq!(trial.holds[0].words("ليـلى"), Some("ليـلى"));
    }
}
