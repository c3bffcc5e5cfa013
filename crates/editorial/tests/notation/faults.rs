//! What keeps a text from being read, and where.

use editorial::{
    BlockId, Body,
    body::BLOCKS_MAX,
    notation::{ADDRESS_LETTERS_MAX, FAULTS_MAX, NotationFault, TEXT_LETTERS_MAX, read},
};

fn faults(text: &str) -> Vec<NotationFault> {
    read(text, &Body::default(), BlockId(0))
        .err()
        .unwrap_or_default()
}

fn bad(line: usize, address: &str) -> NotationFault {
    NotationFault::BadAddress {
        line,
        address: address.into(),
    }
}

#[test]
fn each_fault_tells_its_line() {
    for (text, expected) in [
        (
            "نص\n\n![أ](media:0)",
            NotationFault::BrokenPicture { line: 3 },
        ),
        ("![أ]()", NotationFault::BrokenPicture { line: 1 }),
        (
            "![أ](media:1 \"شرح)",
            NotationFault::BrokenPicture { line: 1 },
        ),
        (
            "![أ](media:1)\n![ب](media:2",
            NotationFault::BrokenPicture { line: 2 },
        ),
        ("![أ](javascript:alert(1))", bad(1, "javascript:alert(1)")),
        (
            "نص\nفيه ![أ](media:1)",
            NotationFault::PictureInText { line: 2 },
        ),
        ("| أ | ب |\n| ج", NotationFault::BrokenRow { line: 2 }),
        ("| أ\\\nب | [ج](د) |", bad(2, "د")),
        (
            "> كلام\n> [رابط](javascript:alert(1))",
            bad(2, "javascript:alert(1)"),
        ),
        ("[رابط](//example.org)", bad(1, "//example.org")),
        ("[رابط](/\\example.org)", bad(1, "/\\example.org")),
        (
            "[رابط](https://example.org/أ ب)",
            bad(1, "https://example.org/أ ب"),
        ),
        ("[رابط](https://)", bad(1, "https://")),
        (
            "- بند\n  - [رابط](www.example.org)",
            bad(2, "www.example.org"),
        ),
        ("@[عنوان](/a/1)", bad(1, "/a/1")),
        (
            "سطر\\\nسطر\n\n## [رابط](ftp://example.org)",
            bad(4, "ftp://example.org"),
        ),
    ] {
        assert_eq!(faults(text), [expected], "{text}");
    }
}

#[test]
fn all_faults_come_in_the_order_of_lines() {
    let text = "[أ](ب)\nنص\n| ج\n\n![";
    let lines: Vec<usize> = faults(text).iter().map(NotationFault::line).collect();
    assert_eq!(lines, [1, 3, 5]);
    assert_eq!(
        faults(&"[أ](ب)\n\n".repeat(FAULTS_MAX + 9)).len(),
        FAULTS_MAX
    );
}

#[test]
fn a_fault_says_what_to_do() {
    assert_eq!(
        faults("[رابط](example.org)")[0].to_string(),
        "line 1: «example.org» is no address for a link: begin it with https://, http://, mailto:, tel:, / or #, \
         without spaces, or write \\[ if you mean the sign"
    );
}

#[test]
fn what_grows_has_a_limit() {
    let blocks = "نص\n\n".repeat(BLOCKS_MAX);
    assert!(faults(&blocks).is_empty());
    assert_eq!(
        faults(&format!("{blocks}نص")),
        [NotationFault::TooManyBlocks {
            line: 2 * BLOCKS_MAX + 1
        }]
    );
    let letters = "ن".repeat(TEXT_LETTERS_MAX - 1);
    assert!(faults(&format!("\n{letters}")).is_empty());
    assert_eq!(
        faults(&format!("\n{letters}ن")),
        [NotationFault::TextTooLong { line: 2 }]
    );
    let address = format!("https://example.org/{}", "a".repeat(ADDRESS_LETTERS_MAX));
    for text in [
        format!("[رابط]({address})"),
        format!("![أ]({address})"),
        format!("@[أ]({address})"),
    ] {
        assert_eq!(faults(&text), [NotationFault::AddressTooLong { line: 1 }]);
    }
    // Each run of a link holds its address.
    let address = &address[..ADDRESS_LETTERS_MAX];
    let marks = "*أ*ب".repeat(100_000);
    assert_eq!(
        faults(&format!("[{marks}]({address})")),
        [NotationFault::TooManyMarks { line: 1 }]
    );
}
