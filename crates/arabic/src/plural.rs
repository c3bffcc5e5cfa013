//! Counting: the six plural forms of Arabic, whole sentences at a time.
//! Source: CLDR plural rules for `ar`; grammar of العدد والمعدود.

use crate::numerals::{Digits, write};

/// The plural category of CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// 0
    Zero,
    /// 1
    One,
    /// 2
    Two,
    /// 3 to 10, 103 to 110 …
    Few,
    /// 11 to 99, 111 to 199 …
    Many,
    /// 100 to 102, 200, 1000 …
    Other,
}

/// The category of `n`.
pub const fn category(n: u64) -> Category {
    match (n, n % 100) {
        (0, _) => Category::Zero,
        (1, _) => Category::One,
        (2, _) => Category::Two,
        (_, 3..=10) => Category::Few,
        (_, 11..=99) => Category::Many,
        _ => Category::Other,
    }
}

/// The case a counted noun stands in; it shows in the dual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// «يومان»
    Nominative,
    /// «قبل يومين»
    Genitive,
}

/// The forms of a noun that is counted.
#[derive(Clone, Copy, Debug)]
pub struct CountedNoun {
    /// None: «لا تعليقات».
    pub zero: &'static str,
    /// One: «تعليق واحد».
    pub one: &'static str,
    /// Two, nominative: «تعليقان».
    pub two: &'static str,
    /// Two, genitive: «تعليقين».
    pub two_genitive: &'static str,
    /// Behind 3 to 10: «تعليقات».
    pub few: &'static str,
    /// Behind 11 to 99: «تعليقًا».
    pub many: &'static str,
    /// Behind 100: «تعليق».
    pub other: &'static str,
}

macro_rules! nouns {
    ($($(#[$doc:meta])* $name:ident = $zero:literal, $one:literal, $two:literal, $gen:literal, $few:literal, $many:literal, $other:literal;)*) => {
        $($(#[$doc])* pub const $name: CountedNoun = CountedNoun { zero: $zero, one: $one, two: $two, two_genitive: $gen, few: $few, many: $many, other: $other };)*
    };
}

nouns! {
    /// تعليق
    COMMENT = "لا تعليقات", "تعليق واحد", "تعليقان", "تعليقين", "تعليقات", "تعليقًا", "تعليق";
    /// مقال
    ARTICLE = "لا مقالات", "مقال واحد", "مقالان", "مقالين", "مقالات", "مقالًا", "مقال";
    /// نتيجة
    RESULT = "لا نتائج", "نتيجة واحدة", "نتيجتان", "نتيجتين", "نتائج", "نتيجة", "نتيجة";
    /// دقيقة
    MINUTE = "أقل من دقيقة", "دقيقة واحدة", "دقيقتان", "دقيقتين", "دقائق", "دقيقة", "دقيقة";
    /// ساعة
    HOUR = "أقل من ساعة", "ساعة واحدة", "ساعتان", "ساعتين", "ساعات", "ساعة", "ساعة";
    /// يوم
    DAY = "أقل من يوم", "يوم واحد", "يومان", "يومين", "أيام", "يومًا", "يوم";
    /// شهر
    MONTH = "أقل من شهر", "شهر واحد", "شهران", "شهرين", "أشهر", "شهرًا", "شهر";
    /// سنة
    YEAR = "أقل من سنة", "سنة واحدة", "سنتان", "سنتين", "سنوات", "سنة", "سنة";
}

/// `n` of a noun as a whole phrase: «لا تعليقات»، «تعليق واحد»، «تعليقان»،
/// «3 تعليقات»، «11 تعليقًا»، «100 تعليق».
pub fn counted(n: u64, noun: &CountedNoun, case: Case, digits: Digits) -> String {
    let behind = |form: &str| format!("{} {form}", write(n, digits));
    match category(n) {
        Category::Zero => noun.zero.to_owned(),
        Category::One => noun.one.to_owned(),
        Category::Two if case == Case::Genitive => noun.two_genitive.to_owned(),
        Category::Two => noun.two.to_owned(),
        Category::Few => behind(noun.few),
        Category::Many => behind(noun.many),
        Category::Other => behind(noun.other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_forms() {
        let comments = |n| counted(n, &COMMENT, Case::Nominative, Digits::Latin);
        for (n, expect) in [
            (0, "لا تعليقات"),
            (1, "تعليق واحد"),
            (2, "تعليقان"),
            (3, "3 تعليقات"),
            (10, "10 تعليقات"),
            (11, "11 تعليقًا"),
            (99, "99 تعليقًا"),
            (100, "100 تعليق"),
            (102, "102 تعليق"),
            (103, "103 تعليقات"),
            (111, "111 تعليقًا"),
            (1000, "1000 تعليق"),
        ] {
            assert_eq!(comments(n), expect);
        }
        assert_eq!(counted(2, &DAY, Case::Genitive, Digits::Latin), "يومين");
    }
}
