//! Two hundred files that mean harm, made here: each is refused in a sentence or
//! kept without what was hidden in it, within a time, and none has a type that
//! a browser runs.

use std::{
    io::Cursor,
    sync::mpsc,
    time::{Duration, Instant},
};

use image::{DynamicImage, ImageFormat, RgbaImage};
use media::{Dimensions, MediaError, MediaKind, Taken, download_type, rendition, take_in};

/// What may not be left in a file that is kept.
const SECRET: &[u8] = b"SECRET-3A7F";
/// The longest that one file may take, on a busy machine and unoptimised.
const TIME_MAX: Duration = Duration::from_secs(20);
/// What no browser runs.
const HARMLESS: [&str; 10] = [
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "application/pdf",
    "audio/mpeg",
    "audio/mp4",
    "application/ogg",
    "video/mp4",
    "application/octet-stream",
];

/// What has to become of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Refused,
    Kept,
    /// Either; but never with the secret, and never beyond the time.
    Any,
}

struct Hostile {
    name: String,
    bytes: Vec<u8>,
    fate: Fate,
}

/// Numbers that follow from a seed (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % below as u64).expect("fits")
    }
}

fn drawn(format: ImageFormat) -> Vec<u8> {
    let picture = RgbaImage::from_fn(48, 32, |x, y| {
        let part = |value: u32| u8::try_from(value % 256).expect("fits");
        image::Rgba([part(x * 5), part(y * 7), part(x * y), 255])
    });
    let picture = DynamicImage::ImageRgba8(picture);
    let picture = match format {
        ImageFormat::Jpeg => DynamicImage::ImageRgb8(picture.to_rgb8()),
        _ => picture,
    };
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("drawn");
    bytes.into_inner()
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// EXIF with a place and an orientation.
fn exif(orientation: u8) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0\x02\0".to_vec();
    out.extend_from_slice(&[0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    // A text of this camera's maker, and the secret as its place.
    out.extend_from_slice(&[0x0F, 1, 2, 0, 11, 0, 0, 0, 0x26, 0, 0, 0]);
    out.extend_from_slice(&[0, 0, 0, 0]);
    out.extend_from_slice(SECRET);
    out
}

fn segment(marker: u8, words: &[u8]) -> Vec<u8> {
    let length = u16::try_from(words.len() + 2).expect("fits").to_be_bytes();
    joined(&[&[0xFF, marker], &length, words])
}

fn in_jpeg(parts: &[u8]) -> Vec<u8> {
    let plain = drawn(ImageFormat::Jpeg);
    joined(&[&plain[..2], parts, &plain[2..]])
}

fn chunk(kind: &[u8], words: &[u8]) -> Vec<u8> {
    let length = u32::try_from(words.len()).expect("fits").to_be_bytes();
    let named = joined(&[kind, words]);
    joined(&[&length, &named, &crc(&named).to_be_bytes()])
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |mut crc: u32, byte| {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
        }
        crc
    })
}

fn in_png(chunks: &[u8]) -> Vec<u8> {
    let plain = drawn(ImageFormat::Png);
    joined(&[&plain[..33], chunks, &plain[33..]])
}

fn in_webp(kind: &[u8], words: &[u8]) -> Vec<u8> {
    let mut plain = drawn(ImageFormat::WebP);
    let length = u32::try_from(words.len()).expect("fits").to_le_bytes();
    plain.extend_from_slice(&joined(&[kind, &length, words]));
    if words.len() % 2 == 1 {
        plain.push(0);
    }
    let whole = u32::try_from(plain.len() - 8).expect("fits").to_le_bytes();
    plain[4..8].copy_from_slice(&whole);
    plain
}

fn in_gif(block: &[u8]) -> Vec<u8> {
    let plain = drawn(ImageFormat::Gif);
    let table = if plain[10] & 0x80 == 0 {
        0
    } else {
        3 << ((plain[10] & 7) + 1)
    };
    joined(&[&plain[..13 + table], block, &plain[13 + table..]])
}

fn boxed(kind: &[u8], inside: &[u8]) -> Vec<u8> {
    let length = u32::try_from(inside.len() + 8).expect("fits").to_be_bytes();
    joined(&[&length, kind, inside])
}

fn film(brand: &[u8], in_contents: &[u8], beside: &[u8]) -> Vec<u8> {
    let head = joined(&[&[0; 4], b"\x11\x22\x33\x44\x55\x66\x77\x88", &[0; 88]]);
    let contents = joined(&[&boxed(b"mvhd", &head), in_contents]);
    joined(&[
        &boxed(b"ftyp", &joined(&[brand, &[0; 4], brand])),
        &boxed(b"moov", &contents),
        beside,
        &boxed(b"mdat", &[7; 64]),
    ])
}

fn sound(before: &[u8], behind: &[u8]) -> Vec<u8> {
    // Frames of 417 bytes: 128 kbit/s at 44.1 kHz.
    let frame = joined(&[b"\xFF\xFB\x90\x64", &[0; 413]]);
    joined(&[before, &frame.repeat(6), behind])
}

fn id3() -> Vec<u8> {
    let words = joined(&[b"TIT2\0\0\0\x0C\0\0\0", SECRET]);
    let length = u8::try_from(words.len()).expect("fits");
    joined(&[b"ID3\x04\0\0\0\0\0", &[length], &words])
}

/// A picture of zeroes, packed: a stored block of zlib repeated.
fn bomb(kind: &[u8]) -> Vec<u8> {
    // One megabyte of blocks that each say: the last 258 bytes once more.
    let packed = joined(&[b"\x78\xDA\xEC\xC1", &vec![0x01; 1_000_000]]);
    let words = match kind {
        b"iTXt" => joined(&[b"Comment\0\x01\0\0\0", &packed]),
        _ => joined(&[b"Comment\0\0", &packed]),
    };
    in_png(&chunk(kind, &words))
}

fn all() -> Vec<Hostile> {
    let mut all = Vec::new();
    let mut add = |name: String, fate: Fate, bytes: Vec<u8>| {
        all.push(Hostile { name, bytes, fate });
    };
    // What is no picture, whatever it is called.
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    for (at, words) in [
        svg.to_owned(),
        format!("<?xml version='1.0'?>\n{svg}"),
        format!("\u{FEFF}{svg}"),
        format!("   \n\t{svg}"),
        svg.to_uppercase(),
        "<!doctype html><script>alert(1)</script>".to_owned(),
        "<html><body onload=alert(1)>".to_owned(),
        "<script>alert(1)</script>".to_owned(),
        "<!-- --><script>alert(1)</script>".to_owned(),
        "alert(document.cookie)".to_owned(),
        "MZ\u{0}\u{0}".to_owned(),
        "\u{7f}ELF".to_owned(),
        "#!/bin/sh\nrm -rf /".to_owned(),
        "PK\u{3}\u{4}zip".to_owned(),
        "<?php system($_GET[0]); ?>".to_owned(),
        "{\"json\": true}".to_owned(),
        "BM a bitmap".to_owned(),
        "II*\u{0}a tiff".to_owned(),
        "\u{0}\u{0}\u{0}\u{20}ftypavif".to_owned(),
        "\u{0}\u{0}\u{0}\u{20}ftypheic".to_owned(),
        "\u{0}\u{0}\u{0}\u{20}ftypqt  ".to_owned(),
        String::new(),
        " ".to_owned(),
    ]
    .into_iter()
    .enumerate()
    {
        add(format!("disguised {at}"), Fate::Refused, words.into_bytes());
    }
    // A true beginning with a page behind it.
    let page = b"<html><script>alert(1)</script>SECRET-3A7F";
    for (name, head) in [
        ("jpeg", &b"\xFF\xD8\xFF"[..]),
        ("png", b"\x89PNG\r\n\x1A\n"),
        ("gif", b"GIF89a"),
        ("webp", b"RIFF\xFF\0\0\0WEBP"),
        ("ftyp", b"\0\0\0\x18ftypisom\0\0\0\0isomiso2"),
        ("mp3", b"\xFF\xFB\x90\x64"),
        ("id3", b"ID3\x04\0\0\0\0\0\x10"),
        ("pdf without end", b"%PDF-1.7\n"),
    ] {
        add(
            format!("a page behind the head of {name}"),
            Fate::Refused,
            joined(&[head, page]),
        );
    }
    add(
        "gif that is a script".to_owned(),
        Fate::Refused,
        b"GIF89a/*SECRET-3A7F*/=1;alert(1);".to_vec(),
    );
    // Metadata of every kind.
    for orientation in 0..=9 {
        let told = joined(&[b"Exif\0\0", &exif(orientation)]);
        add(
            format!("jpeg turned {orientation}"),
            Fate::Kept,
            in_jpeg(&segment(0xE1, &told)),
        );
        add(
            format!("png turned {orientation}"),
            Fate::Kept,
            in_png(&chunk(b"eXIf", &exif(orientation))),
        );
        add(
            format!("webp turned {orientation}"),
            Fate::Kept,
            in_webp(b"EXIF", &exif(orientation)),
        );
    }
    for marker in (0xE0..=0xEF).chain([0xFE]) {
        add(
            format!("jpeg with part {marker:x}"),
            Fate::Kept,
            in_jpeg(&segment(
                marker,
                &joined(&[b"Adobe\0d\0\0\0\0\x01", SECRET]),
            )),
        );
    }
    add(
        "jpeg with two thumbnails".to_owned(),
        Fate::Kept,
        in_jpeg(&segment(
            0xE0,
            &joined(&[b"JFIF\0\x01\x02\x01\0\x48\0\x48\x02\x01", SECRET]),
        )),
    );
    for kind in [
        b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP", b"acTL", b"fdAT", b"zzZz",
    ] {
        add(
            format!("png with {}", String::from_utf8_lossy(kind)),
            Fate::Kept,
            in_png(&chunk(kind, &joined(&[b"Comment\0", SECRET]))),
        );
    }
    add("png bomb of text".to_owned(), Fate::Kept, bomb(b"iTXt"));
    add(
        "png bomb of text, other".to_owned(),
        Fate::Kept,
        bomb(b"zTXt"),
    );
    add("png bomb of colours".to_owned(), Fate::Kept, bomb(b"iCCP"));
    for kind in [b"XMP ", b"ICCP", b"EXIF", b"junk"] {
        add(
            format!("webp with {}", String::from_utf8_lossy(kind)),
            Fate::Kept,
            in_webp(kind, SECRET),
        );
    }
    let packet = joined(&[b"\x21\xFF\x0BXMP DataXMP\x0B", SECRET, b"\0"]);
    let comment = joined(&[b"\x21\xFE\x0B", SECRET, b"\0"]);
    let again = joined(&[b"\x21\xFF\x0BNETSCAPE2.0\x0B", SECRET, b"\0"]);
    for (name, block) in [("packet", packet), ("comment", comment), ("again", again)] {
        add(format!("gif with {name}"), Fate::Kept, in_gif(&block));
    }
    // Something behind the end.
    for (name, format) in [
        ("jpeg", ImageFormat::Jpeg),
        ("png", ImageFormat::Png),
        ("gif", ImageFormat::Gif),
        ("webp", ImageFormat::WebP),
    ] {
        for tail in [&b"PK\x03\x04"[..], b"<script>", b"%PDF-1.7", b"<?php"] {
            let bytes = joined(&[&drawn(format), tail, SECRET]);
            add(format!("{name} with a tail"), Fate::Kept, bytes);
        }
    }
    // Sound, film, documents.
    let ape = joined(&[b"APETAGEX", &[0; 24], SECRET]);
    let old = joined(&[b"TAG", SECRET, &[0; 114]]);
    add("mp3 with ID3".to_owned(), Fate::Kept, sound(&id3(), b""));
    add("mp3 with ID3v1".to_owned(), Fate::Kept, sound(b"", &old));
    add("mp3 with APE".to_owned(), Fate::Kept, sound(&id3(), &ape));
    let endless = b"ID3\x04\0\0\x7F\x7F\x7F\x7F".to_vec();
    add("mp3 with an endless tag".to_owned(), Fate::Refused, endless);
    for kind in [b"udta", b"meta", b"uuid", b"free", b"skip"] {
        let inner = boxed(kind, &joined(&[SECRET, page]));
        for brand in [&b"isom"[..], b"M4A ", b"mp42"] {
            add(
                "film told within".to_owned(),
                Fate::Kept,
                film(brand, &inner, b""),
            );
        }
        add(
            "film told beside".to_owned(),
            Fate::Kept,
            film(b"isom", b"", &inner),
        );
    }
    let unknown = boxed(b"html", &joined(&[page]));
    add(
        "film with a page".to_owned(),
        Fate::Kept,
        film(b"isom", b"", &unknown),
    );
    let deep = (0..5_000).fold(Vec::new(), |inside, _| boxed(b"trak", &inside));
    add(
        "film of boxes in boxes".to_owned(),
        Fate::Kept,
        film(b"isom", &deep, b""),
    );
    let long = joined(&[&[0, 0, 0, 1], b"moov", &[0xFF; 8]]);
    add(
        "film longer than all".to_owned(),
        Fate::Refused,
        film(b"isom", b"", &long),
    );
    let none = joined(&[&[0, 0, 0, 4], b"moov"]);
    add(
        "film of no length".to_owned(),
        Fate::Refused,
        film(b"isom", b"", &none),
    );
    add(
        "pdf that is a page".to_owned(),
        Fate::Any,
        b"%PDF-1.7\n<script>alert(1)</script>\n%%EOF".to_vec(),
    );
    // Sizes that lie.
    let mut png = drawn(ImageFormat::Png);
    png[16..24].copy_from_slice(b"\0\x01\x86\xA0\0\x01\x86\xA0");
    let sum = crc(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&sum);
    add("png of 100,000 squared".to_owned(), Fate::Refused, png);
    let mut gif = drawn(ImageFormat::Gif);
    gif[6..10].fill(0xFF);
    add("gif of 65,535 squared".to_owned(), Fate::Refused, gif);
    let jpeg = drawn(ImageFormat::Jpeg);
    let size = jpeg
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .expect("a frame");
    for (name, tall, wide) in [
        ("huge", 0xFFFF_u16, 0xFFFF_u16),
        ("large", 7_000, 7_000),
        ("flat", 1, 0xFFFF),
        ("nothing", 0, 0),
    ] {
        let mut jpeg = jpeg.clone();
        jpeg[size + 5..size + 7].copy_from_slice(&tall.to_be_bytes());
        jpeg[size + 7..size + 9].copy_from_slice(&wide.to_be_bytes());
        let fate = if name == "huge" || name == "nothing" {
            Fate::Refused
        } else {
            Fate::Any
        };
        add(format!("jpeg of a size that lies: {name}"), fate, jpeg);
    }
    let scan = jpeg
        .windows(2)
        .position(|pair| pair == [0xFF, 0xDA])
        .expect("a scan");
    let pass = &jpeg[scan..jpeg.len() - 2];
    let passes = joined(&[&jpeg[..scan], &pass.repeat(10_000), b"\xFF\xD9"]);
    add(
        "jpeg of ten thousand passes".to_owned(),
        Fate::Refused,
        passes,
    );
    // Cut short, and bent.
    let whole = [
        ("jpeg", drawn(ImageFormat::Jpeg)),
        ("png", drawn(ImageFormat::Png)),
        ("gif", drawn(ImageFormat::Gif)),
        ("webp", drawn(ImageFormat::WebP)),
        ("mp4", film(b"isom", &boxed(b"udta", SECRET), b"")),
        ("mp3", sound(&id3(), b"")),
    ];
    let mut numbers = Numbers(26);
    for (name, bytes) in &whole {
        for part in 1..=7 {
            let cut = bytes[..bytes.len() * part / 8].to_vec();
            let fate = if *name == "mp3" || *name == "mp4" {
                Fate::Any
            } else {
                Fate::Refused
            };
            add(format!("{name} cut at {part} of 8"), fate, cut);
        }
        for turn in 0..6 {
            let mut bent = bytes.clone();
            for _ in 0..=turn {
                let at = 8 + numbers.next(bent.len() - 8);
                bent[at] = u8::try_from(numbers.next(256)).expect("fits");
            }
            // What is bent may have been the length of what hides the secret.
            let hides = bent.windows(SECRET.len()).any(|part| part == SECRET);
            if !hides {
                add(format!("{name} bent {turn}"), Fate::Any, bent);
            }
        }
    }
    all
}

/// What becomes of a file, and how long it took; none where it takes too long.
fn tried(bytes: &[u8]) -> Option<(Result<Taken, MediaError>, Duration)> {
    let (give, given) = mpsc::channel();
    let bytes = bytes.to_vec();
    std::thread::spawn(move || {
        let begun = Instant::now();
        let taken = take_in(bytes);
        let _ = give.send((taken, begun.elapsed()));
    });
    given.recv_timeout(TIME_MAX).ok()
}

#[test]
fn nothing_that_means_harm_gets_through_stays_or_stalls() {
    let all = all();
    assert!(all.len() >= 200, "{}", all.len());
    let mut longest = Duration::ZERO;
    for Hostile { name, bytes, fate } in &all {
        let (taken, time) = tried(bytes).unwrap_or_else(|| panic!("{name}: it stalls or panics"));
        longest = longest.max(time);
        match taken {
            Err(fault) => {
                assert_ne!(*fate, Fate::Kept, "{name}: {fault}");
                assert!(fault.is_fault_of_input(), "{name}: {fault}");
            }
            Ok(taken) => {
                assert_ne!(*fate, Fate::Refused, "{name}: {:?}", taken.kind);
                let hides = taken.bytes.windows(SECRET.len()).any(|part| part == SECRET);
                assert!(!hides, "{name}: something is left of it");
                assert!(HARMLESS.contains(&taken.kind.content_type()), "{name}");
                assert!(HARMLESS.contains(&download_type(&taken.bytes)), "{name}");
                let kind = MediaKind::sniff(&taken.bytes).expect("still of its kind");
                assert_eq!(kind, taken.kind, "{name}");
                assert_eq!(kind.is_picture(), taken.size.is_some(), "{name}");
                if taken.size.is_some() {
                    assert_eq!(Dimensions::read(&taken.bytes).ok(), taken.size, "{name}");
                    let shown = rendition(&taken.bytes, 360).expect("it can be shown");
                    assert_eq!(download_type(&shown), "image/jpeg", "{name}");
                }
            }
        }
    }
    println!("{} files, the longest took {longest:?}", all.len());
}

#[test]
fn a_picture_loses_nothing_but_what_was_told_beside_it() {
    for format in [
        ImageFormat::Jpeg,
        ImageFormat::Png,
        ImageFormat::WebP,
        ImageFormat::Gif,
    ] {
        let plain = drawn(format);
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).expect("whole").to_rgba8();
        let taken = take_in(plain.clone()).expect("taken");
        assert_eq!(pixels(&taken.bytes), pixels(&plain), "{format:?}");
        assert!(taken.bytes.len() <= plain.len());
        // What is plain already stays as it is, byte by byte.
        let again = take_in(taken.bytes.clone()).expect("taken");
        assert_eq!(again, taken);
    }
}

#[test]
fn a_picture_that_lies_on_its_side_stands_up() {
    for orientation in 1..=8 {
        let told = joined(&[b"Exif\0\0", &exif(orientation)]);
        let taken = take_in(in_jpeg(&segment(0xE1, &told))).expect("taken");
        let size = taken.size.expect("a picture");
        let upright = if orientation < 5 { (48, 32) } else { (32, 48) };
        assert_eq!((size.width, size.height), upright, "{orientation}");
        let png = take_in(in_png(&chunk(b"eXIf", &exif(orientation)))).expect("taken");
        assert_eq!(png.size, taken.size);
        assert_eq!(png.kind, MediaKind::Png);
    }
}

#[test]
fn sound_and_film_keep_their_places() {
    let told = boxed(b"udta", SECRET);
    let bytes = film(b"isom", &told, b"");
    let taken = take_in(bytes.clone()).expect("taken");
    assert_eq!(taken.bytes.len(), bytes.len(), "nothing moves");
    assert!(
        !taken
            .bytes
            .windows(8)
            .any(|part| part == b"\x11\x22\x33\x44\x55\x66\x77\x88")
    );
    let tagged = take_in(sound(&id3(), b"TAG and more")).expect("taken");
    assert!(tagged.bytes == sound(b"", b""));
}
