//! The keys of the screens, and the screens that one may go to.

use serde::Serialize;

use crate::contexts::Screen;

/// All keys and screens on one page.
#[derive(Clone, Debug, Serialize)]
pub struct Keys {
    /// The screens that who asks may enter.
    pub screens: Vec<Door>,
    /// The keys, by where they work.
    pub groups: Vec<KeyGroup>,
}

impl Screen for Keys {
    const TEMPLATE: &'static str = "keys.html";
}

/// A screen to go to.
#[derive(Clone, Debug, Serialize)]
pub struct Door {
    /// Its path.
    pub path: String,
    /// Its name in the language of the page.
    pub name: String,
    /// Its name in the other one.
    pub other: String,
}

/// Keys of some screens.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct KeyGroup {
    /// How the paths of those screens begin; empty: all.
    pub screen: &'static str,
    /// The name of the message on where that is.
    pub name: &'static str,
    /// Each key, and the name of the message on what it does.
    pub keys: &'static [(&'static str, &'static str)],
}
