//! Headlines, names and captions: words on one line, without HTML.

use arabic::{
    language::{Language, language},
    repair::repair,
};

use super::{Lines, reduce::letters::put_right};

/// The words of a text that may hold HTML, on one line. `arabic` says whether
/// Persian letters in it are slips, where the words themselves do not tell.
///
/// `افتتاح &quot;الجسر&quot;&nbsp; <b>اليوم</b>` gives «افتتاح "الجسر" اليوم».
pub fn words(html: &str, arabic: bool) -> String {
    let mut text = if html.contains(['<', '&']) {
        super::reduce(html, Lines::Collapse, false, &|_| None)
            .body
            .plain_text()
    } else {
        repair(html, false).0
    };
    let persian = text.contains(['ک', 'ی']);
    if persian
        && (language(&text) == Some(Language::Arabic) || (arabic && language(&text).is_none()))
    {
        put_right(&mut text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !c.is_control()));
    }
    out
}
