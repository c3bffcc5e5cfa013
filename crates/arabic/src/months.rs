//! Month and weekday names by country group.
//! Sources: CLDR `ar`, `ar-SY`, `ar-DZ`, `ar-TN`, `ar-MA`, `ar-MR`.

/// A country group's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthSet {
    /// Syria, Lebanon, Iraq, Jordan, Palestine.
    Levant,
    /// Egypt, Sudan, the Gulf.
    EgyptGulf,
    /// Algeria and Tunisia.
    AlgeriaTunisia,
    /// Morocco.
    Morocco,
    /// Mauritania.
    Mauritania,
}

const LEVANT: [&str; 12] = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
];
const EGYPT_GULF: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const ALGERIA_TUNISIA: [&str; 12] = [
    "جانفي",
    "فيفري",
    "مارس",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية",
    "أوت",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const MOROCCO: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
];
const MAURITANIA: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "إبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغشت",
    "شتمبر",
    "أكتوبر",
    "نوفمبر",
    "دجمبر",
];
const WEEKDAYS: [&str; 7] = [
    "الاثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
    "الأحد",
];

/// The name of `month`, 1 to 12: 9 is «أيلول» in the Levant, «شتنبر» in
/// Morocco. Empty for any other number.
pub fn month(set: MonthSet, month: i8) -> &'static str {
    let names = match set {
        MonthSet::Levant => &LEVANT,
        MonthSet::EgyptGulf => &EGYPT_GULF,
        MonthSet::AlgeriaTunisia => &ALGERIA_TUNISIA,
        MonthSet::Morocco => &MOROCCO,
        MonthSet::Mauritania => &MAURITANIA,
    };
    usize::try_from(month - 1)
        .ok()
        .and_then(|at| names.get(at))
        .copied()
        .unwrap_or("")
}

/// The name of a weekday: «الأربعاء».
pub fn weekday(day: jiff::civil::Weekday) -> &'static str {
    WEEKDAYS[usize::try_from(day.to_monday_zero_offset()).unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn september_in_each_country() {
        for (set, expect) in [
            (MonthSet::Levant, "أيلول"),
            (MonthSet::EgyptGulf, "سبتمبر"),
            (MonthSet::AlgeriaTunisia, "سبتمبر"),
            (MonthSet::Morocco, "شتنبر"),
            (MonthSet::Mauritania, "شتمبر"),
        ] {
            assert_eq!(month(set, 9), expect);
        }
        assert_eq!(month(MonthSet::Levant, 13), "");
        assert_eq!(weekday(jiff::civil::Weekday::Wednesday), "الأربعاء");
    }
}
