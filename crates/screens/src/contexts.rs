//! What each screen shows.

use serde::Serialize;

use crate::Language;

/// What stands around every screen.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The language.
    pub lang: Language,
    /// The paper's name.
    pub paper: String,
    /// The user's name; none before somebody signed in.
    pub user: Option<String>,
    /// Where one may go: the paths of screens whose message is `nav-…`.
    pub places: Vec<Place>,
    /// What each form of the screen sends back.
    pub form: String,
    /// A sentence on what was just done or refused: the name of a message, its
    /// value if it has one, and whether it is a refusal.
    pub notice: Option<Notice>,
}

/// A screen that one may go to.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// Its path.
    pub path: &'static str,
    /// The name of the message.
    pub name: &'static str,
    /// How many things wait there, written out; empty where none do.
    pub count: String,
    /// Whether it is shown now.
    pub here: bool,
}

/// A sentence on what was just done or refused.
#[derive(Clone, Debug, Serialize)]
pub struct Notice {
    /// The name of its message.
    pub message: &'static str,
    /// The value in it.
    pub value: Option<String>,
    /// Whether something was refused.
    pub refused: bool,
}

impl Notice {
    /// Something was done.
    pub const fn done(message: &'static str) -> Self {
        Self {
            message,
            value: None,
            refused: false,
        }
    }

    /// Something was refused.
    pub const fn refused(message: &'static str) -> Self {
        Self {
            message,
            value: None,
            refused: true,
        }
    }

    /// With a value.
    #[must_use]
    pub fn with(self, value: impl Into<String>) -> Self {
        Self {
            value: Some(value.into()),
            ..self
        }
    }
}

/// A screen: its context, and the template that shows it.
pub trait Screen: Serialize {
    /// The template's name.
    const TEMPLATE: &'static str;
}

macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident $template:literal { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind,)* }
        impl Screen for $name { const TEMPLATE: &'static str = $template; }
    )*};
}

screens! {
    /// Sign in.
    SignIn "sign_in.html" {
        /// The address typed before.
        address: String,
        /// Whether the number of the second factor is asked for.
        number: bool,
        /// Where to go then: a path.
        next: String,
        /// Whether a link to a new password can be asked for.
        forgotten: bool,
    }
    /// A link to a new password is asked for.
    Forgotten "forgotten.html" {
        /// The address typed before.
        address: String,
    }
    /// Why nobody can sign in over this connection.
    Refused "refused.html" {}
    /// A new account, by a link.
    NewAccount "new_account.html" {
        /// The address typed before.
        address: String,
        /// The name typed before.
        name: String,
        /// The names of the roles it will have.
        roles: Vec<&'static str>,
    }
    /// A new password, by a link.
    NewPassword "new_password.html" {}
    /// The password once more, before a dangerous act.
    Confirm "confirm.html" {
        /// Where to go then: a path.
        next: String,
    }
    /// The first screen.
    Home "home.html" {
        /// The names of the user's roles.
        roles: Vec<&'static str>,
        /// What the user may do, as the names of messages `may-…`.
        may: Vec<&'static str>,
    }
    /// One's own account.
    Account "account.html" {
        /// The names of the user's roles.
        roles: Vec<&'static str>,
        /// Whether a second factor is set up.
        second_factor: bool,
        /// Codes left that stand in for it.
        codes: i64,
        /// The open sessions.
        sessions: Vec<OpenSession>,
    }
    /// Setting up a second factor.
    SecondFactor "second_factor.html" {
        /// The secret as it is typed into a telephone.
        secret: String,
        /// The address that a telephone opens.
        address: String,
    }
    /// Codes that stand in for the second factor, told once.
    Codes "codes.html" {
        /// The codes.
        codes: Vec<String>,
    }
    /// The accounts.
    Users "users.html" {
        /// All of them.
        users: Vec<ShownUser>,
        /// All roles, by name.
        roles: Vec<&'static str>,
        /// Whether links are sent by mail.
        mail: bool,
        /// When the newest letter was tried, where it was not sent; written out.
        trouble: Option<String>,
    }
    /// A link that works once, told once.
    Link "link.html" {
        /// The link.
        link: String,
        /// Whether it leads to a new account.
        invitation: bool,
    }
    /// Readers who ask for what is kept of them.
    DataRequests "data_requests.html" {
        /// The requests, newest first.
        requests: Vec<ShownRequest>,
        /// The link that was made just now, told once.
        link: Option<String>,
    }
    /// The audit trail.
    Trail "trail.html" {
        /// The entries, newest first.
        entries: Vec<Entry>,
        /// The number before which older ones stand, if there are any.
        older: Option<i64>,
    }
    /// A screen that cannot be shown, and why.
    Problem "problem.html" {
        /// The name of the message.
        message: &'static str,
    }
}

/// A reader's request in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ShownRequest {
    /// Its number.
    pub id: i64,
    /// When it came, or when its link was made; written out.
    pub at: String,
    /// Whether there is a link.
    pub linked: bool,
}

/// A session in a list.
#[derive(Clone, Debug, Serialize)]
pub struct OpenSession {
    /// Its number.
    pub id: i64,
    /// The browser.
    pub browser: String,
    /// When it was used last, written out.
    pub used: String,
    /// Whether it is the one that asks.
    pub own: bool,
}

/// A user in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ShownUser {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Each role by name, and whether the user has it.
    pub roles: Vec<(&'static str, bool)>,
    /// Whether it may be used.
    pub active: bool,
    /// Whether it is the one that asks.
    pub own: bool,
    /// Since when, written out.
    pub since: String,
}

/// An entry of the audit trail.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Its number.
    pub number: i64,
    /// When, written out.
    pub at: String,
    /// Who: the name of a user, or of a message `actor-…`.
    pub actor: String,
    /// Whether it is the name of a user.
    pub named: bool,
    /// What: the name of a message `act-…`.
    pub action: String,
    /// To which thing.
    pub subject: i64,
    /// Why, where a reason was asked for.
    pub note: String,
}
