//! Words as a page sets them: the language and direction of a headline, and
//! what must not be broken at the end of a line.

use arabic::bidi::{Direction, direction_of_language, direction_within};
use editorial::SiteSettings;
use minijinja::Value;

use crate::body::escape;

/// Letters of the longest figure that is kept on one line; a longer one would
/// not fit into a narrow column.
const FIGURE_LETTERS: usize = 14;

/// ` lang="…" dir="…"` of a text in `language`, each only where it differs from
/// the site's. The language's direction counts, unless the text has another
/// one: an English headline above an Arabic article.
pub(crate) fn attributes(text: &str, language: &str, settings: &SiteSettings) -> Value {
    let own = direction_within(text, direction_of_language(language));
    written(own, language, settings)
}

/// The same for the whole of an article in `language`.
pub(crate) fn of_article(language: &str, settings: &SiteSettings) -> Value {
    written(direction_of_language(language), language, settings)
}

fn written(own: Direction, language: &str, settings: &SiteSettings) -> Value {
    let mut out = String::new();
    if !language.is_empty() && language != settings.language {
        out.push_str(&format!(" lang=\"{}\"", escape(language)));
    }
    if own != direction_of_language(&settings.language) {
        out.push_str(&format!(" dir=\"{}\"", own.attribute()));
    }
    Value::from_safe_string(out)
}

/// The direction of a headline that is set within its article's, where it
/// differs: it stands in an isolate then, aligned with the text below it.
pub(crate) fn turned(headline: &str, language: &str) -> Option<&'static str> {
    let around = direction_of_language(language);
    let own = direction_within(headline, around);
    (own != around).then(|| own.attribute())
}

/// A headline as HTML: scores, ranges and years such as «4-3», «13–15» and
/// «2026/2025» are not broken at their dash.
pub(crate) fn whole_figures(text: &str) -> Value {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_numeric()) {
        let (before, from) = rest.split_at(start);
        out.push_str(&escape(before));
        let end = from
            .find(|c: char| !c.is_numeric() && !is_joint(c))
            .unwrap_or(from.len());
        let (figure, after) = from.split_at(end);
        let kept = figure.trim_end_matches(is_joint);
        let joined = kept.contains(['-', '–', '—', '/']);
        if joined && kept.chars().count() <= FIGURE_LETTERS {
            out.push_str("<span class=\"whole\">");
            out.push_str(&escape(kept));
            out.push_str("</span>");
        } else {
            out.push_str(&escape(kept));
        }
        out.push_str(&escape(&figure[kept.len()..]));
        rest = after;
    }
    out.push_str(&escape(rest));
    Value::from_safe_string(out)
}

/// What joins the figures of one number, score, range or date.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '/' | ':' | '.' | ',' | '٫' | '٬')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_whole() {
        for (text, expect) in [
            (
                "الأهلي 2-1 الزمالك: 4-3.",
                "الأهلي <span class=\"whole\">2-1</span> الزمالك: <span class=\"whole\">4-3</span>.",
            ),
            ("نمو 3.5% و1,299 $", "نمو 3.5% و1,299 $"),
            (
                "في 2026/2025، كوفيد-19",
                "في <span class=\"whole\">2026/2025</span>، كوفيد-19",
            ),
            ("٤–٣", "<span class=\"whole\">٤–٣</span>"),
            ("1-2-3-4-5-6-7-8-9-10", "1-2-3-4-5-6-7-8-9-10"),
            ("<b>&4-", "&lt;b&gt;&amp;4-"),
            ("", ""),
        ] {
            assert_eq!(whole_figures(text).to_string(), expect);
        }
    }

    #[test]
    fn a_text_says_what_differs_from_the_site() {
        let site = SiteSettings::default();
        let said = |text, language| attributes(text, language, &site).to_string();
        assert_eq!(said("قال الوزير", "ar"), "");
        assert_eq!(said("Reuters: what it means.", "ar"), " dir=\"ltr\"");
        assert_eq!(said("News", "en"), " lang=\"en\" dir=\"ltr\"");
        assert_eq!(said("2-1", "en"), " lang=\"en\" dir=\"ltr\"");
        assert_eq!(said("خبر", "en"), " lang=\"en\"");
        assert_eq!(said("هەواڵ", "ckb"), " lang=\"ckb\"");
        assert_eq!(
            said("x", "\"><b>"),
            " lang=\"&quot;&gt;&lt;b&gt;\" dir=\"ltr\""
        );
        assert_eq!(turned("Reuters: what it means.", "ar"), Some("ltr"));
        assert_eq!(turned("BBC: قال الوزير", "ar"), None);
        assert_eq!(turned("News", "en"), None);
    }
}
