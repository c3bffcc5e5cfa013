//! Updates that nobody's editor sends, written byte for byte.

use editorial::{Body, Id};
use manuscript::{Manuscript, Taken, UPDATE_BYTES_MAX, UpdateFault};

const CLIENT: u64 = 9;

fn begun() -> Manuscript {
    Manuscript::begin(&Body::default(), Id::new(7).expect("in range"))
}

fn number(mut number: u64, out: &mut Vec<u8>) {
    while number > 0x7f {
        out.push(u8::try_from(number & 0x7f).expect("seven bits") | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).expect("seven bits"));
}

fn text(text: &str, out: &mut Vec<u8>) {
    number(text.len() as u64, out);
    out.extend(text.as_bytes());
}

/// An update of one writer: its parts, how many there are, and whether the
/// first of them is deleted.
fn update(count: u64, parts: &[u8], deletes_first: bool) -> Vec<u8> {
    let mut out = vec![1];
    number(count, &mut out);
    number(CLIENT, &mut out);
    out.push(0);
    out.extend(parts);
    if deletes_first {
        out.extend([1, 9, 1, 0, 1]);
    } else {
        out.push(0);
    }
    out
}

/// A part in the root `name`: its kind, then what it holds.
fn in_root(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![kind, 1];
    text(name, &mut out);
    out.extend(content);
    out
}

/// Texts in texts, `levels` of them.
fn nested(levels: u64) -> Vec<u8> {
    let mut out = in_root("body", 7, &[6]);
    for level in 1..levels {
        out.extend([7, 0]);
        number(CLIENT, &mut out);
        number(level - 1, &mut out);
        out.push(6);
    }
    out
}

#[test]
fn what_is_nested_too_deep_is_refused_even_where_it_is_deleted() {
    let most = u64::try_from(UPDATE_BYTES_MAX / 7).expect("a small number");
    for (levels, deleted) in [(100, false), (most, false), (100, true), (most, true)] {
        let mut manuscript = begun();
        let update = update(levels, &nested(levels), deleted);
        assert!(update.len() <= UPDATE_BYTES_MAX, "{}", update.len());
        let taken = manuscript.take(&update);
        let expect = if deleted {
            Ok(Taken::News)
        } else {
            Err(UpdateFault::Damaged)
        };
        assert_eq!(taken, expect, "{levels} {deleted}");
        assert_eq!(manuscript.body(), Body::default());
    }
}

#[test]
fn what_our_documents_never_hold_is_refused() {
    let object = [1, 118, 1, 1, b'a', 118, 0];
    for (why, part) in [
        ("another root", in_root("other", 7, &[6])),
        ("json", in_root("body", 2, &[1, 1, b'1'])),
        ("binary", in_root("body", 3, &[1, 0])),
        ("an embed", in_root("body", 5, &[2, b'{', b'}'])),
        ("a document", in_root("body", 9, &[1, b'a', 127])),
        ("an array", in_root("body", 7, &[0])),
        ("an object", in_root("body", 8, &object)),
        ("no text", in_root("body", 4, &[0])),
        ("nothing", in_root("body", 1, &[0])),
        ("half a letter", in_root("body", 4, &[1, 0xd8])),
        ("much", in_root("body", 8, &[0xff, 0xff, 0xff, 0xff, 0x0f])),
        ("long", in_root("body", 1, &[0xff, 0xff, 0xff, 0xff, 0x0f])),
    ] {
        let taken = begun().take(&update(1, &part, false));
        assert_eq!(taken, Err(UpdateFault::Damaged), "{why}");
    }
}

#[test]
fn what_goes_on_from_nothing_is_missing() {
    let mut late = vec![1, 1];
    number(CLIENT, &mut late);
    late.push(5);
    late.extend(in_root("body", 7, &[6]));
    late.push(0);
    let mut manuscript = begun();
    assert_eq!(manuscript.take(&late), Err(UpdateFault::Missing));
    // And it does not wait in there.
    let first = update(1, &in_root("body", 7, &[6]), false);
    assert_eq!(manuscript.take(&first), Ok(Taken::News));
    assert_eq!(manuscript.take(&first), Ok(Taken::Known));
}

#[test]
fn what_is_unknown_is_passed_over() {
    let mut element = vec![3];
    text("script", &mut element);
    let part = in_root("body", 7, &element);
    let mut manuscript = begun();
    assert_eq!(manuscript.take(&update(1, &part, false)), Ok(Taken::News));
    assert_eq!(manuscript.body(), Body::default());
}
