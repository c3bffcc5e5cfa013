//! What the house style finds in a corpus, by rule, with the time it takes.
//!
//! `cargo run -p arabic --example house_style -- FILE.jsonl [RULE]`: a line of
//! the file has `title` and `text`; with a rule each of its findings is printed
//! with what stands around it.
#![expect(clippy::print_stdout, reason = "a tool that prints")]

use std::{collections::BTreeMap, error::Error, time::Instant};

use arabic::house;

/// Code points that are printed on either side.
const AROUND: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let file = words.next().ok_or("the file is missing")?;
    let wanted = words.next();
    let text = std::fs::read_to_string(file)?;
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut articles, mut letters, mut longest) = (0_u32, 0, std::time::Duration::ZERO);
    let mut all = std::time::Duration::ZERO;
    for line in text.lines() {
        let article: serde_json::Value = serde_json::from_str(line)?;
        let part = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
        let (title, text) = (part("title"), part("text"));
        let begun = Instant::now();
        let mut found: Vec<(&str, house::Finding)> = Vec::new();
        found.extend(
            house::check(&title, true)
                .into_iter()
                .map(|one| (title.as_str(), one)),
        );
        for line in text.lines() {
            found.extend(house::check(line, false).into_iter().map(|one| (line, one)));
        }
        let took = begun.elapsed();
        (all, longest) = (all + took, longest.max(took));
        articles += 1;
        letters += text.chars().count();
        let mut in_this: Vec<&str> = Vec::new();
        for (line, one) in found {
            let name = one.rule.name();
            let count = counts.entry(name).or_default();
            count.0 += 1;
            if !in_this.contains(&name) {
                in_this.push(name);
                count.1 += 1;
            }
            if wanted.as_deref() == Some(name) {
                let letters: Vec<char> = line.chars().collect();
                let from = one.place.start.saturating_sub(AROUND);
                let to = (one.place.end + AROUND).min(letters.len());
                let around: String = letters[from..to].iter().collect();
                let own = one.suggestion.as_deref().unwrap_or("-");
                println!("{around:?}\t{:?}\t{own:?}", one.words);
            }
        }
    }
    for (name, (found, in_articles)) in counts {
        println!("{name:20} {found:5} in {in_articles:4} articles");
    }
    let each = all / articles.max(1);
    println!("{articles} articles, {letters} letters; {each:?} each, {longest:?} the longest");
    Ok(())
}
