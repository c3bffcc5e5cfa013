//! Telephone numbers, in any digits and with any signs between them; and what
//! is none: dates, prices, years, scores, counts, laws.

use std::{collections::HashSet, ops::Range, sync::LazyLock};

/// Digits a telephone number has at least.
const DIGITS_MIN: usize = 7;
/// Signs between two groups of digits of one number.
const GAP_MAX: usize = 3;

/// Words between the names of digits.
const BETWEEN_NAMES: [&str; 4] = ["بعدها", "وبعدها", "ثم", "وبعد"];

/// Digits in words: «صفر خمسة خمسة». Folded.
const IN_WORDS: [&str; 69] = [
    "اصفار",
    "خمسات",
    "سبعات",
    "ثلاثات",
    "تسعات",
    "صفر",
    "زيرو",
    "سفر",
    "واحد",
    "واحده",
    "وحده",
    "وحد",
    "اثنين",
    "اتنين",
    "ثنين",
    "اثنان",
    "تنين",
    "زوج",
    "جوج",
    "ثلاثه",
    "تلاته",
    "ثلاث",
    "تلات",
    "اربعه",
    "اربع",
    "ربعه",
    "خمسه",
    "خمس",
    "سته",
    "ست",
    "سبعه",
    "سبع",
    "ثمانيه",
    "تمانيه",
    "تمنيه",
    "ثمان",
    "تمن",
    "ثمانه",
    "تسعه",
    "تسع",
    "عشره",
    "عشر",
    "عشرين",
    "ثلاثين",
    "اربعين",
    "خمسين",
    "ستين",
    "سبعين",
    "ثمانين",
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "sifr",
    "wahed",
    "tnin",
    "tleta",
    "arb3a",
    "khamsa",
    "setta",
    "seb3a",
    "tmenya",
    "tes3a",
];

static SPOKEN: LazyLock<HashSet<&str>> = LazyLock::new(|| IN_WORDS.into_iter().collect());

/// A digit or a group of digits as it stands in the text.
#[derive(Debug)]
struct Group {
    range: Range<usize>,
    digits: String,
    /// What stands before it since the group before.
    gap: String,
}

/// Telephone numbers in `text`.
pub(super) fn held(text: &str) -> Vec<Range<usize>> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let mut end = at + 1;
        while end < groups.len() && joins(&groups[end].gap) {
            end += 1;
        }
        if is_telephone(text, &groups[at..end]) {
            found.push(groups[at].range.start..groups[end - 1].range.end);
        }
        at = end;
    }
    found.extend(in_words(text));
    if found.is_empty() {
        found.extend(in_words_and_digits(text));
    }
    found
}

/// A number of digits and of their names without gaps: «05five5000one77».
fn in_words_and_digits(text: &str) -> Option<Range<usize>> {
    const NAMES: [&str; 10] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let (mut from, mut digits, mut is_mixed) = (0, 0, false);
    let mut place = 0;
    for word in text.split(' ') {
        let start = place;
        place += word.len() + 1;
        let mut rest = word.to_lowercase();
        let has_digits = rest.contains(|c: char| c.is_ascii_digit());
        let mut count = 0;
        for name in NAMES {
            count += rest.matches(name).count();
            rest = rest.replace(name, "");
        }
        let has_names = count > 0;
        count += rest.chars().filter(char::is_ascii_digit).count();
        if count > 0 && rest.chars().all(|c| c.is_ascii_digit() || c == '-') {
            if digits == 0 {
                from = start;
            }
            digits += count;
            is_mixed |= has_digits && has_names;
            if digits >= DIGITS_MIN && is_mixed {
                return Some(from..start + word.len());
            }
        } else {
            (digits, is_mixed) = (0, false);
        }
    }
    None
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut is_open = false;
    let mut gap = String::new();
    for (at, c) in text.char_indices() {
        if matches!(c, '\u{FE0F}' | '\u{20E3}' | '\u{200C}' | 'ـ') {
            continue;
        }
        let to = at + c.len_utf8();
        // «0555 ooo 127»
        let goes_on = !groups.is_empty() && gap.len() < 3 && gap.chars().all(|c| " -.".contains(c));
        let looks_so = match c {
            'o' | 'O' if is_open || goes_on => Some('0'),
            'l' | 'I' if is_open => Some('1'),
            _ => None,
        };
        if let Some(digit) = digit(c).or(looks_so) {
            if let (true, Some(group)) = (is_open, groups.last_mut()) {
                group.digits.push(digit);
                group.range.end = to;
            } else {
                groups.push(Group {
                    range: at..to,
                    digits: digit.to_string(),
                    gap: std::mem::take(&mut gap),
                });
                is_open = true;
            }
        } else {
            is_open = false;
            if gap.len() < 64 {
                gap.push(c);
            }
        }
    }
    groups
}

/// The value of a decimal digit of any script that is likely here.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 12] = [
        0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0xFF10, 0x1_D7CE, 0x1_D7D8, 0x1_D7E2, 0x1_D7EC, 0x1_D7F6,
        0x1_FBF0,
    ];
    let code = u32::from(c);
    let by_zero = ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|digit| *digit < 10));
    let circled = match c {
        '⓪' => Some(0),
        '①'..='⑨' => Some(code - 0x245F),
        '❶'..='❾' => Some(code - 0x2775),
        '➀'..='➈' => Some(code - 0x277F),
        _ => None,
    };
    char::from_digit(by_zero.or(circled)?, 10)
}

/// Whether digits on both sides of `gap` may be one number.
fn joins(gap: &str) -> bool {
    gap.chars().count() <= GAP_MAX
        && gap.chars().all(|c| {
            " -.–—_/\\*()+|,~•·٫٬،'".contains(c)
                || !c.is_alphanumeric() && !c.is_ascii() && c != '：'
        })
        && !gap.contains('\n')
}

fn is_telephone(text: &str, groups: &[Group]) -> bool {
    let digits: usize = groups.iter().map(|group| group.digits.len()).sum();
    if digits < DIGITS_MIN || is_within_a_link(text, &groups[0].range) {
        return false;
    }
    if is_complained_of(text) || is_of_a_paper(text, groups) {
        return false;
    }
    let before = text[..groups[0].range.start].trim_end_matches(['(', ' ']);
    let has_plus = before.ends_with('+') || before.ends_with('#');
    let all: String = groups.iter().map(|group| group.digits.as_str()).collect();
    if has_plus || all.starts_with("00") || all.starts_with("05") && digits >= 9 {
        return true;
    }
    if groups.len() == 1 {
        // A round figure is a sum, and seven digits may count voters: «3000000».
        return !all.ends_with("0000")
            && (digits > DIGITS_MIN || all.starts_with('0') || is_asked_to_call(before));
    }
    !is_grouped(groups) && !is_counted(text, groups) && !is_date(groups) && !are_separate(groups)
}

/// Whether it stands in the path of a link.
fn is_within_a_link(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].rsplit(char::is_whitespace).next();
    before.is_some_and(|before| {
        before.contains("://") || before.contains('/') && before.contains('.')
    })
}

/// Whether somebody tells that nobody answers: «هاتف البلدية … محدش بيرد».
fn is_complained_of(text: &str) -> bool {
    const SILENT: [&str; 20] = [
        "ما حدا رد",
        "ما حدا بيرد",
        "محدش بيرد",
        "محدش رد",
        "ما حد يرد",
        "ما حد رد",
        "ما يرد",
        "لا يرد",
        "مبيردش",
        "ما بيردوا",
        "ما يردون",
        "لا احد يرد",
        "ما في رد",
        "بدون رد",
        "دون رد",
        "خارج الخدمه",
        "ماكايجاوبوش",
        "ما كيجاوبوش",
        "حتى واحد ما",
        "ما جاني رد",
    ];
    let folded = arabic::fold::fold(text);
    SILENT.iter().any(|silent| folded.contains(silent))
}

/// Whether it is the number of something that is written: «رقم الطلب», «قانون رقم».
fn is_of_a_paper(text: &str, groups: &[Group]) -> bool {
    const PAPERS: [&str; 34] = [
        "طلب",
        "بلاغ",
        "معامل",
        "جلوس",
        "قضي",
        "قرار",
        "مرسوم",
        "قانون",
        "شكو",
        "شكاي",
        "تذكر",
        "ملف",
        "عداد",
        "رحل",
        "مرجع",
        "شحن",
        "فاتور",
        "وثيق",
        "صفح",
        "حوال",
        "تتبع",
        "قيد",
        "اكتتاب",
        "باركود",
        "رخص",
        "سجل",
        "ماد",
        "ايصال",
        "وصل",
        "تذاكر",
        "امتحان",
        "موعد",
        "حجز",
        "هوي",
    ];
    let number = &groups[0].digits;
    if number.starts_with('0') || groups.len() > 2 {
        return false;
    }
    let before = text[..groups[0].range.start]
        .split_whitespace()
        .rev()
        .take(2);
    let words: Vec<String> = before.map(arabic::fold::fold).collect();
    let is_paper = |word: &String| {
        let word = word
            .strip_prefix("لل")
            .or_else(|| word.strip_prefix("ال"))
            .unwrap_or(word);
        PAPERS.iter().any(|paper| word.starts_with(paper))
    };
    words.iter().any(is_paper)
        && words
            .iter()
            .all(|word| !word.contains("اتصل") && !word.contains("واتس"))
}

/// Whether the words before a number say what it is for.
fn is_asked_to_call(before: &str) -> bool {
    const CALLS: [&str; 9] = [
        "رقم",
        "واتس",
        "وتس",
        "اتصل",
        "تواصل",
        "كلم",
        "جوال",
        "هاتف",
        "موبايل",
    ];
    let last = before.split_whitespace().rev().take(3);
    last.map(arabic::fold::fold)
        .any(|word| CALLS.iter().any(|call| word.contains(call)))
}

/// «100,000,000»: threes behind one sign.
fn is_grouped(groups: &[Group]) -> bool {
    let first = groups[0].digits.len() <= 3 && !groups[0].digits.starts_with('0');
    let signs = groups[1..]
        .iter()
        .all(|group| matches!(group.gap.trim(), "," | "." | "٬" | "٫" | "،" | "'"));
    let same = groups[1..].iter().all(|group| group.digits.len() == 3);
    let fraction = groups.len() == 2 && matches!(groups[1].gap.as_str(), "." | "," | "٫");
    first && signs && same || fraction && !groups[0].digits.starts_with('0')
}

/// «23 450 000 نسمة»: threes behind spaces, round or beside what is counted.
fn is_counted(text: &str, groups: &[Group]) -> bool {
    const COUNTED: [&str; 12] = [
        "عدد",
        "تعداد",
        "سكان",
        "نفوس",
        "نسم",
        "ميزاني",
        "موازن",
        "دولار",
        "ناخب",
        "احصا",
        "حسب",
        "بلغ",
    ];
    let (Some(first), Some(last)) = (groups.first(), groups.last()) else {
        return false;
    };
    let in_threes = first.digits.len() <= 3
        && !first.digits.starts_with('0')
        && groups[1..]
            .iter()
            .all(|group| group.digits.len() == 3 && group.gap.trim().is_empty());
    let before = text[..first.range.start].split_whitespace().rev().take(4);
    let behind = text[last.range.end..].split_whitespace().take(3);
    let is_said = || {
        before
            .chain(behind)
            .map(arabic::fold::fold)
            .any(|word| COUNTED.iter().any(|counted| word.contains(counted)))
    };
    in_threes && (last.digits == "000" || is_said())
}

/// «2024-05-01», «1/5/2024», with a time behind it or a second date.
fn is_date(groups: &[Group]) -> bool {
    let values: Vec<(usize, u32)> = groups
        .iter()
        .map(|group| (group.digits.len(), group.digits.parse().unwrap_or(u32::MAX)))
        .collect();
    let is_year = |(length, value): (usize, u32)| length == 4 && (1000..=2100).contains(&value);
    values.iter().any(|value| is_year(*value))
        && values
            .iter()
            .all(|value| is_year(*value) || value.0 <= 2 && value.1 <= 60)
}

/// Numbers that stand beside each other: scores, years, lists. Each is written
/// as a number of its own, with a space or a comma, and none begins with 0.
fn are_separate(groups: &[Group]) -> bool {
    let longest = groups
        .iter()
        .map(|group| group.digits.len())
        .max()
        .unwrap_or(0);
    let plain = groups
        .iter()
        .all(|group| !group.digits.starts_with('0') || group.digits.len() == 1);
    let singles = groups
        .iter()
        .filter(|group| group.digits.len() == 1)
        .count();
    let years = groups
        .iter()
        .filter(|group| matches!(group.digits.parse(), Ok(1000..=2100)))
        .count();
    let listed = groups[1..].iter().all(|group| {
        let gap = group.gap.as_str();
        matches!(
            gap,
            ", " | "، " | " - " | " – " | " / " | " و" | ": " | " : " | ". "
        )
    });
    plain && (listed || years * 2 >= groups.len() || longest <= 2 && singles < 6)
}

/// Seven and more digits written as words.
fn in_words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut from, mut to, mut run, mut zeros) = (0, 0, 0, 0);
    let mut place = 0;
    for word in text
        .split([' ', '\n', '،', ',', '-', '.', '/', '_'])
        .chain(std::iter::once(""))
    {
        let start = place;
        place += word.len() + 1;
        let key = arabic::fold::fold(word);
        let key = key
            .strip_prefix('و')
            .filter(|rest| SPOKEN.contains(rest))
            .unwrap_or(&key);
        if SPOKEN.contains(key) {
            if run == 0 {
                from = start;
            }
            run += 1;
            zeros += usize::from(matches!(key, "صفر" | "زيرو" | "اصفار"));
            to = start + word.len();
        } else if run > 0 && BETWEEN_NAMES.contains(&key) {
            zeros += 1;
        } else if !key.is_empty() || start >= text.len() {
            if run >= DIGITS_MIN || run >= 6 && zeros > 0 || run >= 4 && zeros > 1 {
                found.push(from..to.min(text.len()));
            }
            (run, zeros) = (0, 0);
        }
    }
    found
}
