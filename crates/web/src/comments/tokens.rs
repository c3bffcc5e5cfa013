//! What the form carries: when its page was made, in steps of ten minutes that
//! are the same for everybody, and, where scripts run, when writing began. Both
//! are signed, and say nothing of who asked.

use editorial::Timestamp;
use store::seal::EmailSealer;

/// How long one step lasts.
pub(crate) const PAGE_FOR: i64 = 600 * Timestamp::SECOND;

/// How long a page, or a ticket, is good for.
const GOOD_FOR: i64 = Timestamp::DAY;

/// The shortest time in which anybody writes a comment.
const WRITTEN_IN: i64 = 3 * Timestamp::SECOND;

/// Digits of a signature.
const DIGITS: usize = 24;

/// The token of pages made in the ten minutes of `now`.
pub(crate) fn page_token(sealer: &EmailSealer, now: Timestamp) -> String {
    signed(sealer, "comment page", now.0.div_euclid(PAGE_FOR))
}

/// The token of somebody who begins to write at `now`.
pub(super) fn ticket(sealer: &EmailSealer, now: Timestamp) -> String {
    signed(sealer, "comment ticket", now.0)
}

fn signed(sealer: &EmailSealer, what: &str, number: i64) -> String {
    let mut signature = sealer.blind(what, &number.to_be_bytes());
    signature.truncate(DIGITS);
    format!("{number}-{signature}")
}

fn read(sealer: &EmailSealer, what: &str, token: &str) -> Option<i64> {
    let number = token.split_once('-')?.0.parse().ok()?;
    // Of no use to whoever guesses: nothing is protected by it but our time.
    (signed(sealer, what, number) == token).then_some(number)
}

/// How fast something was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// As people write.
    Human,
    /// Nothing shows that somebody took his time.
    Unknown,
    /// A ticket shows that nobody did.
    TooFast,
}

/// How fast something was written that is sent at `now`.
pub(super) fn pace(sealer: &EmailSealer, page: &str, own: &str, now: Timestamp) -> Pace {
    if let Some(began) = read(sealer, "comment ticket", own) {
        return match now.0.saturating_sub(began) {
            0..WRITTEN_IN => Pace::TooFast,
            WRITTEN_IN..GOOD_FOR => Pace::Human,
            _ => Pace::Unknown,
        };
    }
    let Some(step) = read(sealer, "comment page", page) else {
        return Pace::Unknown;
    };
    let page_ended = step.saturating_add(1).saturating_mul(PAGE_FOR);
    // It is at least so old.
    match now.0.saturating_sub(page_ended) {
        WRITTEN_IN..GOOD_FOR => Pace::Human,
        _ => Pace::Unknown,
    }
}

/// Whether a page's token is one of the last day.
pub(super) fn is_of_today(sealer: &EmailSealer, page: &str, now: Timestamp) -> bool {
    let step = read(sealer, "comment page", page);
    step.is_some_and(|step| {
        (0..=GOOD_FOR).contains(&now.0.saturating_sub(step.saturating_mul(PAGE_FOR)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_by_tickets_and_at_least_by_pages() {
        let folder = std::env::temp_dir().join(format!("tokens-{}", std::process::id()));
        let sealer = EmailSealer::open(&folder, || [3; 32]).expect("keys");
        let made = Timestamp(PAGE_FOR * 1_000 + 5);
        let at = |seconds: i64| made.plus(seconds * Timestamp::SECOND);
        let (page, own) = (page_token(&sealer, made), ticket(&sealer, made));
        let pace = |page: &str, own: &str, seconds| pace(&sealer, page, own, at(seconds));
        assert_eq!(pace(&page, &own, 2), Pace::TooFast);
        assert_eq!(pace(&page, &own, 3), Pace::Human);
        assert_eq!(pace(&page, &own, 2 * 86_400), Pace::Unknown);
        // Without a script: certain only once its ten minutes are over.
        assert_eq!(pace(&page, "", 60), Pace::Unknown);
        assert_eq!(pace(&page, "", 604), Pace::Human);
        assert_eq!(pace(&page, "", 3 * 86_400), Pace::Unknown);
        for forged in ["", "1-2", "x", &format!("{page}0"), &own] {
            assert_eq!(pace(forged, "", 604), Pace::Unknown, "{forged}");
        }
        assert_eq!(pace(&page, &page, 604), Pace::Human);
        assert!(is_of_today(&sealer, &page, at(60)) && !is_of_today(&sealer, &own, at(60)));
        std::fs::remove_dir_all(folder).expect("removed");
    }

    #[test]
    fn the_token_is_the_same_for_ten_minutes() {
        let folder = std::env::temp_dir().join(format!("tokens-same-{}", std::process::id()));
        let sealer = EmailSealer::open(&folder, || [3; 32]).expect("keys");
        let token = |at| page_token(&sealer, Timestamp(at));
        assert_eq!(token(PAGE_FOR), token(2 * PAGE_FOR - 1));
        assert_ne!(token(PAGE_FOR), token(2 * PAGE_FOR));
        std::fs::remove_dir_all(folder).expect("removed");
    }
}
