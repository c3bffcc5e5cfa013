//! The WXR format: RSS 2.0 with WordPress's own elements.
//!
//! Memory holds one item at a time. No entity but XML's own five and numbers is
//! ever expanded, so that no file can grow in memory beyond its own size.

use std::io::BufRead;

use quick_xml::{Reader as XmlReader, events::Event};

use super::lines::Lines;

/// Bytes of text that one element may hold: 32 MiB.
const TEXT_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Elements that may be open at once.
const DEPTH_MAX: usize = 64;
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

/// Reads an export entry by entry.
pub struct Reader<R: BufRead> {
    xml: XmlReader<Lines<R>>,
    buffer: Vec<u8>,
    open: Vec<String>,
    text: String,
    attributes: (String, String),
    site: Option<(String, String, String)>,
    site_told: bool,
    author: (String, String, String),
    term: Term,
    item: Option<Box<Item>>,
    comment: Comment,
    field: (String, String),
    ended: bool,
    seen_rss: bool,
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
            site: Some((String::new(), String::new(), String::new())),
            site_told: false,
            author: (String::new(), String::new(), String::new()),
            term: Term::default(),
            item: None,
            comment: Comment::default(),
            field: (String::new(), String::new()),
            ended: false,
            seen_rss: false,
        }
    }

    /// Bytes read so far, for a progress bar.
    pub fn position(&self) -> u64 {
        self.xml.buffer_position()
    }

    fn fault(&self, what: impl Into<String>) -> WxrError {
        WxrError {
            line: self.xml.get_ref().line,
            byte: self.xml.buffer_position(),
            what: what.into(),
        }
    }

    /// The next entry; `None` at the end of the file.
    ///
    /// # Errors
    /// [`WxrError`] where the file is no export, or is broken or cut.
    pub fn next_entry(&mut self) -> Result<Option<Entry>, WxrError> {
        while !self.ended {
            self.buffer.clear();
            let mut buffer = std::mem::take(&mut self.buffer);
            let step = self.step(&mut buffer);
            self.buffer = buffer;
            if let Some(entry) = step? {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    fn step(&mut self, buffer: &mut Vec<u8>) -> Result<Option<Entry>, WxrError> {
        let event = match self.xml.read_event_into(buffer) {
            Ok(event) => event,
            Err(error) => {
                self.ended = true;
                return Err(self.fault(format!(
                    "the XML is broken here ({error}); export the site again"
                )));
            }
        };
        match event {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                self.attributes = (String::new(), String::new());
                for attribute in start.attributes().flatten() {
                    let value = attribute.value.to_string();
                    match attribute.key.as_ref() {
                        "domain" => self.attributes.0 = value,
                        "nicename" => self.attributes.1 = value,
                        _ => {}
                    }
                }
                return self.opened(name);
            }
            Event::End(_) => return Ok(self.closed()),
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
                self.ended = true;
                return Err(
                    self.fault("the file declares entities of its own, which no export does")
                );
            }
            Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
            Event::Eof => {
                self.ended = true;
                if !self.open.is_empty() {
                    return Err(self.fault("the file ends early; what came before was read"));
                }
                if !self.seen_rss {
                    return Err(self.fault("this is no WordPress export: it has no <rss> element"));
                }
            }
        }
        Ok(None)
    }

    fn push(&mut self, text: &str) -> Result<(), WxrError> {
        if self.text.len() + text.len() > TEXT_BYTES_MAX {
            self.ended = true;
            return Err(self.fault("one element holds more than 32 MiB of text"));
        }
        self.text.push_str(text);
        Ok(())
    }

    fn opened(&mut self, name: String) -> Result<Option<Entry>, WxrError> {
        if self.open.len() >= DEPTH_MAX {
            self.ended = true;
            return Err(self.fault("elements are nested too deep for an export"));
        }
        if self.open.is_empty() {
            if name != "rss" {
                self.ended = true;
                return Err(self.fault(format!(
                    "this is no WordPress export: it begins with <{name}>, not <rss>"
                )));
            }
            self.seen_rss = true;
        }
        self.text.clear();
        let told = self.tell_site(&name);
        if name == "item" {
            let (line, byte) = (self.xml.get_ref().line, self.xml.buffer_position());
            self.item = Some(Box::new(Item {
                line,
                byte,
                ..Item::default()
            }));
        }
        self.open.push(name);
        Ok(told)
    }

    /// The site's own elements stand before everything else.
    fn tell_site(&mut self, next: &str) -> Option<Entry> {
        let over = matches!(
            next,
            "wp:author" | "wp:category" | "wp:tag" | "wp:term" | "item"
        );
        if !over || self.site_told {
            return None;
        }
        self.site_told = true;
        let (title, url, tagline) = self.site.take()?;
        Some(Entry::Site {
            title,
            url,
            tagline,
        })
    }

    fn closed(&mut self) -> Option<Entry> {
        let name = self.open.pop()?;
        let within = self.open.last().map_or("", String::as_str).to_owned();
        let text = std::mem::take(&mut self.text);
        match within.as_str() {
            "item" => self.item_part(&name, text),
            "wp:comment" => self.comment_part(&name, text),
            "wp:postmeta" => match name.as_str() {
                "wp:meta_key" => self.field.0 = text,
                "wp:meta_value" => self.field.1 = text,
                _ => {}
            },
            "wp:author" => match name.as_str() {
                "wp:author_id" => self.author.0 = text,
                "wp:author_login" => self.author.1 = text,
                "wp:author_display_name" => self.author.2 = text,
                _ => {}
            },
            "wp:category" | "wp:tag" => match name.as_str() {
                "wp:term_id" => self.term.id = text,
                "wp:category_nicename" | "wp:tag_slug" => {
                    self.term.slug = editorial::urls::decode(&text)
                }
                "wp:cat_name" | "wp:tag_name" => self.term.name = text,
                "wp:category_parent" => self.term.parent = editorial::urls::decode(&text),
                "wp:category_description" | "wp:tag_description" => self.term.description = text,
                _ => {}
            },
            "channel" => return self.channel_part(&name, text),
            _ => {}
        }
        None
    }

    fn channel_part(&mut self, name: &str, text: String) -> Option<Entry> {
        match name {
            "item" => self.item.take().map(Entry::Item),
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
                        "title" => site.0 = text,
                        "link" => site.1 = text,
                        "description" => site.2 = text,
                        _ => {}
                    }
                }
                None
            }
        }
    }

    fn item_part(&mut self, name: &str, text: String) {
        let Some(item) = &mut self.item else { return };
        match name {
            "title" => item.title = text,
            "link" => item.link = text,
            "guid" => item.guid = text,
            "dc:creator" => item.creator = text,
            "content:encoded" => item.content = text,
            "excerpt:encoded" => item.excerpt = text,
            "wp:post_id" => item.id = text,
            "wp:post_date" => item.date = text,
            "wp:post_date_gmt" => item.date_gmt = text,
            "wp:post_modified_gmt" => item.modified_gmt = text,
            "wp:post_name" => item.name = text,
            "wp:status" => item.status = text,
            "wp:post_type" => item.kind = text,
            "wp:post_parent" => item.parent = text,
            "wp:menu_order" => item.menu_order = text.trim().parse().unwrap_or(0),
            "wp:post_password" => item.has_password = !text.is_empty(),
            "wp:attachment_url" => item.attachment_url = text,
            "category" if item.terms.len() < PARTS_MAX => {
                let (domain, slug) = std::mem::take(&mut self.attributes);
                item.terms
                    .push((domain, editorial::urls::decode(&slug), text));
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
            "wp:comment_id" => comment.id = text,
            "wp:comment_parent" => comment.parent = text,
            "wp:comment_author" => comment.author = text,
            "wp:comment_author_email" => comment.email = text,
            "wp:comment_date_gmt" => comment.date_gmt = text,
            "wp:comment_content" => comment.content = text,
            "wp:comment_approved" => comment.approved = text,
            "wp:comment_type" => comment.kind = text,
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
}
