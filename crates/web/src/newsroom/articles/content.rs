//! From what was typed into the form of an article to what is saved, and back.

use actions::{Named, authors_named, create_authors, create_tags, tags_named};
use editorial::{
    BlockId, Body, Content, Id,
    comment::Commenting,
    notation::{self, NotationFault},
    working_copy::{AUTHORS_MAX, ContentFault, Part, SLUG_LETTERS_MAX, TAGS_MAX},
};
use screens::articles::{Fault, Typed};

use super::Opened;
use crate::newsroom::{Asked, Failure};

/// The longest name of a new author or tag, in code points.
const NAME_LETTERS_MAX: usize = 100;
/// Letters of a name that are told in a fault.
const NAME_LETTERS_TOLD: usize = 40;

/// What was typed, as far as it could be read.
pub(super) struct Read {
    pub(super) content: Content,
    pub(super) faults: Vec<Fault>,
    /// Names that are not there, and shall be made.
    authors: Vec<String>,
    tags: Vec<String>,
    /// Whether there are names that could be made.
    pub(super) unknown: bool,
}

pub(in crate::newsroom) fn fault(
    field: &'static str,
    message: &'static str,
    number: usize,
) -> Fault {
    Fault {
        field,
        message,
        number,
        value: String::new(),
    }
}

/// What has no room.
pub(super) fn no_room(fault: ContentFault) -> Fault {
    let message = match fault.part {
        Part::Authors | Part::Tags => "too-many",
        _ => "too-long",
    };
    self::fault(fault.part.name(), message, fault.most)
}

fn unread(broken: &NotationFault) -> Fault {
    let (message, value) = match broken {
        NotationFault::TextTooLong { .. } => ("text-too-long", ""),
        NotationFault::TooManyBlocks { .. } => ("too-many-blocks", ""),
        NotationFault::BrokenPicture { .. } => ("broken-picture", ""),
        NotationFault::PictureInText { .. } => ("picture-in-text", ""),
        NotationFault::BrokenRow { .. } => ("broken-row", ""),
        NotationFault::BadAddress { address, .. } => ("bad-address", address.as_str()),
        NotationFault::TooManyMarks { .. } => ("too-many-marks", ""),
        NotationFault::AddressTooLong { .. } => ("address-too-long", ""),
    };
    Fault {
        value: value.to_owned(),
        ..fault("body", message, broken.line())
    }
}

/// A text without line breaks and other signs that control something.
fn line(text: &str) -> String {
    let spaced = text.replace(['\n', '\r', '\t'], " ");
    let plain: String = spaced.chars().filter(|c| !c.is_control()).collect();
    plain.trim().to_owned()
}

/// The names in a field, parted by Arabic or Latin commas.
fn names(text: &str) -> Vec<String> {
    let each = text.split(['،', ',', '\n']).map(|name| {
        let words: Vec<&str> = name.split_whitespace().collect();
        line(&words.join(" "))
    });
    each.filter(|name| !name.is_empty()).collect()
}

/// A text in its notation, as it stands in a field.
pub(super) fn written(body: &Body) -> String {
    notation::write(body).trim_end().to_owned()
}

/// Names as they stand in a field.
fn joined(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join("، ")
}

/// Those whom names lead to, and the names that lead to nobody.
fn named(
    field: &'static str,
    named: Named,
    most: usize,
    typed: &Typed,
    faults: &mut Vec<Fault>,
) -> (Vec<Id>, Vec<String>) {
    let Named { found, missing } = named;
    if found.len() + missing.len() > most {
        faults.push(fault(field, "too-many", most));
        return (found, Vec::new());
    }
    let long = |name: &&String| name.chars().count() > NAME_LETTERS_MAX;
    if let Some(name) = missing.iter().find(long) {
        faults.push(Fault {
            value: name.chars().take(NAME_LETTERS_TOLD).collect(),
            ..fault(field, "name-too-long", NAME_LETTERS_MAX)
        });
        return (found, Vec::new());
    }
    if !missing.is_empty() && !typed.make {
        faults.push(Fault {
            value: joined(missing.iter().cloned()),
            ..fault(field, "unknown", 0)
        });
    }
    (found, missing)
}

impl Asked<'_> {
    /// What the form of an article holds before anything is typed.
    pub(super) async fn typed_of(&self, content: &Content) -> Result<Typed, Failure> {
        let authors = if content.authors.is_empty() {
            Vec::new()
        } else {
            self.site.store.authors().await?
        };
        let tags = self.site.store.tags(&[], &content.tags).await?;
        let author = |id: &Id| authors.iter().find(|one| one.id == *id);
        let tag = |id: &Id| tags.iter().find(|one| one.id == *id);
        Ok(Typed {
            kicker: content.kicker.clone(),
            headline: content.headline.clone(),
            standfirst: content.standfirst.clone(),
            dateline: content.dateline.clone(),
            agency: content.agency.clone(),
            section: content
                .section
                .map_or_else(String::new, |id| id.to_string()),
            authors: joined(
                content
                    .authors
                    .iter()
                    .filter_map(author)
                    .map(|one| one.name.clone()),
            ),
            tags: joined(
                content
                    .tags
                    .iter()
                    .filter_map(tag)
                    .map(|one| one.name.clone()),
            ),
            language: content.language.clone(),
            slug: content.slug.clone(),
            commenting: content.commenting.name().to_owned(),
            body: written(&content.body),
            ..Typed::default()
        })
    }

    /// `before` with what was sent; a field that was not sent stays as it is.
    pub(super) fn typed_over(&self, before: &Typed) -> Typed {
        let sent = |name: &str, before: &str| {
            let value = if self.form.has(name) {
                self.form.one(name)
            } else {
                before
            };
            value.replace("\r\n", "\n")
        };
        Typed {
            kicker: sent("kicker", &before.kicker),
            headline: sent("headline", &before.headline),
            standfirst: sent("standfirst", &before.standfirst),
            dateline: sent("dateline", &before.dateline),
            agency: sent("agency", &before.agency),
            section: sent("section", &before.section),
            authors: sent("authors", &before.authors),
            tags: sent("tags", &before.tags),
            make: self.form.one("make") == "1",
            language: sent("language", &before.language),
            slug: sent("slug", &before.slug),
            commenting: sent("commenting", &before.commenting),
            body: sent("body", &before.body),
            how: sent("how", &before.how),
            note: sent("note", &before.note),
            reason: sent("reason", &before.reason),
            at: sent("at", &before.at),
            words: sent("words", &before.words),
            quote: sent("quote", &before.quote),
            remark: sent("remark", &before.remark),
            assignee: sent("assignee", &before.assignee),
            deadline: sent("deadline", &before.deadline),
        }
    }

    /// Reads what was typed; `before` is what the form held.
    pub(super) async fn read(
        &self,
        opened: &Opened<'_>,
        before: &Typed,
        typed: &Typed,
    ) -> Result<Read, Failure> {
        let store = &self.site.store;
        let older = &opened.copy.content;
        let mut faults = Vec::new();
        let section = match typed.section.as_str() {
            "" => None,
            same if same == before.section => older.section,
            other => {
                let wanted = Id::parse(other);
                let sections = store.sections().await?;
                let found = sections.iter().find(|one| Some(one.id) == wanted);
                if found.is_none() {
                    faults.push(fault("section", "no-section", 0));
                }
                found.map(|one| one.id)
            }
        };
        let language = typed.language.trim();
        let is_code = |code: &str| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            !code.is_empty() && code.bytes().all(plain)
        };
        if !is_code(language) && language != older.language {
            faults.push(fault("language", "bad-language", 0));
        }
        // What was not touched leads to whom it led, even where two have one name.
        let (authors, no_authors) = if typed.authors == before.authors {
            (older.authors.clone(), Vec::new())
        } else {
            let list = names(&typed.authors);
            let found = authors_named(store, &list).await?;
            named("authors", found, AUTHORS_MAX, typed, &mut faults)
        };
        let (tags, no_tags) = if typed.tags == before.tags {
            (older.tags.clone(), Vec::new())
        } else {
            let list = names(&typed.tags);
            let found = tags_named(store, &list).await?;
            named("tags", found, TAGS_MAX, typed, &mut faults)
        };
        let body = if typed.body == before.body {
            older.body.clone()
        } else {
            let blocks = opened.article.body.blocks.iter();
            let highest = blocks.map(|block| block.id.0).max().unwrap_or(0);
            match notation::read(&typed.body, &older.body, BlockId(highest)) {
                Ok(body) => body,
                Err(broken) => {
                    faults.extend(broken.iter().map(unread));
                    older.body.clone()
                }
            }
        };
        let content = Content {
            kicker: line(&typed.kicker),
            headline: line(&typed.headline),
            standfirst: line(&typed.standfirst),
            dateline: line(&typed.dateline),
            agency: line(&typed.agency),
            language: language.to_owned(),
            slug: if typed.slug == before.slug {
                older.slug.clone()
            } else {
                arabic::slug::slug(&typed.slug, SLUG_LETTERS_MAX)
            },
            section,
            authors,
            tags,
            lead: older.lead,
            commenting: Commenting::parse(&typed.commenting).unwrap_or(older.commenting),
            body,
        };
        faults.extend(content.faults().into_iter().map(no_room));
        Ok(Read {
            content,
            faults,
            unknown: !(no_authors.is_empty() && no_tags.is_empty()),
            authors: no_authors,
            tags: no_tags,
        })
    }

    /// Makes the names that are not there, and puts them in their places.
    pub(super) async fn with_names_made(
        &self,
        read: Read,
        typed: &Typed,
        opened: &Opened<'_>,
    ) -> Result<Content, Failure> {
        let (store, actor) = (&self.site.store, opened.actor());
        let mut content = read.content;
        if !read.authors.is_empty() {
            create_authors(store, &read.authors, actor, self.now).await?;
            content.authors = authors_named(store, &names(&typed.authors)).await?.found;
        }
        if !read.tags.is_empty() {
            create_tags(store, &read.tags, actor, self.now).await?;
            content.tags = tags_named(store, &names(&typed.tags)).await?.found;
        }
        Ok(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_by_commas_of_both_scripts() {
        assert_eq!(
            names(" ليلى  حداد، عمر,OPEC+ ،، \u{0}"),
            ["ليلى حداد", "عمر", "OPEC+"]
        );
        assert_eq!(names(" ، , "), [""; 0]);
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line(" أول\r\nثان\u{0}\tثالث "), "أول  ثان ثالث");
        // What joins and turns letters stays.
        assert_eq!(line("می\u{200c}روم\u{200f}"), "می\u{200c}روم\u{200f}");
    }
}
