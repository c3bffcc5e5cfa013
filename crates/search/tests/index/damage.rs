//! What damage, deaths and other processes do to an index.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use arabic::search::variants::Variants;
use search::{Index, Query, Rebuild, Unusable, Writer, WriterError};

use super::paper::{Folder, NOW, article, find, id, ids, write};

fn made(name: &str) -> Folder {
    let folder = Folder::new(name);
    let articles = (1..=300)
        .map(|number| {
            article(
                number,
                &format!("قمح {number}"),
                &"نص عن القمح. ".repeat(40),
                1,
            )
        })
        .collect();
    drop(write(&folder, articles));
    folder
}

/// The files of the present generation that search reads.
fn files(folder: &Folder) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder.path()).expect("listed") {
        let path = entry.expect("listed").path();
        if path.is_dir() {
            out.extend(
                fs::read_dir(path)
                    .expect("listed")
                    .map(|file| file.expect("listed").path()),
            );
        }
    }
    out.retain(|path| !path.to_string_lossy().ends_with("lock"));
    out.sort();
    out
}

/// What an index says of itself after it was asked and checked.
fn opinion(folder: &Folder) -> Result<(), Unusable> {
    let index = Index::open(folder.path())?;
    let query = Query {
        text: "قمح «نص عن القمح» -شعير".to_owned(),
        ..Query::default()
    };
    index.search(&query, Variants::built_in(), NOW);
    index.suggest("قم", 8);
    index.state()?;
    index.check()
}

#[test]
fn what_is_missing_broken_or_of_another_version_is_told_apart() {
    let folder = Folder::new("none");
    assert_eq!(Index::open(folder.path()).err(), Some(Unusable::Missing));
    assert!(matches!(
        Writer::open(folder.path()).err(),
        Some(WriterError::Unusable(Unusable::Missing))
    ));
    let folder = made("version");
    assert_eq!(opinion(&folder), Ok(()));
    let current = folder.path().join("current");
    let text = fs::read_to_string(&current).expect("read");
    fs::write(&current, text.replace(' ', " 0")).expect("written");
    assert_eq!(
        Index::open(folder.path()).err(),
        Some(Unusable::OtherVersion)
    );
    for text in ["", "1", "x y\n", "99 \0"] {
        fs::write(&current, text).expect("written");
        assert!(
            matches!(Index::open(folder.path()).err(), Some(Unusable::Broken(_))),
            "{text}"
        );
    }
    fs::write(&current, text.replace('1', "77")).expect("written");
    assert!(Index::open(folder.path()).is_err());
}

#[test]
fn every_damaged_file_is_noticed_and_a_new_index_heals_it() {
    let folder = made("damaged");
    let files = files(&folder);
    assert!(files.len() > 5, "{files:?}");
    let mut noticed = 0;
    for path in &files {
        let whole = fs::read(path).expect("read");
        let name = path.file_name().expect("named").to_string_lossy();
        // What tantivy keeps for its own tidying is not read by search.
        let is_read = name != ".managed.json";
        let mut flipped = whole.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 0xFF;
        for damaged in [&whole[..whole.len() / 2], &[], &flipped] {
            fs::write(path, damaged).expect("written");
            let opinion = opinion(&folder);
            assert!(
                !is_read || matches!(opinion, Err(Unusable::Broken(_))),
                "help: {name} of {} bytes is damaged: {opinion:?}",
                damaged.len()
            );
            noticed += usize::from(opinion.is_err());
        }
        fs::remove_file(path).expect("removed");
        assert!(
            !is_read || matches!(opinion(&folder), Err(Unusable::Broken(_))),
            "{name}"
        );
        fs::write(path, whole).expect("written");
    }
    assert!(noticed >= 3 * (files.len() - 1));
    assert_eq!(opinion(&folder), Ok(()));
    fs::write(files.last().expect("files"), b"").expect("written");
    assert!(opinion(&folder).is_err());
    drop(write(&folder, vec![article(1, "قمح", "نص.", 1)]));
    assert_eq!(opinion(&folder), Ok(()));
}

#[test]
fn an_open_index_tells_of_damage_until_there_is_a_new_one() {
    let folder = made("open");
    let mut writer = Writer::open(folder.path()).expect("opened");
    let index = Index::open(folder.path()).expect("opened");
    writer.put(&article(301, "قمح", "نص.", 1)).expect("put");
    writer.commit(2).expect("committed");
    for path in files(&folder) {
        if path.ends_with("meta.json") {
            fs::write(path, b"{").expect("written");
        }
    }
    // What is in memory still answers.
    assert_eq!(
        index
            .search(
                &Query {
                    text: "قمح".to_owned(),
                    ..Query::default()
                },
                Variants::built_in(),
                NOW
            )
            .total,
        300
    );
    assert!(matches!(index.state(), Err(Unusable::Broken(_))));
    drop(writer);
    drop(write(&folder, vec![article(1, "قمح", "نص.", 1)]));
    assert_eq!(index.state(), Ok(()));
    assert_eq!(ids(&find(&index, "قمح")), [1]);
}

#[test]
fn a_rebuild_stands_beside_and_takes_over_at_its_end() {
    let folder = made("beside");
    let mut writer = Writer::open(folder.path()).expect("opened");
    let index = Index::open(folder.path()).expect("opened");
    let mut rebuild = writer.rebuild().expect("begun");
    rebuild.put(article(1, "شعير", "نص.", 1)).expect("put");
    // The old one goes on meanwhile.
    writer.put(&article(2, "شعير", "نص.", 1)).expect("put");
    writer.commit(5).expect("committed");
    assert_eq!(ids(&find(&index, "شعير")), [2]);
    let mut next = rebuild.close(4).expect("closed");
    assert_eq!(next.position().expect("read"), 4);
    next.put(&article(2, "شعير", "نص.", 2)).expect("put");
    next.commit(5).expect("committed");
    assert_eq!(index.articles(), 300);
    next.take_over().expect("swapped");
    drop(writer);
    assert_eq!((index.articles(), index.position()), (2, 5));
    assert_eq!(ids(&find(&index, "شعير")), [1, 2]);
    next.remove(id(1));
    next.commit(6).expect("committed");
    assert_eq!(ids(&find(&index, "شعير")), [2]);
    // One that is given up leaves nothing.
    let before = files(&folder);
    let mut given_up = next.rebuild().expect("begun");
    given_up.put(article(9, "ذرة", "نص.", 1)).expect("put");
    drop(given_up);
    assert_eq!(files(&folder), before);
    assert_eq!(index.articles(), 1);
}

/// This test again, in a process of its own, doing `what` in `folder`.
fn other_process(what: &str, folder: &Path) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "damage::in_another_process", "--nocapture"])
        .env("WARRAQ_SEARCH_TEST", what)
        .env("WARRAQ_SEARCH_FOLDER", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("started")
}

/// What the other process does; alone it does nothing.
#[test]
fn in_another_process() {
    let Ok(what) = std::env::var("WARRAQ_SEARCH_TEST") else {
        return;
    };
    let folder = PathBuf::from(std::env::var_os("WARRAQ_SEARCH_FOLDER").expect("a folder"));
    match what.as_str() {
        "commits" => {
            let mut writer = Writer::open(&folder).expect("opened");
            for position in 2.. {
                // Each commit replaces what all others wrote.
                for number in 1..=20 {
                    let headline = format!("قمح موسم{position}");
                    writer
                        .put(&article(number, &headline, "نص.", 1))
                        .expect("put");
                }
                writer.commit(position).expect("committed");
            }
        }
        "rebuilds" => loop {
            let mut rebuild = Rebuild::begin(&folder).expect("begun");
            for number in 1..=20 {
                rebuild
                    .put(article(number, "قمح موسم7", "نص.", 1))
                    .expect("put");
            }
            drop(rebuild.finish(7).expect("finished"));
        },
        "reads" => {
            let index = Index::open(&folder).expect("opened");
            println!("total={}", find(&index, "قمح").total);
        }
        "writes" => {
            println!(
                "busy={}",
                matches!(Writer::open(&folder).err(), Some(WriterError::Busy))
            );
            println!(
                "busy={}",
                matches!(Rebuild::begin(&folder).err(), Some(WriterError::Busy))
            );
        }
        _ => unreachable!("help: {what} is nothing another process does"),
    }
}

fn output(child: Child) -> String {
    let output = child.wait_with_output().expect("ended");
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn one_process_writes_and_others_read() {
    let folder = made("two");
    let writer = Writer::open(folder.path()).expect("opened");
    assert!(matches!(
        Writer::open(folder.path()).err(),
        Some(WriterError::Busy)
    ));
    let other = output(other_process("writes", folder.path()));
    assert_eq!(other.matches("busy=true").count(), 2, "{other}");
    let other = output(other_process("reads", folder.path()));
    assert!(other.contains("total=300"), "{other}");
    drop(writer);
    let other = output(other_process("writes", folder.path()));
    assert_eq!(other.matches("busy=false").count(), 2, "{other}");
}

#[test]
fn a_reader_sees_another_process_s_commits_whole() {
    let folder = made("follow");
    let index = Index::open(folder.path()).expect("opened");
    let mut child = other_process("commits", folder.path());
    let begun = Instant::now();
    let mut seen = 0;
    while seen < 10 {
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "help: no commit is seen"
        );
        let found = find(&index, "قمح");
        // 300 articles at each moment, 20 of them changed together.
        assert_eq!(found.total, 300);
        let position = index.position();
        if position > 1 {
            let changed = find(&index, &format!("موسم{position}")).total;
            assert!(changed == 20 || index.position() > position, "{changed}");
            seen = position;
        }
    }
    child.kill().expect("ended");
    child.wait().expect("ended");
}

#[test]
fn who_is_killed_leaves_the_last_commit() {
    for (what, rounds) in [("commits", 12_u64), ("rebuilds", 12)] {
        let folder = made("killed");
        for round in 0..rounds {
            let mut child = other_process(what, folder.path());
            // Another moment of its work each time.
            std::thread::sleep(Duration::from_millis(40 + 23 * round));
            child.kill().expect("killed");
            child.wait().expect("ended");
            assert_eq!(opinion(&folder), Ok(()), "after {what}, round {round}");
            let index = Index::open(folder.path()).expect("opened");
            let (articles, position) = (index.articles(), index.position());
            let changed = find(&index, &format!("موسم{position}"));
            let changed = if changed.some_words { 0 } else { changed.total };
            match position {
                1 => assert_eq!((articles, changed), (300, 0)),
                _ if what == "commits" => assert_eq!((articles, changed), (300, 20)),
                _ => assert_eq!((articles, changed), (20, 20)),
            }
        }
        // The lock went with the process.
        drop(Writer::open(folder.path()).expect("opened"));
        let generations = fs::read_dir(folder.path())
            .expect("listed")
            .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().is_dir()))
            .count();
        assert_eq!(generations, 1, "what killed writers left is removed");
    }
}
