//! Which of a site's menus stands at the head of the pages, and which at the
//! foot. An export does not say where its theme showed a menu; what the menus
//! are called does, and where names say nothing, their size.

use arabic::fold::fold;

/// Words of names, folded and without «ال»; a word that begins so counts. The
/// first that fits decides: a «footer main» is the foot's.
const WORDS: [(Said, &[&str]); 4] = [
    (
        Said::Elsewhere,
        &[
            "social",
            "mobile",
            "sidebar",
            "تواصل",
            "جوال",
            "موبايل",
            "جانبي",
        ],
    ),
    (
        Said::Foot,
        &[
            "foot",
            "bottom",
            "copyright",
            "تذييل",
            "ذيل",
            "سفلي",
            "اسفل",
            "فوتر",
        ],
    ),
    (
        Said::Head,
        &["main", "primary", "head", "رءيسي", "اساسي", "هيدر", "راس"],
    ),
    (
        Said::Top,
        &["top", "nav", "secondary", "علوي", "اعلي", "ثانوي"],
    ),
];

/// What a menu's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Head,
    /// At the head, but perhaps a strip above it.
    Top,
    Foot,
    /// Links to other networks, a copy for telephones.
    Elsewhere,
    Nothing,
}

/// The places in a list of menus, given by their slugs and names and how many
/// entries each has: that of the head's menu, and that of the foot's.
pub(super) fn choose(menus: &[(&str, &str, usize)]) -> (Option<usize>, Option<usize>) {
    let best = |without: Option<usize>, rank: fn(Said) -> Option<usize>| {
        menus
            .iter()
            .enumerate()
            .filter(|(at, (.., entries))| Some(*at) != without && *entries > 0)
            .filter_map(|(at, (slug, name, entries))| {
                Some((rank(said(slug, name))?, std::cmp::Reverse(*entries), at))
            })
            .min()
            .map(|(.., at)| at)
    };
    let head = best(None, |said| match said {
        Said::Head => Some(0),
        Said::Nothing => Some(1),
        Said::Top => Some(2),
        Said::Foot | Said::Elsewhere => None,
    });
    let foot = best(head, |said| match said {
        Said::Foot => Some(0),
        Said::Nothing => Some(1),
        Said::Top => Some(2),
        Said::Head | Said::Elsewhere => None,
    });
    (head, foot)
}

fn said(slug: &str, name: &str) -> Said {
    let text = fold(&format!("{slug} {name}"));
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| word.strip_prefix("ال").unwrap_or(word))
        .collect();
    WORDS
        .iter()
        .find(|(_, known)| {
            let is_known = |word: &&str| known.iter().any(|known| word.starts_with(known));
            words.iter().any(is_known)
        })
        .map_or(Said::Nothing, |(said, _)| *said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_where_a_menu_stands_and_size_where_they_do_not() {
        for (menus, expect) in [
            (
                &[("footer", "Footer", 9), ("main-menu", "", 3)][..],
                (Some(1), Some(0)),
            ),
            (
                &[("a", "القائمة الرئيسيّة", 3), ("b", "روابط التذييل", 9)],
                (Some(0), Some(1)),
            ),
            (
                &[("menu-1", "قائمة", 3), ("menu-2", "قائمة ٢", 9)],
                (Some(1), Some(0)),
            ),
            (
                &[("top-bar", "Top", 9), ("primary", "Primary", 4)],
                (Some(1), Some(0)),
            ),
            (&[("social", "Social", 9), ("x", "x", 2)], (Some(1), None)),
            (
                &[("mobile-main", "الجوال", 9), ("x", "الرئيسية", 2)],
                (Some(1), None),
            ),
            (&[("footer", "أسفل الصفحة", 9)], (None, Some(0))),
            (&[("main", "main", 0), ("x", "", 2)], (Some(1), None)),
            (
                &[("footer-1", "", 2), ("footer-2", "", 5), ("main", "", 1)],
                (Some(2), Some(1)),
            ),
            (&[], (None, None)),
        ] {
            assert_eq!(choose(menus), expect, "{menus:?}");
        }
    }
}
