//! Links: one that stands plainly is fine; two are too many, and one that hides
//! itself or leads through a shortener or into a messenger is held.

use std::ops::Range;

use arabic::fold::fold;

/// Plain links a comment may have.
const PLAIN_MAX: usize = 1;

/// Hosts that shorten links, or lead into a messenger or a shop of followers.
const HIDING: [&str; 26] = [
    "t.me",
    "wa.me",
    "bit.ly",
    "tinyurl.com",
    "goo.gl",
    "cutt.ly",
    "is.gd",
    "t.co",
    "ow.ly",
    "rb.gy",
    "shorturl.at",
    "tiny.cc",
    "linktr.ee",
    "telegram.me",
    "telegram.dog",
    "adf.ly",
    "chat.whatsapp.com",
    "api.whatsapp.com",
    "whatsapp.com",
    "m.me",
    "discord.gg",
    "s.id",
    "rebrand.ly",
    "v.gd",
    "lnkd.in",
    "snapchat.com",
];

/// Last labels of names that are taken for links without `http`.
const ENDINGS: [&str; 44] = [
    "com", "net", "org", "info", "biz", "xyz", "online", "site", "shop", "store", "club", "live",
    "top", "pro", "app", "me", "ly", "io", "co", "tv", "cc", "ru", "to", "gg", "vip", "link",
    "click", "win", "bet", "icu", "example", "test", "sa", "ae", "eg", "ma", "dz", "tn", "iq",
    "jo", "lb", "ps", "sy", "tk",
];

/// What is said or written for the last label where no dot is.
const SPOKEN_ENDINGS: [&str; 13] = [
    "كوم",
    "نت",
    "اورج",
    "اورغ",
    "ارق",
    "انفو",
    "شوب",
    "اكزامبل",
    "com",
    "net",
    "org",
    "info",
    "example",
];

/// What is said or written for a dot.
const SPOKEN_DOTS: [&str; 8] = [
    "نقطه", "نقطا", "دوت", "دت", "dot", "point", "no9ta", "noqta",
];

/// Marks of who is paid for a link.
const REFERRALS: [&str; 5] = ["ref=", "aff=", "affid=", "invite=", "?r="];

/// The links of a text.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Those that are held.
    pub held: Vec<Range<usize>>,
    /// Whether there is one that is not.
    pub has_plain: bool,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Plain,
    Hidden,
}

/// A word between white space.
#[derive(Debug)]
struct Word {
    range: Range<usize>,
    folded: String,
}

/// Looks for links.
pub(super) fn links(text: &str) -> Links {
    let words = words(text);
    let mut held = Vec::new();
    let mut plain = Vec::new();
    for (at, word) in words.iter().enumerate() {
        match link(&word.folded) {
            Some(Link::Hidden) => held.push(word.range.clone()),
            Some(Link::Plain) if is_pointed_at(&words, at) => held.push(word.range.clone()),
            Some(Link::Plain) => plain.push(word.range.clone()),
            None => {}
        }
    }
    if held.len() == 1 && plain.is_empty() && cites(&words) && is_of_a_page(&text[held[0].clone()])
    {
        plain.append(&mut held);
    }
    held.extend(spoken(&words));
    held.extend(spaced(&words));
    held.extend(accounts(&words));
    let has_plain = !plain.is_empty();
    // One that stands alone says nothing of the article.
    if plain.len() > PLAIN_MAX || words.len() == 1 {
        held.extend(plain);
    }
    Links { held, has_plain }
}

/// Whether the words say where something was read.
fn cites(words: &[Word]) -> bool {
    const SOURCES: [&str; 30] = [
        "report",
        "study",
        "data",
        "الرسميه",
        "المصدر",
        "مصدر",
        "المرجع",
        "مرجع",
        "تقرير",
        "التقرير",
        "الدراسه",
        "دراسه",
        "المقال",
        "مقال",
        "الخبر",
        "الوثيقه",
        "وثيقه",
        "البيان",
        "نص",
        "ويكيبيديا",
        "الاصلي",
        "الرسمي",
        "القانون",
        "البحث",
        "بحث",
        "كتاب",
        "الكتاب",
        "source",
        "masdar",
        "article",
    ];
    words.iter().any(|word| SOURCES.contains(&trimmed(word)))
}

/// Whether a link leads to a page of a host that hides nothing, and nobody is paid
/// for it.
fn is_of_a_page(link: &str) -> bool {
    let link = link.to_ascii_lowercase();
    let rest = link
        .split_once("://")
        .map_or(link.as_str(), |(_, rest)| rest);
    let (host, page) = rest.split_once('/').unwrap_or((rest, ""));
    let cheap = [
        "xyz", "top", "online", "site", "shop", "store", "club", "live", "vip", "click", "win",
        "bet",
    ];
    page.len() > 3
        && host.is_ascii()
        && host.contains('.')
        && !host.contains(['[', '(', '{', '*', ','])
        && !is_hiding(host)
        && !host
            .rsplit('.')
            .next()
            .is_some_and(|last| cheap.contains(&last))
        && !REFERRALS.iter().any(|mark| rest.contains(mark))
        && !link.starts_with("hxxp")
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (from, c.is_whitespace()) {
            (None, false) => from = Some(at),
            (Some(start), true) => {
                let folded = fold(&text[start..at]);
                words.push(Word {
                    range: start..at,
                    folded,
                });
                from = None;
            }
            _ => {}
        }
    }
    words
}

/// What `word`, folded, is.
fn link(word: &str) -> Option<Link> {
    const BRACKETED: [&str; 14] = [
        "[.]",
        "(.)",
        "{.}",
        "<.>",
        "[dot]",
        "(dot)",
        "{dot}",
        "[نقطه]",
        "(نقطه)",
        "-نقطه-",
        "[url",
        "href=",
        "](http",
        "-dot-",
    ];
    let has_sign = |c: char| c.is_ascii_punctuation() || matches!(c, '•' | '·' | '●' | '،' | '。');
    if word.len() < 4 || !word.contains(has_sign) && !word.contains("نقطه") && !word.contains("دوت")
    {
        return None;
    }
    if BRACKETED.iter().any(|mark| word.contains(mark)) {
        return Some(Link::Hidden);
    }
    if [
        "hxxp", "hxxps", "h**p", "htttp", "http:/", "http:\\", "https:/", "http//", "https//",
    ]
    .iter()
    .any(|scheme| word.contains(scheme))
        && !word.contains("http://")
        && !word.contains("https://")
    {
        return Some(Link::Hidden);
    }
    if let Some((before, rest)) = word.split_once("://") {
        let host = rest
            .split(['/', '?', '#', ':', ')'])
            .next()
            .unwrap_or_default();
        let is_address = host
            .split('.')
            .all(|label| label.chars().all(|c| c.is_ascii_digit()));
        let is_hidden = !(before.ends_with("http") || before.ends_with("https"))
            || is_hiding(host)
            || is_address
            || rest.contains("://")
            || REFERRALS.iter().any(|mark| rest.contains(mark));
        let is_safe = before.ends_with("https");
        let is_odd = is_hidden || suspicion(host) + usize::from(!is_safe) > 1;
        return Some(if is_odd { Link::Hidden } else { Link::Plain });
    }
    naked(word)
}

/// A host without a scheme: `example.org/page`.
fn naked(word: &str) -> Option<Link> {
    // A host with a letter of another script that looks like one of Latin.
    let has = |is: fn(char) -> bool| word.contains(is);
    if has(|c| c == '.')
        && has(|c| c.is_ascii_alphabetic())
        && has(|c| matches!(c, '\u{370}'..='\u{52F}'))
        && ENDINGS.iter().any(|end| word.contains(&format!(".{end}")))
    {
        return Some(Link::Hidden);
    }
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    for end in [".كوم", ".نت", ".اورج", "نقطهكوم", "دوتكوم", "نقطهنت"] {
        if word.ends_with(end) && word.len() > end.len() {
            return Some(Link::Hidden);
        }
    }
    // What Arabic letters stand right before it belongs to the sentence.
    let from = word.find(|c: char| c.is_ascii_alphanumeric())?;
    let word = &word[from..];
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    if is_hiding(host) {
        return Some(Link::Hidden);
    }
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let labels: Vec<&str> = host.split('.').collect();
    if labels.len() > 1 && labels.iter().all(|label| is_label(label)) {
        let (last, first) = (labels[labels.len() - 1], labels[0]);
        let is_host = ENDINGS.contains(&last)
            && first.len() > 1
            && first.chars().any(|c| c.is_ascii_alphabetic());
        if is_host {
            let is_paid = REFERRALS.iter().any(|mark| word.contains(mark));
            let is_bare = usize::from(!word.contains(['/', '@']));
            return Some(if is_paid || suspicion(host) + is_bare > 1 {
                Link::Hidden
            } else {
                Link::Plain
            });
        }
    }
    // Another sign in place of the dot: «example•com».
    let parts: Vec<&str> = host
        .split(['•', '·', ',', '،', '٫', '_', '|', '*', '●', '。', ';'])
        .collect();
    let is_disguised = parts.len() > 1
        && parts.iter().all(|part| is_label(part))
        && parts[0].len() > 2
        && matches!(
            parts[parts.len() - 1],
            "com" | "net" | "org" | "info" | "example" | "test"
        );
    is_disguised.then_some(Link::Hidden)
}

/// How much a host looks like one that is made for advertising: a name of several
/// words or with digits, below another name, under a cheap ending.
fn suspicion(host: &str) -> usize {
    const CHEAP: [&str; 16] = [
        "xyz", "top", "online", "site", "shop", "store", "club", "live", "vip", "click", "win",
        "bet", "icu", "link", "tk", "biz",
    ];
    const KNOWN: [&str; 12] = [
        "www", "m", "ar", "en", "fr", "news", "data", "gov", "edu", "ac", "co", "docs",
    ];
    let labels: Vec<&str> = host.split('.').collect();
    let (names, last) = labels.split_at(labels.len() - 1);
    let is_deep = names.len() > 1
        && !KNOWN.contains(&names[0])
        && !names
            .iter()
            .any(|name| matches!(*name, "gov" | "edu" | "ac"));
    let is_compound = names
        .iter()
        .any(|name| name.contains('-') || name.contains(|c: char| c.is_ascii_digit()));
    2 * usize::from(is_compound)
        + 2 * usize::from(is_deep)
        + 2 * usize::from(CHEAP.contains(&last[0]))
}

/// Whether a pointing hand or an arrow stands before or behind.
fn is_pointed_at(words: &[Word], at: usize) -> bool {
    let points = |word: &Word| {
        word.folded.contains([
            '👇', '👉', '👈', '👆', '⬇', '➡', '⬅', '»', '→', '←', '🔗', '☝',
        ]) || word.folded.ends_with("=>")
            || word.folded.ends_with("==>")
            || word.folded.ends_with(">>")
    };
    points(&words[at])
        || at
            .checked_sub(1)
            .is_some_and(|before| points(&words[before]))
        || words.get(at + 1).is_some_and(points)
}

fn is_hiding(host: &str) -> bool {
    HIDING.contains(&host.strip_prefix("www.").unwrap_or(host))
}

fn trimmed(word: &Word) -> &str {
    word.folded.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_latin(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// A dot in words: «دردشة نقطة كوم», `example [dot] org`.
fn spoken(words: &[Word]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in 1..words.len().saturating_sub(1) {
        let (dot, next, before) = (&words[at], &words[at + 1], &words[at - 1]);
        if !SPOKEN_DOTS.contains(&trimmed(dot)) {
            continue;
        }
        let is_bracketed = dot.folded.starts_with(['[', '(', '{', '-', '<', '*', '_']);
        let ends = SPOKEN_ENDINGS.contains(&trimmed(next));
        let both = is_latin(trimmed(before)) && is_latin(trimmed(next)) && trimmed(dot) != "point";
        if ends || both || is_bracketed && (is_latin(trimmed(before)) || is_latin(trimmed(next))) {
            found.push(before.range.start..next.range.end);
        }
    }
    found
}

/// An account with a messenger: «تلجرام @name».
fn accounts(words: &[Word]) -> Vec<Range<usize>> {
    const MESSENGERS: [&str; 14] = [
        "تلجرام",
        "تليجرام",
        "تلغرام",
        "تليغرام",
        "تيليجرام",
        "سناب",
        "انستا",
        "واتس",
        "ديسكورد",
        "telegram",
        "insta",
        "snap",
        "whatsapp",
        "discord",
    ];
    let pairs = words.windows(2).filter(|pair| {
        let is_name = |word: &str| word.starts_with('@') || word.contains('_') && is_handle(word);
        MESSENGERS.iter().any(|name| pair[0].folded.contains(name)) && is_name(&pair[1].folded)
    });
    pairs
        .map(|pair| pair[0].range.start..pair[1].range.end)
        .collect()
}

fn is_handle(word: &str) -> bool {
    word.chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

/// Links with gaps in them: `t . me / name`, `h t t p`, `example com`.
fn spaced(words: &[Word]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in 0..words.len() {
        let rest = &words[at..];
        let mut joined = String::new();
        let mut count = 0;
        for word in rest
            .iter()
            .take(12)
            .take_while(|word| word.folded.chars().count() < 3)
        {
            joined.push_str(&word.folded);
            count += 1;
        }
        let opens = ["http", "hxxp", "www", "t.me", "wa.me", "bit.ly"];
        if count > 2 && opens.iter().any(|open| joined.starts_with(open)) {
            found.push(words[at].range.start..rest[count - 1].range.end);
        }
        let [first, second, ..] = rest else {
            continue;
        };
        let is_end =
            |word: &str| matches!(word, "com" | "net" | "org" | "info" | "example" | "test");
        let name = trimmed(first);
        let by_dot = first.folded.ends_with('.') && is_end(trimmed(second))
            || second.folded.starts_with('.') && is_end(trimmed(second));
        let by_nothing = name.len() > 2 && matches!(second.folded.as_str(), "com" | "org");
        if is_latin(name) && (by_dot || by_nothing) {
            found.push(first.range.start..second.range.end);
        }
        let lone_dot = matches!(
            second.folded.as_str(),
            "." | "," | "•" | "·" | "،" | "-" | "_"
        );
        if let Some(third) = rest.get(2)
            && lone_dot
            && is_latin(name)
            && is_end(trimmed(third))
        {
            found.push(first.range.start..third.range.end);
        }
    }
    found
}
