//! The screens that somebody may go to, and the keys that work on them: for the
//! page that tells them all, and for the script that leads there.

use editorial::accounts::Permission;
use hyper::StatusCode;
use screens::{
    Language,
    keys::{Door, KeyGroup, Keys},
};

use super::{Asked, Failure, Visitor, authors, data, desks, notifications, reply::Reply};

/// Screens of the newsroom: address, the name of its message, what one needs there.
const DOORS: [(&str, &str, Permission); 27] = [
    ("/newsroom", "nav-home", Permission::Enter),
    ("/newsroom/articles", "nav-articles", Permission::Write),
    (
        "/newsroom/articles?list=work",
        "articles-work",
        Permission::Write,
    ),
    (
        "/newsroom/articles?list=scheduled",
        "articles-scheduled",
        Permission::Write,
    ),
    (
        "/newsroom/articles?list=unpublished",
        "articles-unpublished",
        Permission::Write,
    ),
    (
        "/newsroom/articles?list=published",
        "articles-published",
        Permission::Write,
    ),
    (
        "/newsroom/articles?list=withdrawn",
        "articles-withdrawn",
        Permission::Write,
    ),
    (
        "/newsroom/articles?list=waiting",
        "articles-waiting",
        Permission::Write,
    ),
    (notifications::PATH, "nav-notifications", Permission::Write),
    ("/newsroom/media", "nav-media", Permission::Write),
    ("/newsroom/front", "nav-front", Permission::Publish),
    ("/newsroom/ticker", "nav-ticker", Permission::PushHeadlines),
    (authors::PATH, "nav-authors", Permission::ChangeSettings),
    (desks::PATH, "nav-desks", Permission::ManageDesks),
    (
        "/newsroom/settings",
        "nav-settings",
        Permission::ChangeSettings,
    ),
    ("/newsroom/comments", "nav-comments", Permission::Moderate),
    (
        "/newsroom/comments?show=reported",
        "comments-reported",
        Permission::Moderate,
    ),
    (
        "/newsroom/comments?show=spam",
        "comments-spam",
        Permission::Moderate,
    ),
    (
        "/newsroom/comments?show=all",
        "comments-all",
        Permission::Moderate,
    ),
    (
        "/newsroom/comments/blocked",
        "comments-blocked",
        Permission::Moderate,
    ),
    ("/newsroom/account", "nav-account", Permission::Enter),
    (
        "/newsroom/account/second-factor",
        "second-factor",
        Permission::Enter,
    ),
    ("/newsroom/users", "nav-users", Permission::ManageUsers),
    (data::PATH, "nav-data", Permission::ManageUsers),
    ("/newsroom/trail", "nav-trail", Permission::ReadAudit),
    ("/newsroom/keys", "keys", Permission::Enter),
    ("/", "door-paper", Permission::Enter),
];

/// Keys, by where they work.
const GROUPS: [(Permission, KeyGroup); 2] = [
    (
        Permission::Enter,
        KeyGroup {
            screen: "",
            name: "keys-everywhere",
            keys: &[
                ("Ctrl+K", "key-palette"),
                ("?", "key-list"),
                ("Esc", "key-close"),
            ],
        },
    ),
    (
        Permission::Moderate,
        KeyGroup {
            screen: "/newsroom/comments",
            name: "nav-comments",
            keys: &[
                ("J", "key-next"),
                ("K", "key-previous"),
                ("A", "key-approve"),
                ("R", "key-reject"),
                ("S", "key-spam"),
                ("W", "key-withdraw"),
                ("B", "key-block"),
                ("X", "key-select"),
                ("Z", "key-undo"),
            ],
        },
    ),
];

impl Asked<'_> {
    pub(super) fn keys(&self, visitor: &Visitor) -> Result<Reply, Failure> {
        let may = |needs| visitor.user.roles.allow(needs);
        let messages = self.newsroom.screens.messages();
        let say = |id: &str, language| messages.say(language, id, &[]).unwrap_or_default();
        // A list of articles or comments is named with what it is a list of.
        let name = |id: &str, language| match id.split_once('-') {
            Some((whole @ ("articles" | "comments"), _)) => {
                format!(
                    "{}: {}",
                    say(&format!("nav-{whole}"), language),
                    say(id, language)
                )
            }
            _ => say(id, language),
        };
        let other = match self.language {
            Language::Arabic => Language::English,
            Language::English => Language::Arabic,
        };
        let doors = DOORS.into_iter().filter(|(.., needs)| may(*needs));
        let screen = Keys {
            screens: doors
                .map(|(path, id, _)| Door {
                    path: path.to_owned(),
                    name: name(id, self.language),
                    other: name(id, other),
                })
                .collect(),
            groups: GROUPS
                .into_iter()
                .filter(|(needs, _)| may(*needs))
                .map(|(_, group)| group)
                .collect(),
        };
        self.show(StatusCode::OK, None, &screen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::newsroom::routes::{self, Act, Found, Guarded};

    #[test]
    fn every_door_leads_to_a_screen_that_needs_as_much() {
        let messages = screens::Messages::new();
        for (path, id, needs) in DOORS {
            for (language, ..) in Language::ALL {
                assert!(messages.say(language, id, &[]).is_some(), "{id}");
            }
            let Some(own) = path.strip_prefix("/newsroom") else {
                continue;
            };
            let path = format!("/newsroom{}", own.split('?').next().unwrap_or_default());
            let Found::Row(route, _) = routes::find(&hyper::Method::GET, &path) else {
                panic!("{path} is no address");
            };
            let Act::Guarded(Guarded::Room { needs: own, .. }) = route.act else {
                panic!("{path} is no room");
            };
            assert_eq!(own, needs, "{path}");
        }
    }

    #[test]
    fn every_key_has_its_words() {
        let messages = screens::Messages::new();
        for (_, group) in GROUPS {
            let keys = group.keys.iter().map(|(_, id)| *id);
            for id in keys.chain([group.name]) {
                assert!(messages.say(Language::Arabic, id, &[]).is_some(), "{id}");
            }
        }
    }
}
