//! Coined names: three consonants in one of the shapes that Arabic words have.
//! They give generated articles the long tail of rare words that news has in
//! its names, and name nobody and no place.

use super::chance::Chance;

const CONSONANTS: [char; 14] = [
    'ر', 'ل', 'م', 'ن', 'س', 'ب', 'د', 'ف', 'ت', 'ج', 'ز', 'ص', 'ض', 'غ',
];
/// Roots that would read as a word nobody wants to be named by.
const AVOIDED: [&str; 24] = [
    "نجس", "دنس", "فسد", "جنس", "نغل", "زفت", "جرب", "مرض", "بغض", "فضح", "رفض", "غصب", "بغل",
    "نبذ", "رجس", "زنم", "جبن", "نذل", "سفل", "فجر", "غدر", "دبر", "ضرب", "لغم",
];
/// Shapes of places; 1, 2 and 3 stand for the consonants.
const PLACES: [&str; 14] = [
    "12و3",
    "1ا2و3",
    "1ي2ا3",
    "123ان",
    "123ون",
    "1ن2و3",
    "12ا3ين",
    "12ي3ا",
    "1و2ا3ة",
    "1ا23ية",
    "12و3ا",
    "م12و3",
    "1ي23ة",
    "12ا3ا",
];
/// Shapes of family names.
const FAMILIES: [&str; 6] = [
    "ال12و3ي",
    "ال1ا2و3ي",
    "ال123اني",
    "ال1ي2ا3ي",
    "ال1ن2و3ي",
    "ال12ا3ي",
];

/// A place such as «سلمون».
pub(super) fn place(chance: &mut Chance, out: &mut String) {
    coin(chance, &PLACES, out);
}

/// A family such as «البرصاني».
pub(super) fn family(chance: &mut Chance, out: &mut String) {
    coin(chance, &FAMILIES, out);
}

fn coin(chance: &mut Chance, shapes: &[&str], out: &mut String) {
    let mut root = [CONSONANTS[0], CONSONANTS[1], CONSONANTS[2]];
    for _ in 0..8 {
        root = [0; 3].map(|_| CONSONANTS[often_small(chance, CONSONANTS.len())]);
        let differ = root[0] != root[1] && root[1] != root[2] && root[0] != root[2];
        let avoided = AVOIDED.iter().any(|word| word.chars().eq(root));
        if differ && !avoided {
            break;
        }
    }
    for letter in shapes[often_small(chance, shapes.len())].chars() {
        out.push(match letter {
            '1' => root[0],
            '2' => root[1],
            '3' => root[2],
            other => other,
        });
    }
}

/// Below `end`, the smaller the more often: words are not used evenly.
fn often_small(chance: &mut Chance, end: usize) -> usize {
    let most = chance.below(end) + 1;
    chance.below(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_letters_alone_and_are_many() {
        let mut seen = std::collections::HashSet::new();
        for number in 0..5_000 {
            let mut name = String::new();
            place(&mut Chance::new(1, number), &mut name);
            assert!(name.chars().all(|c| ('ا'..='ي').contains(&c)), "{name}");
            assert!(AVOIDED.iter().all(|root| *root != name));
            seen.insert(name);
        }
        assert!(seen.len() > 2_000, "{}", seen.len());
    }
}
