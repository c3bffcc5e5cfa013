//! The WXR format: RSS 2.0 with WordPress's own elements.
//!
//! Memory holds one item at a time. No entity but XML's own five and numbers is
//! ever expanded, so that no file can grow in memory beyond its own size.

use std::io::BufRead;

use quick_xml::{Reader as XmlReader, XmlVersion, events::Event};

mod entry;
mod parts;

use super::lines::Lines;

pub use entry::{Comment, Entry, Item, Term};

/// Bytes of text that one element may hold: 32 MiB.
const TEXT_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Elements that may be open at once.
const DEPTH_MAX: usize = 64;
/// Bytes of a custom field that are read; what a page builder keeps beyond
/// that has no place here.
const FIELD_BYTES_MAX: usize = 64 * 1024;
/// Comments, terms and custom fields that are read of one item.
const PARTS_MAX: usize = 100_000;

/// Why a file cannot be read further. Everything before it was read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}, byte {byte}: {what}")]
pub struct WxrError {
    /// The line, from 1.
    pub line: u64,
    /// The byte, from 0.
    pub byte: u64,
    /// What is wrong, in words.
    pub what: String,
}

/// Where the reader stands: the elements whose children mean something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Channel,
    Item,
    Comment,
    Field,
    Author,
    Term,
    Other,
}

/// How far a file was read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Before,
    Within,
    Ended,
}

/// The site's own elements, gathered before anything else.
#[derive(Default)]
struct Site {
    title: String,
    url: String,
    home: String,
    tagline: String,
    language: String,
}

/// Reads an export entry by entry.
pub struct Reader<R: BufRead> {
    xml: XmlReader<Lines<R>>,
    buffer: Vec<u8>,
    open: Vec<Within>,
    text: String,
    /// `domain` and `nicename` of the `category` that is open.
    attributes: (String, String),
    site: Option<Site>,
    author: (String, String, String),
    term: Term,
    item: Option<Box<Item>>,
    comment: Comment,
    field: (String, String),
    /// Whether comments are left out.
    skimming: bool,
    progress: Progress,
    /// Whether anything of WordPress's own was met.
    is_wordpress: bool,
}

impl<R: BufRead> Reader<R> {
    /// A reader at the start of a file.
    pub fn new(input: R) -> Self {
        let mut xml = XmlReader::from_reader(Lines::new(input));
        xml.config_mut().check_end_names = true;
        Self {
            xml,
            buffer: Vec::new(),
            open: Vec::new(),
            text: String::new(),
            attributes: (String::new(), String::new()),
            site: Some(Site::default()),
            author: (String::new(), String::new(), String::new()),
            term: Term::default(),
            item: None,
            comment: Comment::default(),
            field: (String::new(), String::new()),
            skimming: false,
            progress: Progress::Before,
            is_wordpress: false,
        }
    }

    /// The same, leaving the items' comments out: for a first look at what a
    /// file holds.
    pub fn skimming(input: R) -> Self {
        Self {
            skimming: true,
            ..Self::new(input)
        }
    }

    /// Bytes read so far, for a progress bar.
    pub fn position(&self) -> u64 {
        self.xml.buffer_position()
    }

    /// A fault where the reader stands.
    fn fault(&mut self, what: impl Into<String>) -> WxrError {
        self.fault_at(self.xml.get_ref().line, self.xml.buffer_position(), what)
    }

    fn fault_at(&mut self, line: u64, byte: u64, what: impl Into<String>) -> WxrError {
        self.progress = Progress::Ended;
        WxrError {
            line,
            byte,
            what: what.into(),
        }
    }

    /// The next entry; `None` at the end of the file.
    ///
    /// # Errors
    /// [`WxrError`] where the file is no export, or is broken or cut.
    pub fn next_entry(&mut self) -> Result<Option<Entry>, WxrError> {
        if self.progress == Progress::Before {
            self.progress = Progress::Within;
            self.look_at_start()?;
        }
        while self.progress == Progress::Within {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            let step = self.step(&mut buffer);
            self.buffer = buffer;
            if let Some(entry) = step? {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    /// Names the files that are often given in place of an export.
    fn look_at_start(&mut self) -> Result<(), WxrError> {
        let start = self.xml.get_mut().start().map(<[u8]>::to_vec);
        let what = match start.as_deref() {
            Err(error) => format!("the file cannot be read ({error})"),
            Ok([]) => "this is no WordPress export: the file is empty".to_owned(),
            Ok([b'P', b'K', 3 | 5, ..]) => {
                "this is a zip archive, no WordPress export: unpack it, and import the .xml file in it".to_owned()
            }
            Ok([0x1F, 0x8B, ..]) => {
                "this file is compressed with gzip: unpack it with gunzip, and import what comes out".to_owned()
            }
            Ok([0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) => wrong_encoding("UTF-16"),
            // Letters of two bytes without a mark of their order before them.
            Ok([0, b'<' | b' ' | b'\r' | b'\n', ..]) => wrong_encoding("UTF-16BE"),
            Ok([b'<' | b' ' | b'\r' | b'\n', 0, ..]) => wrong_encoding("UTF-16LE"),
            Ok(_) => return Ok(()),
        };
        Err(self.fault(what))
    }

    fn step(&mut self, buffer: &mut Vec<u8>) -> Result<Option<Entry>, WxrError> {
        let (line, byte) = (self.xml.get_ref().line, self.xml.buffer_position());
        let read = self.xml.read_event_into(buffer);
        let event = match read {
            Ok(event) => event,
            Err(error) => return Err(self.broken(line, byte, &error, buffer)),
        };
        match event {
            Event::Start(start) => {
                let name = start.name();
                let name = name.as_ref();
                if name == "category" {
                    self.attributes = (String::new(), String::new());
                    for attribute in start.attributes().flatten() {
                        let value = || match attribute.normalized_value(XmlVersion::Implicit1_0) {
                            Ok(value) => value.into_owned(),
                            Err(_) => attribute.value.to_string(),
                        };
                        match attribute.key.as_ref() {
                            "domain" => self.attributes.0 = value(),
                            "nicename" => self.attributes.1 = value(),
                            _ => {}
                        }
                    }
                }
                return self.opened(name, line, byte);
            }
            Event::End(end) => return self.closed(end.name().as_ref()),
            // An empty element says what an empty pair would say.
            Event::Empty(start) => {
                let name = start.name();
                let told = self.opened(name.as_ref(), line, byte)?;
                let closed = self.closed(name.as_ref())?;
                return Ok(told.or(closed));
            }
            Event::Text(text) => self.push(&text)?,
            Event::CData(text) => self.push(&text)?,
            Event::GeneralRef(reference) => {
                let resolved = match &*reference {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    "nbsp" => Some('\u{A0}'),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                match resolved {
                    Some(letter) => self.push(letter.encode_utf8(&mut [0; 4]))?,
                    // An entity nobody declared stays as it is written.
                    None => self.push(&format!("&{};", &*reference))?,
                }
            }
            Event::DocType(text) if text.contains("<!ENTITY") => {
                return Err(self.fault_at(
                    line,
                    byte,
                    "the file declares entities of its own, which no export does: take the <!DOCTYPE …> away if you trust the file",
                ));
            }
            Event::Decl(declaration) => {
                if let Some(Ok(encoding)) = declaration.encoding()
                    && !encoding.eq_ignore_ascii_case("utf-8")
                    && !encoding.eq_ignore_ascii_case("us-ascii")
                {
                    let what = if encoding.to_ascii_lowercase().starts_with("utf-16") {
                        // In two bytes a letter this line could not be read.
                        "the first line says UTF-16, but the file is not: write encoding=\"UTF-8\" there".to_owned()
                    } else {
                        wrong_encoding(&encoding)
                    };
                    return Err(self.fault_at(line, byte, what));
                }
            }
            Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => {
                if !self.open.is_empty() {
                    return Err(self.fault("the file ends early; what came before was read"));
                }
                if !self.is_wordpress {
                    return Err(self.fault(
                        "this is no WordPress export: it has nothing of WordPress's (<wp:…>)",
                    ));
                }
                self.progress = Progress::Ended;
            }
        }
        Ok(None)
    }

    /// What the XML reader stumbled over, with its place in the file.
    fn broken(
        &mut self,
        line: u64,
        byte: u64,
        error: &quick_xml::Error,
        buffer: &[u8],
    ) -> WxrError {
        if let quick_xml::Error::Encoding(_) = error {
            let good = std::str::from_utf8(buffer).map_or_else(|bad| bad.valid_up_to(), str::len);
            let line = line + memchr::memchr_iter(b'\n', &buffer[..good]).count() as u64;
            // The text of an event in brackets begins after its first one.
            let opening = u64::from(buffer.starts_with(b"!") || buffer.starts_with(b"?"));
            let what = format!(
                "these bytes are not UTF-8; {}",
                wrong_encoding("another encoding")
            );
            return self.fault_at(line, byte + opening + good as u64, what);
        }
        if matches!(error, quick_xml::Error::Syntax(_))
            && self.xml.get_mut().start().is_ok_and(<[u8]>::is_empty)
            && !self.open.is_empty()
        {
            return self.fault_at(
                line,
                byte,
                "the file ends early, within this; what came before was read",
            );
        }
        if self.open.is_empty() && !self.is_wordpress {
            return self.fault_at(line, byte, format!("this is no WordPress export ({error})"));
        }
        self.fault_at(
            line,
            byte,
            format!("the XML is broken here ({error}); export the site again, or mend this place"),
        )
    }

    fn push(&mut self, text: &str) -> Result<(), WxrError> {
        if self.skimming && self.open.contains(&Within::Comment) {
            return Ok(());
        }
        if self.text.len() + text.len() > TEXT_BYTES_MAX {
            return Err(self.fault("one element holds more than 32 MiB of text"));
        }
        self.text.push_str(text);
        Ok(())
    }
}

/// Bytes that are no UTF-8 are most often of this encoding in Arabic files.
const LIKELY: &str = "WINDOWS-1256";
/// Letters of an encoding's name that are repeated.
const NAME_LETTERS_MAX: usize = 40;

/// What to do with a file in the encoding of that name, or, where it does not
/// say which, in another than UTF-8.
fn wrong_encoding(found: &str) -> String {
    let named = found
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
    let named = named && (1..=NAME_LETTERS_MAX).contains(&found.len());
    let from = if named { found } else { LIKELY };
    let mark = if found.starts_with("UTF-16") {
        " (its letters take two bytes each)"
    } else {
        ""
    };
    let found: String = found.chars().take(NAME_LETTERS_MAX).collect();
    format!(
        "the file is in {found}{mark}, and exports are in UTF-8: convert it first, for instance with `iconv -f {from} -t UTF-8 old.xml > new.xml` (and its first line to encoding=\"UTF-8\")"
    )
}
