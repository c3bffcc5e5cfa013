//! How many forms of one lemma the stemmer joins, and how many stems are shared
//! by several lemmas, over UD Arabic PUD, beside light10 in the same run.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

use arabic::search::{spelling::spelling, stem::stem};

mod light10;

/// Where the file lies, by an environment variable; without it nothing is measured.
const FOLDER: &str = "WARRAQ_TEST_DATA";
const FILE: &str = "ar_pud-ud-test.conllu";

#[test]
fn forms_of_a_lemma_are_joined() {
    let Some(folder) = env::var_os(FOLDER) else {
        println!("skipped: {FOLDER} does not name a folder with {FILE}");
        return;
    };
    let path = Path::new(&folder).join(FILE);
    let Ok(file) = fs::read_to_string(&path) else {
        println!("skipped: {FILE} is not in {}", path.display());
        return;
    };
    let forms = forms(&file);
    let none = figures(&forms, spelling);
    let light10 = figures(&forms, light10::stem);
    let ours = figures(&forms, |form| stem(&spelling(form)));
    println!(
        "{} lemmas, {} forms: joined / shared",
        forms.len(),
        forms.values().map(BTreeSet::len).sum::<usize>()
    );
    for (name, (joined, shared)) in [
        ("spelling alone", none),
        ("normaliser + light10", light10),
        ("stem", ours),
    ] {
        println!("{name:>22} {joined:.3} / {shared:.3}");
    }
    assert!(
        ours.0 >= 0.5,
        "help: only {:.3} of the pairs are joined",
        ours.0
    );
    assert!(
        ours.1 <= 0.1,
        "help: {:.3} of the stems are shared by lemmas",
        ours.1
    );
}

/// The content words' lemmas, without their marks' varieties, and their forms.
fn forms(file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<_> = line.split('\t').collect();
        if let [id, form, lemma, kind, ..] = fields[..]
            && !id.contains('-')
            && ["NOUN", "ADJ", "VERB", "PROPN"].contains(&kind)
            && form.chars().count() > 1
            && form.chars().all(|c| matches!(c, '\u{0600}'..='\u{06FF}'))
        {
            out.entry(spelling(lemma))
                .or_default()
                .insert(form.to_owned());
        }
    }
    out
}

/// Pairs of forms of one lemma that get one stem, of all such pairs; stems of
/// more than one lemma, of all stems.
fn figures(
    forms: &BTreeMap<String, BTreeSet<String>>,
    stem: impl Fn(&str) -> String,
) -> (f64, f64) {
    let (mut pairs, mut joined) = (0.0, 0.0);
    let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (lemma, forms) in forms {
        let stems: Vec<_> = forms.iter().map(|form| stem(form)).collect();
        for (at, one) in stems.iter().enumerate() {
            for other in &stems[at + 1..] {
                pairs += 1.0;
                joined += f64::from(one == other);
            }
        }
        for stem in stems {
            owners.entry(stem).or_default().insert(lemma);
        }
    }
    let (mut shared, mut all) = (0.0, 0.0);
    for lemmas in owners.values() {
        shared += f64::from(lemmas.len() > 1);
        all += 1.0;
    }
    (joined / pairs, shared / all)
}
