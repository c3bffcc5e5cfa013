//! The front page for papers of every shape: nothing twice, nothing lost,
//! nothing side by side that is not alike.

use std::collections::HashSet;

use editorial::{
    SiteSettings,
    page::{ArticleSummary, HomePage, LATEST_ON_HOME},
    places::Section,
};

use crate::{
    PageMeta, Theme,
    samples::{NOW, id, section, summary},
};

/// A section by its number.
fn section_of(number: i64) -> Section {
    Section {
        id: id(1_000 + number),
        slug: format!("s{number}"),
        name: format!("القسم {number}"),
        position: number,
        ..section()
    }
}

fn story(number: i64, section: &Section) -> ArticleSummary {
    ArticleSummary {
        section: Some(section.clone()),
        ..summary(number)
    }
}

/// The front page of a paper whose stories, newest first, stand in these sections.
fn home(places: &[i64], change: impl Fn(&mut ArticleSummary)) -> String {
    home_of(places, 0, change)
}

/// The same, of whose stories so many are chosen.
fn home_of(places: &[i64], chosen: usize, change: impl Fn(&mut ArticleSummary)) -> String {
    let mut stories: Vec<_> = (1..)
        .zip(places)
        .map(|(number, place)| story(number, &section_of(*place)))
        .collect();
    stories.iter_mut().for_each(change);
    let mut known: Vec<_> = places.to_vec();
    known.sort_unstable();
    known.dedup();
    let sections = known.iter().map(|place| {
        let section = stories.iter().filter_map(|line| line.section.clone());
        let section = section.into_iter().find(|own| own.id == id(1_000 + place));
        let own = |line: &&ArticleSummary| {
            line.section.as_ref().map(|own| own.id) == Some(id(1_000 + place))
        };
        (
            section.expect("met"),
            stories.iter().filter(own).cloned().collect(),
        )
    });
    let page = HomePage {
        sections: sections.collect(),
        chosen,
        latest: stories[..stories.len().min(LATEST_ON_HOME as usize)].to_vec(),
    };
    let meta = PageMeta {
        now: NOW,
        origin: String::new(),
        json_ld: None,
    };
    let theme = Theme::new(None).expect("the default templates are templates");
    let parts = theme.home(&SiteSettings::default(), &page, &meta);
    parts.expect("renders").main
}

/// Stories by number, as often as their headlines stand on a page.
fn shown(main: &str) -> Vec<usize> {
    main.split("خبر رقم ")
        .skip(1)
        .filter_map(|rest| rest.split('<').next()?.parse().ok())
        .collect()
}

/// The block of a section.
fn block(main: &str, section: i64) -> &str {
    let label = format!("aria-label=\"القسم {section}\">");
    let (_, part) = main.split_once(&label).expect("a block");
    part.split("</section>").next().unwrap_or(part)
}

#[test]
fn a_story_stands_once_in_a_paper_of_any_size() {
    for stories in 0..60 {
        for sections in 1..7 {
            let places: Vec<_> = (0..stories)
                .map(|number| number * number % sections)
                .collect();
            for pictures in [0, 1, 2, 3] {
                let main = home(&places, |line| {
                    if pictures == 0 || line.id.get() % pictures != 0 {
                        line.lead = None;
                    }
                });
                let shown = shown(&main);
                let once: HashSet<_> = shown.iter().collect();
                assert_eq!(
                    once.len(),
                    shown.len(),
                    "{stories} in {sections}: {shown:?}"
                );
                // Every section is met, at the top or below it.
                let met: HashSet<_> = shown.iter().map(|story| places[*story - 1]).collect();
                let all: HashSet<_> = places.iter().copied().collect();
                assert_eq!(met, all, "{stories} in {sections}: {shown:?}");
            }
        }
    }
}

#[test]
fn what_is_chosen_stands_first_in_its_order() {
    for stories in 1..30 {
        for chosen in 0..=stories.min(12) {
            let places: Vec<i64> = (0..stories).map(|at| at % 3).collect();
            let chosen = usize::try_from(chosen).expect("small");
            for pictures in [1, 2] {
                let main = home_of(&places, chosen, |line| {
                    if line.id.get() % pictures == 1 {
                        line.lead = None;
                    }
                });
                let shown = shown(&main);
                let wanted: Vec<usize> = (1..=chosen).collect();
                assert_eq!(shown[..chosen], wanted, "{chosen} of {stories}");
                let once: HashSet<_> = shown.iter().collect();
                assert_eq!(once.len(), shown.len(), "{chosen} of {stories}");
            }
        }
    }
}

#[test]
fn a_section_of_one_to_six_stories_fills_its_row() {
    for own in 1..=6 {
        // Sixteen at the top, then section 7 alone.
        let mut places = vec![1; 16];
        places.extend(vec![7; own]);
        let main = home(&places, |_| {});
        let part = block(&main, 7);
        assert_eq!(shown(part).len(), own.min(4), "{own}: {part}");
        assert_eq!(part.matches("class=\"shot\"").count(), 1, "{own}");
        let main = home(&places, |line| line.lead = None);
        let part = block(&main, 7);
        assert_eq!(shown(part).len(), own.min(4), "{own}: {part}");
    }
}

#[test]
fn short_sections_share_a_row_of_like_cards() {
    let mut places = vec![1; 16];
    places.extend([7, 8, 8, 9]);
    let main = home(&places, |line| {
        if line.id.get() == 17 {
            line.lead = None;
        }
    });
    let pair = main.split("<div class=\"pair\">").nth(1).expect("a pair");
    assert_eq!(pair.matches("<section class=\"part").count(), 3);
    assert_eq!(shown(pair), [17, 18, 20], "one story each");
    assert!(!pair.contains("class=\"shot\""), "pictures for all or none");
}

#[test]
fn a_section_for_the_rest_is_no_block_and_no_kicker() {
    let mut places = vec![1; 18];
    places.extend(vec![2; 6]);
    let rest = |line: &mut ArticleSummary| {
        line.kicker.clear();
        if let Some(section) = line.section.as_mut().filter(|own| own.position == 2) {
            (section.slug, section.name) = ("uncategorized".into(), "غير مصنف".into());
        }
    };
    assert!(!home(&places, rest).contains("غير مصنف"));
    assert!(
        home(&[2; 20], rest).contains("غير مصنف"),
        "it is all there is"
    );
}

#[test]
fn a_kicker_that_repeats_its_section_is_not_shown_below_it() {
    let mut places = vec![1; 16];
    places.extend(vec![7; 4]);
    let main = home(&places, |line| line.kicker = "القسم 7".into());
    let part = block(&main, 7);
    assert!(!part.contains("class=\"kicker\""), "{part}");
    assert!(
        main.contains("<p class=\"kicker\">القسم 7</p>"),
        "but above it"
    );
}

#[test]
fn where_there_is_no_standfirst_the_text_begins() {
    let teaser = "كلمة ".repeat(100);
    let main = home(&[1; 16], |line| {
        line.standfirst.clear();
        line.teaser.clone_from(&teaser);
    });
    assert!(main.contains("كلمة…</p>"), "{main}");
    let main = home(&[1; 16], |line| {
        line.standfirst.clear();
        line.teaser.clone_from(&line.headline);
    });
    assert!(
        !main.contains("class=\"standfirst\""),
        "no headline twice: {main}"
    );
}
