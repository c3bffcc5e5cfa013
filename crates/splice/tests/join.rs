//! Any sequence of segments is one valid stream, for our decoders and for
//! those of Python and Node.

use std::io::{Read, Write};

use proptest::prelude::*;
use splice::{Effort, Encoding, JoinError, Place, Segment, join, join_into, joined_length};

fn segments(parts: &[Vec<u8>]) -> Vec<Segment> {
    let place = |at| if at == 0 { Place::First } else { Place::Inner };
    parts
        .iter()
        .enumerate()
        .map(|(at, bytes)| Segment::compress(bytes, place(at), Effort::Publish))
        .collect()
}

fn joined(parts: &[Vec<u8>], encoding: Encoding) -> Vec<u8> {
    let segments = segments(parts);
    join(&segments.iter().collect::<Vec<_>>(), encoding)
        .expect("in order")
        .to_vec()
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut decoder = flate2::bufread::GzDecoder::new(bytes);
    decoder.read_to_end(&mut out).expect("one valid member");
    assert!(
        decoder.into_inner().is_empty(),
        "nothing stands after the member"
    );
    out
}

fn unbrotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::Decompressor::new(bytes, 4096)
        .read_to_end(&mut out)
        .expect("one valid stream");
    out
}

fn part() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(Vec::new()),
        prop::collection::vec(any::<u8>(), 0..2_000),
        "[ا-ي <>/p]{0,400}".prop_map(String::into_bytes),
        (1..60_000usize).prop_map(|length| vec![b'x'; length]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_sequence_is_one_stream(parts in prop::collection::vec(part(), 1..8)) {
        let plain = parts.concat();
        prop_assert_eq!(joined(&parts, Encoding::Identity), plain.clone());
        prop_assert_eq!(gunzip(&joined(&parts, Encoding::Gzip)), plain.clone());
        prop_assert_eq!(unbrotli(&joined(&parts, Encoding::Brotli)), plain);
    }

    #[test]
    fn a_kept_segment_is_read_as_it_was_written(parts in prop::collection::vec(part(), 1..4), cut in any::<prop::sample::Index>()) {
        let segments = segments(&parts);
        let mut kept = Vec::new();
        segments.iter().for_each(|segment| segment.write_to(&mut kept));
        let whole = bytes::Bytes::from(kept);
        let mut rest = whole.clone();
        let read: Vec<Segment> = segments.iter().map_while(|_| Segment::read_from(&mut rest)).collect();
        prop_assert!(rest.is_empty());
        for encoding in [Encoding::Gzip, Encoding::Brotli, Encoding::Identity] {
            let [before, after] = [&segments, &read].map(|list| list.iter().collect::<Vec<_>>());
            let mut out = b"head".to_vec();
            join_into(&after, encoding, &mut out).expect("in order");
            prop_assert_eq!(&out[4..], join(&before, encoding).expect("in order"));
            prop_assert_eq!(out.len() - 4, joined_length(&after, encoding));
        }
        // One that ends too early is none, and says so.
        let mut short = whole.slice(..cut.index(whole.len()));
        let mut found = 0;
        while Segment::read_from(&mut short).is_some() { found += 1; }
        prop_assert!(found < segments.len());
    }
}

#[test]
fn other_decoders_agree() {
    let folder = std::env::temp_dir().join(format!("splice-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the pages");
    let noise: Vec<u8> = (0..70_000u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let pages: [Vec<Vec<u8>>; 4] = [
        vec![
            "<p>قال الوزير</p>".repeat(300).into_bytes(),
            Vec::new(),
            b"<p>end</p>".to_vec(),
        ],
        vec![Vec::new(), noise.clone(), Vec::new()],
        vec![b"a".to_vec(); 16],
        vec![noise.clone(), noise],
    ];
    for (number, parts) in pages.iter().enumerate() {
        for (ending, bytes) in [
            ("txt", parts.concat()),
            ("gz", joined(parts, Encoding::Gzip)),
            ("br", joined(parts, Encoding::Brotli)),
        ] {
            let mut file =
                std::fs::File::create(folder.join(format!("{number}.{ending}"))).expect("a file");
            file.write_all(&bytes).expect("written");
        }
    }
    let python = "import gzip,sys,os\nf=sys.argv[1]\nfor n in range(4):\n  a=open(f'{f}/{n}.txt','rb').read(); b=gzip.decompress(open(f'{f}/{n}.gz','rb').read())\n  assert a==b, n\n";
    let node = "const z=require('zlib'),fs=require('fs');const f=process.argv[1];for(let n=0;n<4;n++){const a=fs.readFileSync(`${f}/${n}.txt`);if(!a.equals(z.gunzipSync(fs.readFileSync(`${f}/${n}.gz`)))||!a.equals(z.brotliDecompressSync(fs.readFileSync(`${f}/${n}.br`))))process.exit(1)}";
    for (program, flag, script) in [("python3", "-c", python), ("node", "-e", node)] {
        match std::process::Command::new(program)
            .arg(flag)
            .arg(script)
            .arg(&folder)
            .status()
        {
            Ok(status) => assert!(status.success(), "{program} decodes another text"),
            Err(_) if std::env::var_os("CI").is_none() => {
                println!("{program} is absent: not compared with it")
            }
            Err(error) => panic!("{program} is needed under CI: {error}"),
        }
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn misplaced_segments_are_refused() {
    let inner = Segment::compress(b"x", Place::Inner, Effort::Publish);
    let first = Segment::compress(b"x", Place::First, Effort::Background);
    assert!(matches!(
        join(&[], Encoding::Gzip),
        Err(JoinError::Count(0))
    ));
    assert!(matches!(
        join(&[&inner], Encoding::Gzip),
        Err(JoinError::Place(0))
    ));
    assert!(matches!(
        join(&[&first, &first], Encoding::Gzip),
        Err(JoinError::Place(1))
    ));
    assert!(matches!(
        join(&[&first; 17], Encoding::Gzip),
        Err(JoinError::Count(17))
    ));
}
