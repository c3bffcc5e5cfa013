//! What the screen of the settings shows.

use serde::Serialize;

use crate::{articles::Fault, contexts::Screen};

/// The settings of the site on their form.
#[derive(Clone, Debug, Serialize)]
pub struct EditSettings {
    /// The fields, in groups.
    pub groups: Vec<Group>,
    /// What the form was made from, as a hash.
    pub seen: String,
    /// The date of today as it is written.
    pub example: String,
    /// Time zones that are suggested.
    pub zones: Vec<&'static str>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// The fields that are wrong.
    pub faulty: Vec<&'static str>,
    /// The address of the script.
    pub script: String,
}

/// Fields that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The name of its message is `set-group-…`.
    pub name: &'static str,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// The names of its messages are `set-…` and `set-…-is`.
    pub name: &'static str,
    /// `line`, `code`, `zone`, `number`, `switch`, `months`, `other-months`, `offset` or
    /// `menu`.
    pub kind: &'static str,
    /// What it holds; of a switch that is on, `on`.
    pub value: String,
}

impl Screen for EditSettings {
    const TEMPLATE: &'static str = "settings.html";
}
