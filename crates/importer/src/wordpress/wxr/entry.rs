//! What an export holds, as its file has it.

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
