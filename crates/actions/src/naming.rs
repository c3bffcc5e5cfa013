//! Tags and authors by the names that the staff write, and new ones.

use std::collections::HashSet;

use arabic::slug::slug;
use editorial::{
    Changes, Id, Timestamp, Write,
    audit::{Action, Actor, AuditEntry},
    people::Author,
    places::Tag,
};
use store::Store;

use crate::ActionError;

/// The longest slug of a new tag or author, in code points.
const SLUG_LETTERS_MAX: usize = 60;
/// How often another number is tried behind a slug that is taken.
const NUMBERS: usize = 1_000;

/// What names lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Those that are there, in the order of their names.
    pub found: Vec<Id>,
    /// The names of which there is none.
    pub missing: Vec<String>,
}

impl Named {
    fn of(names: &[String], known: &[(Id, String)]) -> Self {
        let mut named = Self::default();
        for name in names {
            match known.iter().find(|(_, own)| own == name) {
                Some((id, _)) => push_once(&mut named.found, *id),
                None => push_once(&mut named.missing, name.clone()),
            }
        }
        named
    }
}

fn push_once<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

/// The tags of these names.
///
/// # Errors
/// [`ActionError::Store`].
pub async fn tags_named(store: &Store, names: &[String]) -> Result<Named, ActionError> {
    let tags = store.tags_named(names).await?;
    let known: Vec<_> = tags.into_iter().map(|tag| (tag.id, tag.name)).collect();
    Ok(Named::of(names, &known))
}

/// The authors of these names.
///
/// # Errors
/// [`ActionError::Store`].
pub async fn authors_named(store: &Store, names: &[String]) -> Result<Named, ActionError> {
    let authors = store.authors().await?;
    let known: Vec<_> = authors
        .into_iter()
        .map(|author| (author.id, author.name))
        .collect();
    Ok(Named::of(names, &known))
}

/// Makes a tag of each name.
///
/// # Errors
/// [`ActionError::Store`].
pub async fn create_tags(
    store: &Store,
    names: &[String],
    actor: Actor,
    now: Timestamp,
) -> Result<(), ActionError> {
    let mut slugs: Vec<String> = names.iter().map(|name| base(name)).collect();
    for number in 2..NUMBERS {
        let taken = store.tags(&slugs, &[]).await?;
        let taken = taken.into_iter().map(|tag| tag.slug).collect();
        if !renumber(names, &mut slugs, &taken, number) {
            break;
        }
    }
    create(store, names, slugs, actor, now, |id, name, slug| {
        (Write::Tag(Tag { id, slug, name }), Action::TagCreate)
    })
    .await
}

/// Makes an author of each name.
///
/// # Errors
/// [`ActionError::Store`].
pub async fn create_authors(
    store: &Store,
    names: &[String],
    actor: Actor,
    now: Timestamp,
) -> Result<(), ActionError> {
    let mut slugs: Vec<String> = names.iter().map(|name| base(name)).collect();
    let known = store.authors().await?;
    let known: HashSet<String> = known.into_iter().map(|author| author.slug).collect();
    for number in 2..NUMBERS {
        if !renumber(names, &mut slugs, &known, number) {
            break;
        }
    }
    create(store, names, slugs, actor, now, |id, name, slug| {
        let bio = String::new();
        let author = Author {
            id,
            slug,
            name,
            bio,
        };
        (Write::Author(author), Action::AuthorCreate)
    })
    .await
}

async fn create(
    store: &Store,
    names: &[String],
    slugs: Vec<String>,
    actor: Actor,
    now: Timestamp,
    one: impl Fn(Id, String, String) -> (Write, Action),
) -> Result<(), ActionError> {
    if names.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(names.len()).unwrap_or(i64::MAX);
    let mut ids = store.draw_ids(count).await?;
    let mut changes = Changes::new();
    for (name, slug) in names.iter().zip(slugs) {
        let subject = ids
            .draw()
            .expect("a block holds as many ids as were asked for");
        let (write, action) = one(subject, name.clone(), slug);
        changes = changes.write(write).audit(AuditEntry {
            at: now,
            actor,
            action,
            subject,
            note: String::new(),
        });
    }
    store.commit(changes).await?;
    Ok(())
}

/// The slug of a name; one without a letter is called by what it is not.
fn base(name: &str) -> String {
    let slug = slug(name, SLUG_LETTERS_MAX);
    if slug.is_empty() {
        "x".to_owned()
    } else {
        slug
    }
}

/// Gives another number to each slug that is taken or stands there twice; whether
/// one had to change.
fn renumber(
    names: &[String],
    slugs: &mut [String],
    taken: &HashSet<String>,
    number: usize,
) -> bool {
    let mut seen = HashSet::new();
    let mut changed = false;
    for (name, slug) in names.iter().zip(slugs) {
        if taken.contains(slug) || seen.contains(slug) {
            *slug = format!("{}-{number}", base(name));
            changed = true;
        }
        seen.insert(slug.clone());
    }
    changed
}
