//! Desks: made, changed and dissolved.

use std::collections::BTreeSet;

use editorial::{
    Id, Timestamp,
    audit::Actor,
    workflow::{Desk, DeskError},
};
use store::{Store, StoreError};

use crate::{ActionError, draw_id};

/// What a desk shall be.
#[derive(Clone, Debug)]
pub struct DeskWanted {
    /// Its name.
    pub name: String,
    /// Its users; who is not known is left out.
    pub members: BTreeSet<Id>,
    /// Its sections; likewise.
    pub sections: BTreeSet<Id>,
}

/// Makes a desk, or changes one that was seen at a version.
///
/// # Errors
/// [`ActionError::Desk`] where a rule forbids it; [`StoreError::Conflict`] where somebody else
/// changed it in between.
pub async fn keep_desk(
    store: &Store,
    known: Option<(Id, i64)>,
    wanted: DeskWanted,
    actor: Actor,
    now: Timestamp,
) -> Result<Id, ActionError> {
    let desks = store.desks().await?;
    let (id, version) = match known {
        None => (draw_id(store).await?, 0),
        Some((id, seen)) => {
            let desk = desks.iter().find(|desk| desk.id == id);
            let desk = desk.ok_or(DeskError::NoDesk)?;
            if desk.version != seen {
                return Err(StoreError::Conflict.into());
            }
            (id, seen)
        }
    };
    let users = store.users().await?;
    let sections = store.sections().await?;
    let desk = Desk {
        id,
        version,
        name: wanted.name,
        members: users
            .iter()
            .map(|user| user.id)
            .filter(|user| wanted.members.contains(user))
            .collect(),
        sections: sections
            .iter()
            .map(|section| section.id)
            .filter(|section| wanted.sections.contains(section))
            .collect(),
    };
    store.commit(desk.keep(&desks, actor, now)?).await?;
    Ok(id)
}

/// Dissolves a desk; what stands in its sections is nobody's.
///
/// # Errors
/// As [`keep_desk`].
pub async fn dissolve_desk(
    store: &Store,
    id: Id,
    seen: i64,
    actor: Actor,
    now: Timestamp,
) -> Result<i64, ActionError> {
    let desks = store.desks().await?;
    let desk = desks.into_iter().find(|desk| desk.id == id);
    let desk = desk.ok_or(DeskError::NoDesk)?;
    if desk.version != seen {
        return Err(StoreError::Conflict.into());
    }
    Ok(store.commit(desk.dissolve(actor, now)).await?)
}
