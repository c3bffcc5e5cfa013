//! What tests compare with: Lucene's Arabic normaliser and the stemmer light10
//! (Larkey, Ballesteros and Connell, 2007), written anew from their description.

/// The stem of a word as it is written.
pub(crate) fn stem(word: &str) -> String {
    light10(&normalised(word))
}

/// Alef forms, ى, ة, marks and tatweel.
fn normalised(form: &str) -> String {
    form.chars()
        .filter(|c| !arabic::letters::is_mark(*c) && *c != arabic::letters::TATWEEL)
        .map(|c| match c {
            'أ' | 'إ' | 'آ' => 'ا',
            'ى' => 'ي',
            'ة' => 'ه',
            c => c,
        })
        .collect()
}

/// light10, after its authors' paper: one prefix, then each suffix in turn.
fn light10(form: &str) -> String {
    let letters = |text: &str| text.chars().count();
    let mut rest = form;
    for prefix in ["ال", "وال", "بال", "كال", "فال", "لل", "و"] {
        let left = if prefix == "و" { 3 } else { 2 };
        if let Some(bare) = rest.strip_prefix(prefix)
            && letters(bare) >= left
        {
            rest = bare;
            break;
        }
    }
    for suffix in ["ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"] {
        if let Some(bare) = rest.strip_suffix(suffix)
            && letters(bare) >= 2
        {
            rest = bare;
        }
    }
    rest.to_owned()
}
