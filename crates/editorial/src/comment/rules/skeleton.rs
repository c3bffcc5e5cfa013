//! What a name looks like.

use arabic::disguise::Seen;

/// What a name looks like: names that readers take for the same one have the
/// same skeleton, whatever marks, tatweel, hamzas, spaces, dots, look-alike
/// letters or digits they are written with. Empty where it has no letter.
///
/// «لَيـلى» and «ليلي» are one; so are `Warraq`, `wаrrаq` with the Cyrillic а, and
/// `W.a.r.r.a.q`.
pub fn skeleton(name: &str) -> String {
    let seen = Seen::of(name);
    let letters = (0..seen.words()).filter_map(|at| seen.word(at));
    let mut out = String::with_capacity(name.len());
    for c in letters.flat_map(str::chars) {
        let c = match c {
            '0' => 'o',
            '1' | 'i' | 'j' => 'l',
            '5' => 's',
            c => c,
        };
        // Over a gap, too, twice is once: «W. Warraq», «WWarraq».
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out.replace("rn", "m").replace("vv", "w")
}
