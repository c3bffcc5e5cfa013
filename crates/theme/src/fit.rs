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
/// The height of the picture that opens a section, and letters on a line of the
/// words beside it and of the list.
const PART_PICTURE: usize = 15;
const PART_LETTERS: usize = 30;
const LIST_LETTERS: usize = 40;
/// Stories in a section's list.
const LIST: std::ops::RangeInclusive<usize> = 2..=5;
/// Letters of a headline and of a standfirst on a line across the whole page.
const PAGE_HEADLINE_LETTERS: usize = 120;
const PAGE_STANDFIRST_LETTERS: usize = 160;

/// Stories beside the lead.
const SECOND: std::ops::RangeInclusive<usize> = 3..=7;
/// Stories side by side below a lead without a picture.
pub(crate) const BELOW_PLAIN: usize = 3;

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
        return cards.len().min(BELOW_PLAIN);
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

/// How many of `rest` stand in the list beside a section's first story: as many as
/// reach its height.
pub(crate) fn below(first: &Card, rest: &[Card]) -> usize {
    let words = lines(&first.headline, PART_LETTERS) * 2
        + lines(&first.standfirst, PART_LETTERS + 8) * 2
        + 2 * SMALL_LINE;
    let wanted = words.max(PART_PICTURE);
    let mut height = 0;
    let enough = rest
        .iter()
        .take_while(|card| {
            height += lines(&card.headline, LIST_LETTERS) * 2 + SMALL_LINE + 1;
            height <= wanted + SMALL_LINE
        })
        .count();
    enough.clamp(*LIST.start(), *LIST.end()).min(rest.len())
}

/// Cards side by side without pictures, `across` in a row: each gets as much
/// of its text as makes it as high as the highest with two lines of it; a
/// standfirst that is longer than that is left out.
pub(crate) fn even_out(cards: &mut [Card], across: usize) {
    let across = across.max(1);
    let headline = |card: &Card| lines(&card.headline, PAGE_HEADLINE_LETTERS / across);
    let text = PAGE_STANDFIRST_LETTERS / across;
    let highest = (cards.iter())
        .map(|card| headline(card) + lines(&card.standfirst, text).min(2))
        .max()
        .unwrap_or(0);
    for card in cards {
        let room = highest.saturating_sub(headline(card));
        card.cut_teaser(room * text);
        if !card.is_teaser && lines(&card.standfirst, text) > room + 1 {
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
            focus: String::new(),
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
    fn a_sections_list_is_as_high_as_its_first_story() {
        let rest = |letters| -> Vec<_> { (0..7).map(|_| card(letters, 0, false)).collect() };
        let first = card(40, 60, true);
        assert!(below(&first, &rest(20)) > below(&first, &rest(110)));
        assert_eq!(below(&first, &rest(110)), 2);
        assert_eq!(below(&first, &rest(110)[..1]), 1);
        assert!(below(&card(110, 160, true), &rest(20)) > below(&first, &rest(20)));
    }

    #[test]
    fn a_row_is_filled_with_the_beginnings_of_texts() {
        let teaser = |headline, words| Card {
            is_teaser: true,
            standfirst: "كلمة ".repeat(words),
            ..card(headline, 0, false)
        };
        let mut cards = [teaser(20, 40), teaser(110, 40), card(110, 300, false)];
        even_out(&mut cards, 3);
        let letters = |at: usize| cards[at].standfirst.chars().count();
        assert!(letters(0) > letters(1), "{} {}", letters(0), letters(1));
        assert!(letters(1) > 0);
        assert_eq!(letters(2), 0, "what is too long is left out, not cut");
    }
}
