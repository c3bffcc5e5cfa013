//! The language of a post.

use arabic::language::language;

use super::Item;

/// Letters that are looked at.
const LETTERS_MAX: usize = 1_000;

impl Item {
    /// Its BCP 47 language: the one that a plugin for sites of several
    /// languages notes with it, or else what its letters tell. `site` is the
    /// language of the site.
    pub fn language(&self, site: &str) -> String {
        let noted = self
            .terms
            .iter()
            .find(|(domain, ..)| domain == "language")
            .map(|(_, slug, _)| slug.as_str());
        if let Some(noted) = noted.and_then(main_language) {
            return noted;
        }
        let (mut latin, mut own) = (0_usize, 0_usize);
        let mut sample = String::new();
        for c in self
            .title
            .chars()
            .chain([' '])
            .chain(self.content.chars().take(LETTERS_MAX))
        {
            latin += usize::from(c.is_ascii_alphabetic());
            let is_own =
                matches!(c, '\u{0621}'..='\u{06D3}' | '\u{06D5}' | '\u{FB50}'..='\u{FEFC}');
            own += usize::from(is_own);
            if is_own || c == ' ' || c == '\u{200C}' {
                sample.push(c);
            }
        }
        // A sixth of the letters at least: the tags and addresses are Latin.
        if own * 5 >= latin {
            let found = language(&sample).map(|found| found.tag().to_owned());
            return found.unwrap_or_else(|| "ar".to_owned());
        }
        main_language(site)
            .filter(|site| !matches!(site.as_str(), "ar" | "fa" | "ur" | "ckb"))
            .unwrap_or_else(|| "en".to_owned())
    }
}

/// `fr` of `fr-FR` or `fr_FR`.
fn main_language(tag: &str) -> Option<String> {
    let main = tag.split(['-', '_']).next()?.trim().to_ascii_lowercase();
    ((2..=3).contains(&main.len()) && main.bytes().all(|byte| byte.is_ascii_lowercase()))
        .then_some(main)
}
