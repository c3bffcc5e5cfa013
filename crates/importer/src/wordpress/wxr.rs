//! The WXR format: RSS 2.0 with WordPress's own elements.
//!
//! Memory holds one item at a time. No entity but XML's own five and numbers is
//! ever expanded, so that no file can grow in memory beyond its own size.

use std::io::BufRead;

use quick_xml::{Reader as XmlReader, XmlVersion, events::Event};

use super::lines::Lines;

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

/// One thing of an export, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// The site: its name, tagline and address.
    Site {
        /// Its name.
        title: String,
        /// Its address.
        url: String,
        /// Its tagline.
        tagline: String,
        /// Its language, such as `ar` or `fr-FR`, or empty.
        language: String,
    },
    /// An author.
    Author {
        /// WordPress's number.
        id: String,
        /// The name to sign in with, by which items name their author.
        login: String,
        /// The name readers see.
        name: String,
    },
    /// A category.
    Category(Term),
    /// A tag.
    Tag(Term),
    /// A post, page, attachment, or an item of any other type.
    Item(Box<Item>),
}

/// A category or tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// WordPress's number.
    pub id: String,
    /// Its slug, decoded.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The slug of the category above it, or empty.
    pub parent: String,
    /// What it is about, or empty.
    pub description: String,
}

/// A post, page, attachment and so on, as the file has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The line on which it begins.
    pub line: u64,
    /// The byte at which it begins.
    pub byte: u64,
    /// WordPress's number.
    pub id: String,
    /// `post`, `page`, `attachment`, `nav_menu_item` …
    pub kind: String,
    /// `publish`, `draft`, `pending`, `future`, `private`, `trash`, `inherit` …
    pub status: String,
    /// Its title.
    pub title: String,
    /// Its address on the old site.
    pub link: String,
    /// Its guid: often `?p=ID`, sometimes an address.
    pub guid: String,
    /// The author's login.
    pub creator: String,
    /// The text as WordPress keeps it.
    pub content: String,
    /// The excerpt.
    pub excerpt: String,
    /// The slug.
    pub name: String,
    /// UTC, `YYYY-MM-DD hh:mm:ss`, or zeros.
    pub date_gmt: String,
    /// The site's own time, in the same form.
    pub date: String,
    /// UTC of the last change.
    pub modified_gmt: String,
    /// The number of the item it belongs to.
    pub parent: String,
    /// Its place in a menu.
    pub menu_order: i64,
    /// Whether a password is set.
    pub has_password: bool,
    /// Whether it stayed on top of the old front page.
    pub sticky: bool,
    /// `open` or `closed`; empty in old exports.
    pub comment_status: String,
    /// Where an attachment's file is.
    pub attachment_url: String,
    /// Its terms: domain (`category`, `post_tag`), slug, name.
    pub terms: Vec<(String, String, String)>,
    /// Its custom fields.
    pub fields: Vec<(String, String)>,
    /// Its comments.
    pub comments: Vec<Comment>,
}

/// A reader's comment. Its IP address is never read.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Comment {
    /// WordPress's number.
    pub id: String,
    /// The number of the comment it answers, or `0`.
    pub parent: String,
    /// The name given.
    pub author: String,
    /// The address given; to be sealed at once.
    pub email: String,
    /// UTC, as [`Item::date_gmt`].
    pub date_gmt: String,
    /// The site's own time, in the same form.
    pub date: String,
    /// The text, with some HTML.
    pub content: String,
    /// `1`, `0`, `spam`, `trash`.
    pub approved: String,
    /// `comment` or empty; `pingback`, `trackback`.
    pub kind: String,
}

/// Prints no address.
impl std::fmt::Debug for Comment {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Comment")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
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
            Ok([0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, b'<', ..] | [b'<', 0, ..]) => wrong_encoding("UTF-16"),
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
                    return Err(self.fault_at(line, byte, wrong_encoding(&encoding)));
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

    fn opened(&mut self, name: &str, line: u64, byte: u64) -> Result<Option<Entry>, WxrError> {
        if self.open.len() >= DEPTH_MAX {
            return Err(self.fault("elements are nested too deep for an export"));
        }
        if self.open.is_empty() && name != "rss" {
            let what = format!("this is no WordPress export: it begins with <{name}>, not <rss>");
            return Err(self.fault_at(line, byte, what));
        }
        self.text.clear();
        self.is_wordpress |= name.starts_with("wp:");
        let within = match name {
            "channel" => Within::Channel,
            "item" => Within::Item,
            "wp:comment" => Within::Comment,
            "wp:postmeta" => Within::Field,
            "wp:author" => Within::Author,
            "wp:category" | "wp:tag" => Within::Term,
            _ => Within::Other,
        };
        let over =
            matches!(within, Within::Author | Within::Term | Within::Item) || name == "wp:term";
        let told = if over { self.tell_site() } else { None };
        if within == Within::Item {
            self.item = Some(Box::new(Item {
                line,
                byte,
                ..Item::default()
            }));
        }
        self.open.push(within);
        Ok(told)
    }

    /// The site's own elements stand before everything else.
    fn tell_site(&mut self) -> Option<Entry> {
        let site = self.site.take()?;
        Some(Entry::Site {
            title: site.title,
            url: if site.url.trim().is_empty() {
                site.home
            } else {
                site.url
            },
            tagline: site.tagline,
            language: site.language.trim().to_owned(),
        })
    }

    fn closed(&mut self, name: &str) -> Result<Option<Entry>, WxrError> {
        self.open.pop();
        let text = std::mem::take(&mut self.text);
        match self.open.last() {
            Some(Within::Item) => self.item_part(name, text),
            Some(Within::Comment) => self.comment_part(name, text),
            Some(Within::Field) => match name {
                "wp:meta_key" => self.field.0 = text,
                "wp:meta_value" => {
                    self.field.1 = text;
                    truncate(&mut self.field.1, FIELD_BYTES_MAX);
                }
                _ => {}
            },
            Some(Within::Author) => match name {
                "wp:author_id" => self.author.0 = text,
                "wp:author_login" => self.author.1 = text,
                "wp:author_display_name" => self.author.2 = text,
                _ => {}
            },
            Some(Within::Term) => match name {
                "wp:term_id" => self.term.id = text,
                "wp:category_nicename" | "wp:tag_slug" => {
                    self.term.slug = editorial::urls::decode(text.trim())
                }
                "wp:cat_name" | "wp:tag_name" => self.term.name = text,
                "wp:category_parent" => self.term.parent = editorial::urls::decode(text.trim()),
                "wp:category_description" | "wp:tag_description" => self.term.description = text,
                _ => {}
            },
            Some(Within::Channel) => return self.channel_part(name, text),
            _ => {}
        }
        Ok(None)
    }

    fn channel_part(&mut self, name: &str, text: String) -> Result<Option<Entry>, WxrError> {
        Ok(match name {
            "item" => {
                let Some(item) = self.item.take() else {
                    return Ok(None);
                };
                if !self.is_wordpress {
                    return Err(self.fault_at(
                        item.line,
                        item.byte,
                        "this is a feed, no WordPress export: its items have nothing of WordPress's (<wp:…>); export the site under Tools, Export",
                    ));
                }
                Some(Entry::Item(item))
            }
            "wp:author" => {
                let (id, login, name) = std::mem::take(&mut self.author);
                let name = if name.trim().is_empty() {
                    login.clone()
                } else {
                    name
                };
                Some(Entry::Author { id, login, name })
            }
            "wp:category" => Some(Entry::Category(std::mem::take(&mut self.term))),
            "wp:tag" => Some(Entry::Tag(std::mem::take(&mut self.term))),
            _ => {
                if let Some(site) = &mut self.site {
                    match name {
                        "title" => site.title = text,
                        "link" => site.url = text,
                        "wp:base_blog_url" => site.home = text,
                        "description" => site.tagline = text,
                        "language" => site.language = text,
                        _ => {}
                    }
                }
                None
            }
        })
    }

    fn item_part(&mut self, name: &str, text: String) {
        let Some(item) = &mut self.item else { return };
        match name {
            "title" => item.title = text,
            "link" => item.link = trimmed(text),
            "guid" => item.guid = trimmed(text),
            "dc:creator" => item.creator = trimmed(text),
            "content:encoded" => item.content = text,
            "excerpt:encoded" => item.excerpt = text,
            "wp:post_id" => item.id = trimmed(text),
            "wp:post_date" => item.date = text,
            "wp:post_date_gmt" => item.date_gmt = text,
            "wp:post_modified_gmt" => item.modified_gmt = text,
            "wp:post_name" => item.name = trimmed(text),
            "wp:status" => item.status = trimmed(text),
            "wp:post_type" => item.kind = trimmed(text),
            "wp:post_parent" => item.parent = trimmed(text),
            "wp:menu_order" => item.menu_order = text.trim().parse().unwrap_or(0),
            "wp:post_password" => item.has_password = !text.is_empty(),
            "wp:is_sticky" => item.sticky = text.trim() == "1",
            "wp:comment_status" => item.comment_status = trimmed(text),
            "wp:attachment_url" => item.attachment_url = trimmed(text),
            "category" if item.terms.len() < PARTS_MAX => {
                let (domain, slug) = std::mem::take(&mut self.attributes);
                item.terms
                    .push((domain, editorial::urls::decode(slug.trim()), text));
            }
            "wp:postmeta" if item.fields.len() < PARTS_MAX => {
                item.fields.push(std::mem::take(&mut self.field))
            }
            "wp:comment" if item.comments.len() < PARTS_MAX => {
                item.comments.push(std::mem::take(&mut self.comment));
            }
            _ => {}
        }
    }

    fn comment_part(&mut self, name: &str, text: String) {
        let comment = &mut self.comment;
        match name {
            "wp:comment_id" => comment.id = trimmed(text),
            "wp:comment_parent" => comment.parent = trimmed(text),
            "wp:comment_author" => comment.author = text,
            "wp:comment_author_email" => comment.email = text,
            "wp:comment_date" => comment.date = text,
            "wp:comment_date_gmt" => comment.date_gmt = text,
            "wp:comment_content" => comment.content = text,
            "wp:comment_approved" => comment.approved = trimmed(text),
            "wp:comment_type" => comment.kind = trimmed(text),
            _ => {}
        }
    }
}

impl Item {
    /// A custom field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every custom field of that name.
    pub fn fields_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The bytes of its texts, to bound what a batch of items holds.
    pub fn bytes(&self) -> usize {
        let comments = self.comments.iter().map(|comment| comment.content.len());
        let fields = self.fields.iter().map(|(_, value)| value.len());
        self.content.len() + self.excerpt.len() + comments.chain(fields).sum::<usize>()
    }
}

fn wrong_encoding(found: &str) -> String {
    format!(
        "the file is in {found}, and exports are in UTF-8: convert it first, for instance with `iconv -f WINDOWS-1256 -t UTF-8 old.xml > new.xml` (and its first line to encoding=\"UTF-8\")"
    )
}

/// `text` without white space around it, in its own memory.
fn trimmed(mut text: String) -> String {
    let kept = text.trim();
    if kept.len() == text.len() {
        return text;
    }
    if text.starts_with(char::is_whitespace) {
        return kept.to_owned();
    }
    let length = kept.len();
    text.truncate(length);
    text
}

/// Cuts between letters.
fn truncate(text: &mut String, bytes_max: usize) {
    if text.len() > bytes_max {
        let end = (0..=bytes_max).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(end.unwrap_or(0));
    }
}
