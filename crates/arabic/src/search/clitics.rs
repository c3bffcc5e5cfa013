//! The letters Arabic writes together with the next word: و ف ب ل ك and ال.

/// The forms `form` takes behind one of them, itself first: «كره» is also
/// «بكره», «وكره», «لكره»; «السله» is also «بالسله» and «للسله».
///
/// For phrases and names, where the word itself is meant and no form of it.
/// Latin words and numbers have none.
pub fn with_clitics(form: &str) -> Vec<String> {
    let mut out = vec![form.to_owned()];
    if !form.starts_with(|c| matches!(c, 'ء'..='ي')) {
        return out;
    }
    let behind_li = match form.strip_prefix("ال") {
        Some(rest) if rest.starts_with('ل') => format!("ل{rest}"),
        Some(rest) => format!("لل{rest}"),
        None => format!("ل{form}"),
    };
    for joined in [format!("ب{form}"), behind_li, format!("ك{form}")] {
        out.push(format!("و{joined}"));
        out.push(joined);
    }
    out.push(format!("و{form}"));
    out.push(format!("ف{form}"));
    // «كبير» is a word, not «بير» behind ك.
    out.retain(|joined| joined == form || super::lexicon::find(joined).is_none());
    out
}
