//! Whether a word of the list is meant for somebody: «كلب» is an animal until it
//! is said of a person.

use std::ops::Range;

use arabic::disguise::{Guise, Met, Seen};

use super::{
    cited,
    list::{Kind, WordList},
    rasm::is_free,
};

/// Forms of one text that are looked at.
const MET_MAX: usize = 200;
/// Points from which a word is meant for somebody.
const AIMED: i32 = 4;
/// Words before and behind that are looked at.
pub(super) const NEAR: usize = 4;
/// Points from which words of trade are advertising.
const ADVERTISING: usize = 4;
/// The same in a text of few words, which has no room for more.
const ADVERTISING_SHORT: usize = 3;
/// Words of a text of few.
const FEW_WORDS: usize = 14;
/// Points that a link gives.
const LINK: usize = 3;
/// Words between which words of trade belong together.
const TRADE_WITHIN: usize = 40;
/// Points from which what is no threat alone is one together.
const THREATENING: usize = 3;
/// Words between which such words belong together.
const THREAT_WITHIN: usize = 20;
/// Points more that threats need beside words of who wishes well.
const CARE: usize = 2;
/// Words of the longest saying that is never held.
const SAYING_MAX: usize = 6;
/// Words before and behind contempt in which a group is named.
const SCORN_WITHIN: (usize, usize) = (10, 5);

/// Where words of the list were met.
#[derive(Debug, Default)]
pub(super) struct Ranges {
    /// Insults, threats, hate.
    pub words: Vec<Range<usize>>,
    /// Advertising.
    pub advertising: Vec<Range<usize>>,
    /// Whether something was met that is meant for nobody: denied, cited, a
    /// saying, said of a thing.
    pub excused: bool,
}

/// Goes through the words of `seen`.
pub(super) fn met(seen: &Seen, list: &WordList, has_link: bool) -> Ranges {
    let all = list.lexicon().find(seen, MET_MAX);
    let mut ranges = Ranges::default();
    let (mut trade, mut threats) = (Vec::new(), Vec::new());
    let is_fair = names(seen, list, Kind::Fair);
    for met in &all {
        let Some((kind, letters)) = list.row(met.id) else {
            continue;
        };
        if is_clean(seen, met, list)
            || cited::is_cited(seen, met, kind, list)
            || kind <= Kind::Doubtful && (is_denied(seen, met) || is_nisba_of(met, kind))
        {
            ranges.excused = true;
            continue;
        }
        match kind {
            Kind::Trade | Kind::Market | Kind::Lure => {
                let points = match kind {
                    // Who has none to sell speaks of «القروض», not of «قروض».
                    Kind::Trade if met.is_definite => 1,
                    Kind::Trade => 2,
                    Kind::Market if met.is_definite => 0,
                    Kind::Lure if has_link => 2,
                    Kind::Lure => 0,
                    _ => 1,
                };
                if points > 0 && !met.is_misspelt {
                    trade.push(Part::of(met, points));
                }
            }
            Kind::Menace | Kind::Hint => {
                if !met.is_misspelt {
                    let points = if kind == Kind::Menace { 2 } else { 1 };
                    threats.push(Part::of(met, points));
                }
            }
            Kind::Scorn | Kind::Taint if is_fair => {}
            Kind::Scorn => {
                if !met.is_misspelt && names_a_group(seen, met, list) {
                    ranges.words.push(met.bytes.clone());
                }
            }
            Kind::Taint => {
                if !met.is_misspelt && taints_a_group(seen, met, list) {
                    ranges.words.push(met.bytes.clone());
                }
            }
            _ if !is_fair && is_taint(seen, met, list) && taints_a_group(seen, met, list) => {
                ranges.words.push(met.bytes.clone());
            }
            Kind::Harm => {
                let is_of_a_match = met.ending != "كم" && names(seen, list, Kind::Game);
                if is_of_a_match {
                    ranges.excused = true;
                } else if !met.is_misspelt && is_wished(seen, met, list) {
                    ranges.words.push(met.bytes.clone());
                }
            }
            Kind::Spam => {
                if !met.is_misspelt || letters > 6 {
                    ranges.advertising.push(met.bytes.clone());
                }
            }
            Kind::Animal | Kind::Doubtful => {
                if aim(seen, met, kind, letters, list, &all) >= AIMED {
                    ranges.words.push(met.bytes.clone());
                }
            }
            Kind::Insult if met.guise == Guise::Plain && is_of_a_thing(seen, met, list) => {
                ranges.excused = true;
            }
            _ => {
                if !met.is_misspelt || is_sure(seen, met, kind, letters, list) {
                    ranges.words.push(met.bytes.clone());
                }
            }
        }
    }
    let enough = if seen.words() > FEW_WORDS || has_link {
        ADVERTISING
    } else {
        ADVERTISING_SHORT
    };
    let by_link = if has_link { LINK } else { 0 };
    if cited::speaks_of_trade(seen, list) {
        ranges.excused |= !(ranges.advertising.is_empty() && trade.is_empty());
        ranges.advertising.clear();
    } else {
        let advertising = together(trade, by_link, enough, TRADE_WITHIN);
        ranges.advertising.extend(advertising);
    }
    let care = if names(seen, list, Kind::Care) {
        CARE
    } else {
        0
    };
    let threats = together(threats, 0, THREATENING + care, THREAT_WITHIN);
    ranges.words.extend(threats);
    ranges
}

/// Whether a word of the text is one of `kind`.
fn names(seen: &Seen, list: &WordList, kind: Kind) -> bool {
    let mut words = (0..seen.words()).filter_map(|at| seen.word(at));
    words.any(|word| list.is_named(kind, word))
}

/// Whether it is said that somebody is not so, or that who writes is: «الشعب مش
/// غبي», «كنت حمار لما صدقتهم».
fn is_denied(seen: &Seen, met: &Met) -> bool {
    const DENIES: [&str; 22] = [
        "مش",
        "مو",
        "موش",
        "مهو",
        "ماهو",
        "مهوش",
        "ليس",
        "ليست",
        "ليسوا",
        "لست",
        "لسنا",
        "مب",
        "ماشي",
        "انا",
        "احنا",
        "نحن",
        "حنا",
        "كنت",
        "كاني",
        "لسنا",
        "ماني",
        "منيش",
    ];
    let before = |by: usize| {
        let at = met.words.start.checked_sub(by)?;
        seen.word(at)
    };
    let is_here = |word: Option<&str>| word.is_some_and(|word| DENIES.contains(&word));
    let is_other = matches!(before(2), Some("ابن" | "يا"))
        || before(2).is_some_and(|word| word.starts_with("انت"));
    !met.is_addressed && met.guise == Guise::Plain && is_here(before(1)) && !is_other
}

/// Whether it is a name or where somebody comes from: what «ال» stands before is
/// nobody's, so «الكلبي» is no «كلب».
fn is_nisba_of(met: &Met, kind: Kind) -> bool {
    kind == Kind::Animal && met.is_definite && met.ending == "ي" && met.guise == Guise::Plain
}

/// Whether it is said of a thing, and nobody is spoken to: «سؤال غبي».
fn is_of_a_thing(seen: &Seen, met: &Met, list: &WordList) -> bool {
    if met.is_addressed || met.words.len() > 1 {
        return false;
    }
    let before = near(seen, met, list, NEAR).filter(|(_, by)| *by < 0);
    let mut is_thing = false;
    for (context, by) in before {
        match context {
            Kind::Thing => is_thing = true,
            Kind::You | Kind::Person => return false,
            _ => is_thing |= by == -1 && right_behind_a_thing(seen, met, list),
        }
    }
    is_thing
}

/// Whether the word right before it is a thing.
fn right_behind_a_thing(seen: &Seen, met: &Met, list: &WordList) -> bool {
    let before = met.words.start.checked_sub(1);
    let word = before.and_then(|before| seen.word(before));
    word.is_some_and(|word| list.is_named(Kind::Thing, word))
}

/// Whether a group of people is named close by.
fn names_a_group(seen: &Seen, met: &Met, list: &WordList) -> bool {
    let (before, behind) = SCORN_WITHIN;
    let from = met.words.start.saturating_sub(before);
    let mut words = (from..met.words.start).chain(met.words.end..met.words.end + behind);
    words.any(|at| is_group(seen, at, list))
}

/// Whether the word at `at` is a group of people, alone or with the one behind it:
/// «أهل الشمال».
fn is_group(seen: &Seen, at: usize, list: &WordList) -> bool {
    let Some(word) = seen.word(at) else {
        return false;
    };
    list.is_named(Kind::Group, word)
        || seen
            .word(at + 1)
            .is_some_and(|next| list.is_named(Kind::Group, &format!("{word} {next}")))
}

/// Whether what was met is contempt of groups, too, whatever else it is.
fn is_taint(seen: &Seen, met: &Met, list: &WordList) -> bool {
    let word = seen.word(met.words.start).unwrap_or_default();
    !met.is_misspelt && met.words.len() == 1 && list.is_named(Kind::Taint, word)
}

/// Whether a group of people is named right before it, or with nothing but «كلهم»,
/// «مجرد» and the like between them: «الفلاحين كلهم ورم».
fn taints_a_group(seen: &Seen, met: &Met, list: &WordList) -> bool {
    const BETWEEN: [&str; 44] = [
        "كله",
        "ده",
        "دا",
        "دي",
        "هذا",
        "هذه",
        "هاد",
        "هاذ",
        "هذول",
        "هذي",
        "كانوا",
        "جميعهم",
        "طول",
        "عمرهم",
        "شويه",
        "صاير",
        "عمرها",
        "شوي",
        "كلهم",
        "كلها",
        "كلن",
        "كلو",
        "هم",
        "هو",
        "هي",
        "دول",
        "هدول",
        "مجرد",
        "بس",
        "اصلا",
        "والله",
        "زي",
        "متل",
        "مثل",
        "اكبر",
        "دايما",
        "فعلا",
        "اكثر",
        "عباره",
        "عن",
        "ناس",
        "شعب",
        "صاروا",
        "صارو",
    ];
    if met.is_definite {
        return false;
    }
    for before in (met.words.start.saturating_sub(4)..met.words.start).rev() {
        let word = seen.word(before).unwrap_or_default();
        let is_pair = || before > 0 && is_group(seen, before - 1, list);
        if is_group(seen, before, list) || is_nisba(word) || is_pair() {
            return true;
        }
        // «المرأة السايقة بهيمة»
        let is_told_more = word.starts_with("ال") && word.chars().count() > 4;
        if !BETWEEN.contains(&word) && !is_told_more {
            return false;
        }
    }
    false
}

/// Whether `word` is a people or a creed by its ending: «السويسريين».
fn is_nisba(word: &str) -> bool {
    word.starts_with("ال")
        && word.chars().count() > 6
        && (word.ends_with("يين") || word.ends_with("يون") || word.ends_with("ويه"))
}

/// Whether harm is wished to somebody: «نقتل كل اللاجئين», «نكسر ايدك», «لازم
/// يموتوا كلهم».
fn is_wished(seen: &Seen, met: &Met, list: &WordList) -> bool {
    let is_yours = |at: usize| {
        let ends = |word: &str| {
            let letters = word.chars().count();
            (letters > 3 && word.ends_with('ك') || letters > 4 && word.ends_with("كم"))
                && !word.starts_with("ال")
        };
        // «نقطع عليكم البث»
        seen.word(at)
            .is_some_and(|word| ends(word) && list.context(word).is_none())
    };
    let is_first_person = |word: &str| {
        ["ا", "ن", "س", "ه", "ح", "ب", "لا", "لن", "غ", "من", "كن"]
            .iter()
            .any(|start| word.starts_with(start))
            && !word.starts_with("ال")
    };
    let verb = seen.word(met.words.start).unwrap_or_default();
    let (mut is_group, mut is_must) = (met.ending == "هم", false);
    for (context, by) in near(seen, met, list, NEAR) {
        is_group |=
            context == Kind::Group || matches!(context, Kind::They | Kind::Person) && by < 0;
        is_must |= context == Kind::Must && (by < 0 || met.words.start == 0);
    }
    is_group |= (met.words.end..met.words.end + 3).any(|at| {
        seen.word(at)
            .is_some_and(|word| word.len() > 6 && word.ends_with("هم"))
    });
    let yours = (met.words.end..met.words.end + 2).any(is_yours);
    let is_body = (met.words.end..met.words.end + 2)
        .filter_map(|at| seen.word(at))
        .any(|word| list.is_named(Kind::Body, word));
    // «اقضوا عليهم»
    let is_called_for = is_must
        || verb.starts_with('ا') && verb.ends_with("وا")
        // «بيدي أحرقهم كلهم»
        || met.ending == "هم" && is_first_person(verb);
    is_called_for && is_group
        || is_first_person(verb) && (is_body || !verb.ends_with("وا") && yours)
}

/// Whether what was met with another letter is that word all the same.
fn is_sure(seen: &Seen, met: &Met, kind: Kind, letters: usize, list: &WordList) -> bool {
    let is_said_to_somebody = || {
        let before = met
            .words
            .start
            .checked_sub(1)
            .and_then(|before| seen.word(before));
        before.and_then(|before| list.context(before)) == Some(Kind::You)
    };
    if met.words.len() == 1 && !is_free(seen.word(met.words.start).unwrap_or_default(), list) {
        return kind == Kind::Insult && (met.is_addressed || is_said_to_somebody());
    }
    match kind {
        Kind::Insult => letters >= 4 || met.is_addressed || is_said_to_somebody(),
        Kind::Obscene => letters >= 5,
        _ => letters >= 6 && met.words.len() > 1,
    }
}

/// Whether the word, as it stands, is none that is known.
fn is_unknown(seen: &Seen, met: &Met, letters: usize, list: &WordList) -> bool {
    let word = seen.word(met.words.start).unwrap_or_default();
    // «هيوان» for «حيوان»; but «جلاب» is «كلاب» as the Gulf says it, of animals too,
    // and «حروف» are no «خروف».
    (letters > 4 || word.contains('ه')) && is_free(word, list)
}

/// What says little alone.
struct Part {
    words: Range<usize>,
    id: u32,
    points: usize,
    bytes: Range<usize>,
}

impl Part {
    fn of(met: &Met, points: usize) -> Self {
        Self {
            words: met.words.clone(),
            id: met.id,
            points,
            bytes: met.bytes.clone(),
        }
    }
}

/// Where `parts` stand, if different ones within so many words have `enough`
/// points together with those `given`; or more, where each has but one.
fn together(parts: Vec<Part>, given: usize, enough: usize, within: usize) -> Vec<Range<usize>> {
    for first in 0..parts.len() {
        let mut ids = Vec::new();
        let (mut points, mut is_weak) = (given, true);
        let mut end = 0;
        for part in &parts[first..] {
            if part.words.start > parts[first].words.start + within {
                break;
            }
            if !ids.contains(&part.id) && part.words.start >= end {
                ids.push(part.id);
                points += part.points;
                is_weak &= part.points < 2;
                end = part.words.end;
            }
        }
        if points >= enough + usize::from(is_weak) {
            return parts.into_iter().map(|part| part.bytes).collect();
        }
    }
    Vec::new()
}

/// Whether the list says that what was met is never held.
fn is_clean(seen: &Seen, met: &Met, list: &WordList) -> bool {
    let Some(word) = seen.word(met.words.start) else {
        return false;
    };
    if is_within_a_saying(seen, met, list) {
        return true;
    }
    if met.words.len() > 1 {
        return false;
    }
    let with = |other: Option<usize>, is_before: bool| {
        let Some(other) = other.and_then(|other| seen.word(other)) else {
            return false;
        };
        list.is_clean(&if is_before {
            format!("{other} {word}")
        } else {
            format!("{word} {other}")
        })
    };
    let before = met
        .words
        .start
        .checked_sub(1)
        .and_then(|before| seen.word(before));
    if met.is_misspelt && before.and_then(|before| list.context(before)) == Some(Kind::You) {
        return false;
    }
    let is_called = before.and_then(|before| list.context(before)) == Some(Kind::You);
    list.is_clean(word) && (met.is_misspelt || !is_called && !met.is_addressed)
        || with(met.words.start.checked_sub(1), true)
        || with(Some(met.words.end), false)
}

/// Whether it is part of a saying that is never held: «موت يا حمار», «القافلة تسير
/// والكلاب تنبح».
fn is_within_a_saying(seen: &Seen, met: &Met, list: &WordList) -> bool {
    let from = (met.words.end + 1).saturating_sub(SAYING_MAX);
    (from..=met.words.start).any(|from| {
        let mut words = String::new();
        (from..from + SAYING_MAX).any(|at| {
            let Some(word) = seen.word(at) else {
                return false;
            };
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
            let length = at + 1 - from;
            at + 1 >= met.words.end && length >= met.words.len().max(2) && list.is_clean(&words)
        })
    })
}

/// The context of the words at most `within` before and behind `met`, with their
/// distance: negative before it.
pub(super) fn near<'a>(
    seen: &'a Seen,
    met: &Met,
    list: &'a WordList,
    within: usize,
) -> impl Iterator<Item = (Kind, i32)> + 'a {
    let (start, end) = (met.words.start, met.words.end);
    let before = (1..=within).filter_map(move |by| Some((start.checked_sub(by)?, -distance(by))));
    let behind = (1..=within).map(move |by| (end + by - 1, distance(by)));
    before
        .chain(behind)
        .filter_map(|(at, by)| Some((list.context(seen.word(at)?)?, by)))
}

fn distance(by: usize) -> i32 {
    i32::try_from(by).unwrap_or(i32::MAX)
}

/// Points for and against that somebody is meant.
fn aim(seen: &Seen, met: &Met, kind: Kind, letters: usize, list: &WordList, all: &[Met]) -> i32 {
    if met.is_addressed && met.ending != "ي" || met.guise == Guise::Hidden && !met.is_misspelt {
        return AIMED;
    }
    if met.is_misspelt
        && kind == Kind::Animal
        && met.words.len() == 1
        && letters > 3
        && is_unknown(seen, met, letters, list)
        && !is_construct(seen, met)
    {
        return AIMED;
    }
    let is_bare = !met.is_definite && met.ending.is_empty();
    let is_animal = kind == Kind::Animal;
    let is_pointed_at = seen
        .word(met.words.start)
        .is_some_and(|word| word.starts_with("هال"));
    let is_crime = is_of_a_crime(seen, met);
    let mut points = 0;
    let mut is_spared = false;
    for (context, by) in near(seen, met, list, NEAR) {
        points += match (context, by) {
            (Kind::They, _) if is_crime => 0,
            (Kind::You, -1) if met.ending != "ي" => return AIMED,
            (Kind::Child, -1) if !met.is_misspelt && (is_animal || met.is_definite) => {
                return AIMED;
            }
            (Kind::Person, -1 | 1) | (Kind::Group, -1) if is_bare => return AIMED,
            (Kind::They, -1) if is_animal && is_bare => 4,
            (Kind::Folk, -1) if is_bare => 4,
            (Kind::Group, -3 | -2) if is_bare => 2,
            // «كلاب السلطة»
            (Kind::Folk, 1) if is_animal && (is_bare || is_pointed_at) => 4,
            (Kind::Person, -2..=2) => 3,
            (Kind::They, -1) if is_bare => 3,
            (Kind::They, -2) if is_bare => 1,
            // «حمير كلهم»
            (Kind::They | Kind::Group, 1) if is_bare && by > 0 => 1,
            (Kind::Folk, -1 | 1) | (Kind::Deed, 1 | 2) => 2,
            (Kind::Folk, -2 | 2)
            | (Kind::Deed, -2..=3)
            | (Kind::Like, -2 | -1)
            | (Kind::Person | Kind::You, _) => 1,
            (Kind::Spare, _) => {
                is_spared = true;
                0
            }
            _ => 0,
        };
    }
    if met.guise == Guise::Dressed {
        points += 4;
    }
    // «تيس ما يفهم»: whoever is meant goes without saying.
    if is_bare && opens_what_somebody_does(seen, met) && !is_crime {
        let is_plain = !met.is_misspelt || is_unknown(seen, met, letters, list);
        if is_plain {
            return AIMED;
        }
    }
    // «قواد الوزير»
    if is_bare && met.words.start == 0 && !met.is_misspelt {
        let context = |at| seen.word(at).and_then(|word| list.context(word));
        let is_somebody = context(1) == Some(Kind::Folk) || context(2) == Some(Kind::Deed);
        if is_somebody && is_construct(seen, met) && !is_crime {
            return AIMED;
        }
    }
    if opens_a_clause(seen, met)
        && is_bare
        && !met.is_misspelt
        && !is_crime
        && !is_construct(seen, met)
    {
        points += if seen.words() <= 3 { 4 } else { 3 };
    }
    // «كلابكم», «خنازيرهم», but «كلبي».
    points += match met.ending {
        "كم" | "كو" => 1,
        "ي" => -4,
        "ها" | "ه" | "نا" => -1,
        _ => 0,
    };
    if is_animal && has_its_picture(seen, met) {
        points += 2;
    }
    if is_bare && speaks_to_somebody(seen, met) {
        points += if is_animal { 2 } else { 1 };
    }
    points += beside_another(met, list, all);
    if is_spared {
        points -= if met.guise == Guise::Dressed { 2 } else { 4 };
    }
    if met.is_misspelt {
        points -= 3;
    }
    points
}

/// Whether it is who does a crime, of whom others tell: «واحد نصاب أخذ من خالتي ألف».
fn is_of_a_crime(seen: &Seen, met: &Met) -> bool {
    const CRIMES: [&str; 20] = [
        "nassab",
        "nassabeen",
        "nassabin",
        "7arami",
        "نصاب",
        "نصابين",
        "نصابه",
        "حرامي",
        "حراميه",
        "لص",
        "لصوص",
        "محتال",
        "محتالين",
        "دجال",
        "دجالين",
        "مشعوذ",
        "بلطجي",
        "بلطجيه",
        "مجرم",
        "مرتشي",
    ];
    seen.word(met.words.start)
        .is_some_and(|word| WordList::without_clitics(word).any(|word| CRIMES.contains(&word)))
}

/// Whether it opens the text, and what somebody does or is follows: «حيوان ويسوق»,
/// «تيس وما يفهم».
pub(super) fn opens_what_somebody_does(seen: &Seen, met: &Met) -> bool {
    met.words.start == 0 && tells_what_somebody_does(seen, met.words.end)
}

/// Whether the word at `at` goes on with what somebody does or is: «ويسوق», «وما».
pub(super) fn tells_what_somebody_does(seen: &Seen, at: usize) -> bool {
    const GOES_ON: [&str; 24] = [
        "وما",
        "وعامل",
        "وعامله",
        "وعاملين",
        "وجاي",
        "وجايه",
        "وباغي",
        "وباغيه",
        "ومسوي",
        "ومسويه",
        "وحاسب",
        "وشايف",
        "وفاكر",
        "وفاكره",
        "ولابس",
        "وقاعد",
        "وراح",
        "ولا",
        "وعم",
        "وجالس",
        "وضارب",
        "وكل",
        "وعنده",
        "وبده",
    ];
    seen.word(at).is_some_and(|word| {
        GOES_ON.contains(&word)
            || word.chars().count() > 4
                && ["وي", "وت", "وبي", "وكي", "وبت"]
                    .iter()
                    .any(|start| word.starts_with(start))
    })
}

/// Whether a word close by is somebody's to whom it is said: «حمار مع ربعك».
fn speaks_to_somebody(seen: &Seen, met: &Met) -> bool {
    let from = met.words.start.saturating_sub(3);
    let words = (from..met.words.start).chain(met.words.end..met.words.end + 3);
    words.filter_map(|at| seen.word(at)).any(|word| {
        let letters = word.chars().count();
        (letters > 3 && word.ends_with('ك') || letters > 4 && word.ends_with("كم"))
            && !word.starts_with("ال")
            && word != "هناك"
            && word != "كذلك"
            && word != "لذلك"
    })
}

/// Whether nothing of the same clause stands before it.
fn opens_a_clause(seen: &Seen, met: &Met) -> bool {
    met.words.start.checked_sub(1).is_none_or(|before| {
        let mut signs = seen.signs_after(before);
        signs.any(|sign| matches!(sign, '،' | '.' | '!' | '؟' | '?' | ':' | '\n' | ','))
    })
}

/// Whether a noun with «ال» follows: «كلب الهرم».
fn is_construct(seen: &Seen, met: &Met) -> bool {
    seen.word(met.words.end)
        .is_some_and(|word| word.starts_with("ال") && word != "الي")
}

/// Whether pictures stand right beside it.
fn has_its_picture(seen: &Seen, met: &Met) -> bool {
    let is_animal = |c: char| matches!(c, '\u{1F400}'..='\u{1F43F}' | '\u{1F980}'..='\u{1F9AE}' | '\u{1FAB0}'..='\u{1FAB4}' | '\u{1FACE}' | '\u{1FACF}' | '\u{1F921}');
    let before = met.words.start.checked_sub(1);
    before.is_some_and(|before| seen.signs_after(before).any(is_animal))
        || seen.signs_after(met.words.end - 1).any(is_animal)
}

/// Points for other such words close by: «خائن وعميل», «تيس من التيوس».
fn beside_another(met: &Met, list: &WordList, all: &[Met]) -> i32 {
    let mut points = 0;
    for other in all {
        if other.words == met.words
            || list
                .row(other.id)
                .is_none_or(|(kind, _)| kind > Kind::Doubtful)
        {
            continue;
        }
        let by = if other.words.start >= met.words.end {
            other.words.start - met.words.end
        } else {
            met.words.start.saturating_sub(other.words.end)
        };
        let kind = list.row(other.id).map(|(kind, _)| kind);
        points = points.max(match (kind, by) {
            (Some(Kind::Animal | Kind::Doubtful), 0 | 1) => 1,
            (Some(Kind::Animal | Kind::Doubtful), _) => 0,
            (_, 0 | 1) => 3,
            _ => 1,
        });
    }
    points
}
