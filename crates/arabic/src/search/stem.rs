//! The stem of a form: what the forms of a word have in common.

/// The stem of `form`, which is written in the one spelling of
/// [`super::spelling`].
pub fn stem(form: &str) -> String {
    let mut rest = form;
    for prefix in ["وال", "بال", "كال", "فال", "لل", "ال"] {
        if let Some(bare) = rest.strip_prefix(prefix)
            && bare.chars().count() >= 2
        {
            rest = bare;
            break;
        }
    }
    for suffix in ["ها", "ان", "ات", "ون", "ين", "يه", "ه"] {
        if let Some(bare) = rest.strip_suffix(suffix)
            && bare.chars().count() >= 3
        {
            rest = bare;
            break;
        }
    }
    rest.to_owned()
}
