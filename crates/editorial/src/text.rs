//! Text as a reader counts it: cut between words, never inside one.

/// The first words of `text` that fit into `letters_max` code points, with an
/// ellipsis where something was cut. A single word longer than the limit is
/// kept whole: nothing is cut inside a word.
///
/// «اجتمعت الوفود في أستانا» at 14 gives «اجتمعت الوفود…».
pub fn cut_at_word(text: &str, letters_max: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= letters_max {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut letters = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count() + usize::from(!kept.is_empty());
        if !kept.is_empty() && letters + length > letters_max {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
        letters += length;
    }
    kept.truncate(kept.trim_end_matches(['،', '؛', ',', ':', '.', ' ']).len());
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::cut_at_word;

    #[test]
    fn cuts_between_words() {
        assert_eq!(cut_at_word("اجتمعت الوفود في أستانا", 14), "اجتمعت الوفود…");
        assert_eq!(cut_at_word("قصير", 14), "قصير");
        assert_eq!(cut_at_word("كلمةطويلةجدا أخرى", 3), "كلمةطويلةجدا…");
    }
}
