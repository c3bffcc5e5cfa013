//! Patterns: one row of the list for many forms. `{أ|ب}` stands for each of its
//! parts, an empty one among them; `{NAME}` for those of a set that stands above.

use std::collections::HashMap;

/// The kind of a row that names a set.
pub(super) const SET: &str = "set";
/// Forms of one pattern.
pub(super) const FORMS_MAX: usize = 10_000;

/// The sets that were named so far.
#[derive(Debug, Default)]
pub(super) struct Sets(HashMap<String, Vec<String>>);

impl Sets {
    /// Names a set: `parts` are patterns with `|` between them. Whether they can
    /// be read.
    pub(super) fn add(&mut self, name: &str, parts: &str) -> bool {
        let mut all = Vec::new();
        for part in apart(parts) {
            match self.forms(part) {
                Some(forms) => all.extend(forms),
                None => return false,
            }
        }
        self.0.insert(name.to_owned(), all);
        true
    }

    /// The forms of the set `name`.
    pub(super) fn get(&self, name: &str) -> Option<&[String]> {
        self.0.get(name).map(Vec::as_slice)
    }

    /// The forms of `pattern`, in its order; nothing if a brace has no other one
    /// or no such set stands above, or if there are more than [`FORMS_MAX`].
    pub(super) fn forms(&self, pattern: &str) -> Option<Vec<String>> {
        let mut forms = vec![String::new()];
        let mut rest = pattern;
        while let Some((before, opened)) = rest.split_once('{') {
            let (within, behind) = opened.split_once('}')?;
            let parts = if within.contains('|') {
                within.split('|').collect()
            } else {
                let set = self.0.get(within)?;
                set.iter().map(String::as_str).collect::<Vec<_>>()
            };
            if forms.len() * parts.len() > FORMS_MAX {
                return None;
            }
            let longer = |form: &String| {
                let start = [form, before].concat();
                let ends = parts
                    .iter()
                    .map(move |part| [start.as_str(), part].concat());
                ends.collect::<Vec<_>>()
            };
            forms = forms.iter().flat_map(longer).collect();
            rest = behind;
        }
        if rest.contains('}') {
            return None;
        }
        for form in &mut forms {
            form.push_str(rest);
        }
        Some(forms)
    }
}

/// What stands between the `|` of `parts` that are in no brace.
fn apart(parts: &str) -> impl Iterator<Item = &str> {
    let mut is_within = false;
    parts.split(move |c| {
        is_within = c == '{' || is_within && c != '}';
        c == '|' && !is_within
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_all_its_forms() {
        let mut sets = Sets::default();
        assert!(sets.add("who", "ك|ك{م|و}"));
        assert_eq!(
            sets.forms("{ا|ن}قتل{who}").unwrap(),
            ["اقتلك", "اقتلكم", "اقتلكو", "نقتلك", "نقتلكم", "نقتلكو"]
        );
        assert_eq!(
            sets.forms("يا {|ابن }كلب").unwrap(),
            ["يا كلب", "يا ابن كلب"]
        );
        for wrong in ["{ا|ب", "ا}", "{whom}", "{}"] {
            assert_eq!(sets.forms(wrong), None, "{wrong}");
        }
        let ten = "{ا|ب|ت|ث|ج|ح|خ|د|ذ|ر}";
        assert_eq!(sets.forms(&ten.repeat(4)).unwrap().len(), FORMS_MAX);
        assert_eq!(sets.forms(&ten.repeat(5)), None);
        assert!(!sets.add("other", "{no}"));
    }
}
