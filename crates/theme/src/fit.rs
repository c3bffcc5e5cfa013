//! Copy-fitting: how many cards fill a column, by the letters of their words.
//!
//! The front page sets columns of different stories side by side. As many
//! lines are taken for each as fill the same height; the style then evens out
//! the rest, by the height of a picture or the distance between cards. Lengths
//! are estimates in ems of the text, for the widest layout.

use crate::cards::Card;

/// Ems of a kicker, a date and the space around a card.
const SMALL_LINE: usize = 2;
/// Letters on a line of a card's headline and of its standfirst, in a third of
/// the page.
const HEADLINE_LETTERS: usize = 34;
const STANDFIRST_LETTERS: usize = 48;
/// The same across the two thirds of the lead.
const LEAD_LETTERS: usize = 34;
const LEAD_STANDFIRST_LETTERS: usize = 75;
/// The least height of the lead's picture.
const LEAD_PICTURE: usize = 22;
/// The least height of the picture that opens a section.
const PART_PICTURE: usize = 12;
/// The height of a section's column.
const PART: usize = 46;

/// Letters past which a headline in a row stands alone.
const LONG_HEADLINE: usize = 65;

/// Stories beside the lead.
const SECOND: std::ops::RangeInclusive<usize> = 3..=7;

/// The class of the lead by the length of its headline.
pub(crate) fn lead_size(headline: &str) -> &'static str {
    match headline.chars().count() {
        0..=18 => "short",
        19..=75 => "",
        _ => "long",
    }
}

/// How many of `cards` stand beside `lead`: as many as reach its height; three
/// below it where it has no picture.
pub(crate) fn beside(lead: &Card, cards: &[Card]) -> usize {
    if lead.picture.is_none() {
        return cards.len().min(*SECOND.start());
    }
    let words = lines(&lead.headline, LEAD_LETTERS) * 4
        + lines(&lead.standfirst, LEAD_STANDFIRST_LETTERS) * 2
        + 2 * SMALL_LINE;
    let wanted = (LEAD_PICTURE + words).max(40);
    let mut height = 0;
    let enough = cards
        .iter()
        .take_while(|card| {
            let missing = height < wanted;
            height += card_height(card);
            missing
        })
        .count();
    enough
        .clamp(*SECOND.start(), *SECOND.end())
        .min(cards.len())
}

/// How many of `rest` stand below a section's first story.
pub(crate) fn below(first: &Card, rest: &[Card]) -> usize {
    let picture = first.picture.as_ref().map_or(0, |_| PART_PICTURE);
    let mut height = picture + card_height(first);
    rest.iter()
        .take_while(|card| {
            height += lines(&card.headline, HEADLINE_LETTERS + 6) * 2 + SMALL_LINE + 1;
            height <= PART
        })
        .count()
}

/// Cards side by side without pictures: one with a long headline stands without
/// its standfirst.
pub(crate) fn even_out(cards: &mut [Card]) {
    for card in cards {
        if card.headline.chars().count() > LONG_HEADLINE {
            card.standfirst.clear();
        }
    }
}

fn card_height(card: &Card) -> usize {
    let kicker = if card.kicker.is_empty() {
        0
    } else {
        SMALL_LINE
    };
    kicker
        + lines(&card.headline, HEADLINE_LETTERS) * 2
        + lines(&card.standfirst, STANDFIRST_LETTERS) * 2
        + 2 * SMALL_LINE
}

fn lines(text: &str, letters: usize) -> usize {
    text.chars().count().div_ceil(letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::Picture;

    fn card(headline: usize, standfirst: usize, picture: bool) -> Card {
        let picture = picture.then(|| Picture {
            small: String::new(),
            middle: String::new(),
            large: String::new(),
            width: 1200,
            height: 675,
            alt: String::new(),
            caption: String::new(),
            credit: String::new(),
        });
        Card {
            headline: "خ".repeat(headline),
            standfirst: "م".repeat(standfirst),
            picture,
            ..Card::default()
        }
    }

    fn beside_it(lead: &Card, headline: usize, standfirst: usize, count: usize) -> usize {
        let cards: Vec<_> = (0..count)
            .map(|_| card(headline, standfirst, false))
            .collect();
        beside(lead, &cards)
    }

    #[test]
    fn short_stories_come_in_numbers_and_long_ones_do_not() {
        let lead = card(40, 100, true);
        assert!(beside_it(&lead, 5, 0, 12) >= 6);
        assert_eq!(beside_it(&lead, 110, 160, 12), 3);
        assert!((4..=6).contains(&beside_it(&lead, 50, 60, 12)));
        assert_eq!(beside_it(&lead, 50, 60, 2), 2);
        assert_eq!(beside_it(&card(40, 100, false), 5, 0, 12), 3);
    }

    #[test]
    fn a_section_without_a_picture_shows_more_lines() {
        let rest: Vec<_> = (0..7).map(|_| card(40, 0, false)).collect();
        let with = below(&card(40, 60, true), &rest);
        let without = below(&card(40, 60, false), &rest);
        assert!(with >= 2 && without > with, "{with} {without}");
    }
}
