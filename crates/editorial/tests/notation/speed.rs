//! The time a text takes grows with its length alone.

use std::time::{Duration, Instant};

use editorial::{
    BlockId, Body,
    notation::{TEXT_LETTERS_MAX, read, write},
};

/// Much more than any takes, for machines that are busy.
const TIME_MAX: Duration = Duration::from_secs(5);

#[test]
fn the_longest_hostile_texts_take_bounded_time() {
    let nested: String = (0..980)
        .map(|depth| format!("{}- ب\n", " ".repeat(depth)))
        .collect();
    let stairs: String = (0..TEXT_LETTERS_MAX / 16)
        .map(|at| format!("{}- بند\n", "  ".repeat(at % 10)))
        .collect();
    let mut texts = vec![nested, stairs];
    for piece in [
        "*",
        "**",
        "***ا",
        "*ا ",
        "[",
        "]",
        "[](",
        "[ا](",
        "[ا](/a/1)",
        "[ا]{",
        "[ا]{en}",
        "(",
        "[](((",
        ">",
        ">\n",
        "> ا\n>\n",
        "\\",
        "\\\n",
        "\n",
        " ",
        "|",
        "| ",
        "| ا |\n",
        "- \n",
        "- ا\n",
        "1.\n",
        "#",
        "## ا",
        "![",
        "!",
        "@[",
        "@[](",
        "{en} ",
        "{",
        "-",
        "—",
        "![ا](media:1)\n",
        "\"",
        "\t",
        "\u{200F}",
        "ا*ب",
        "قال **«نعم»**، ",
    ] {
        texts.push(piece.repeat(TEXT_LETTERS_MAX / piece.chars().count()));
    }
    for text in texts {
        let start = Instant::now();
        let read_text = read(&text, &Body::default(), BlockId(0));
        if let Ok(body) = &read_text {
            write(body);
        }
        let taken = start.elapsed();
        let told: String = text.chars().take(12).collect();
        println!(
            "{told:?}: {taken:?}, {}",
            if read_text.is_ok() { "read" } else { "faults" }
        );
        assert!(taken < TIME_MAX, "{told:?} took {taken:?}");
    }
}
