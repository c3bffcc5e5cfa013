//! What the house style would write otherwise, as the screens tell it.

use serde::Serialize;

/// Something that the house would write otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct HouseFinding {
    /// The field of the form.
    pub field: &'static str,
    /// Why: the name of its message is `house-…`.
    pub why: &'static str,
    /// How many letters there are, where that is why; else 0.
    pub number: usize,
    /// Some letters before it.
    pub before: String,
    /// What is written there.
    pub words: String,
    /// Some letters behind it.
    pub after: String,
    /// What the house would write.
    pub suggestion: Option<String>,
}

#[cfg(test)]
mod tests {
    use crate::{Argument, Language, Messages};

    #[test]
    fn every_reason_has_its_words() {
        let messages = Messages::new();
        let rules = arabic::house::Rule::ALL.map(arabic::house::Rule::name);
        let number = [("number".to_owned(), Argument::Number(91))];
        for why in rules.into_iter().chain(["long"]) {
            for (language, ..) in Language::ALL {
                let id = format!("house-{why}");
                assert!(messages.say(language, &id, &number).is_some(), "{id}");
            }
        }
    }
}
