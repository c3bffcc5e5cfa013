//! Authors: the people credited in bylines. Who signs in is a user, not here.

use serde::{Deserialize, Serialize};

use crate::Id;

/// A credited person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Its id.
    pub id: Id,
    /// Its part of the address.
    pub slug: String,
    /// The name as printed.
    pub name: String,
    /// A few sentences about the person, or empty.
    pub bio: String,
}
