//! What the elements of an export mean.

use std::io::BufRead;

use super::{DEPTH_MAX, Entry, FIELD_BYTES_MAX, Item, PARTS_MAX, Reader, Within, WxrError};

impl<R: BufRead> Reader<R> {
    pub(super) fn opened(
        &mut self,
        name: &str,
        line: u64,
        byte: u64,
    ) -> Result<Option<Entry>, WxrError> {
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

    pub(super) fn closed(&mut self, name: &str) -> Result<Option<Entry>, WxrError> {
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
