//! Roles, permissions, and the one table that joins them.

use serde::{Deserialize, Serialize};

/// What somebody is in the newsroom. A user may be several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Writes.
    Reporter = 0,
    /// Edits what others write, publishes and corrects it.
    Editor = 1,
    /// Answers for the paper: withdraws, restores, sets the paper's face.
    ChiefEditor = 2,
    /// Keeps the readers' comments.
    Moderator = 3,
    /// Keeps the accounts and the technical settings.
    Administrator = 4,
}

/// What may be done. Every route behind `/newsroom` names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// See the newsroom's first page, and look after one's own account: name,
    /// password, second factor, sessions.
    Enter,
    /// Write articles of one's own.
    Write,
    /// Publish and correct articles.
    Publish,
    /// Withdraw and restore articles.
    Withdraw,
    /// Push and remove headlines of the ticker.
    PushHeadlines,
    /// Approve, hide and mark comments.
    Moderate,
    /// Change what readers see of the paper itself: name, menus, dates.
    ChangeSettings,
    /// Read the audit trail.
    ReadAudit,
    /// Make desks, and say who is at which.
    ManageDesks,
    /// Know the account behind a credited name.
    KnowPenNames,
    /// Invite, disable and reset users, and give them roles.
    ManageUsers,
}

impl Role {
    /// All roles, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Reporter,
        Self::Editor,
        Self::ChiefEditor,
        Self::Moderator,
        Self::Administrator,
    ];

    /// The name on the command line and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Editor => "editor",
            Self::ChiefEditor => "chief-editor",
            Self::Moderator => "moderator",
            Self::Administrator => "administrator",
        }
    }

    /// The role of that [`Role::name`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The table: whether the role alone gives the permission.
    pub const fn allows(self, permission: Permission) -> bool {
        use Permission as May;
        match self {
            Self::Reporter => matches!(permission, May::Enter | May::Write),
            Self::Editor => matches!(
                permission,
                May::Enter | May::Write | May::Publish | May::PushHeadlines | May::Moderate
            ),
            Self::ChiefEditor => !matches!(permission, May::ManageUsers),
            Self::Moderator => matches!(permission, May::Enter | May::Moderate),
            Self::Administrator => matches!(
                permission,
                May::Enter
                    | May::ChangeSettings
                    | May::ReadAudit
                    | May::ManageDesks
                    | May::ManageUsers
            ),
        }
    }
}

impl Permission {
    /// All permissions.
    pub const ALL: [Self; 11] = [
        Self::Enter,
        Self::Write,
        Self::Publish,
        Self::Withdraw,
        Self::PushHeadlines,
        Self::Moderate,
        Self::ChangeSettings,
        Self::ReadAudit,
        Self::ManageDesks,
        Self::KnowPenNames,
        Self::ManageUsers,
    ];
}

/// The roles of one user: at least one for an account that can sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u8);

impl Roles {
    /// None.
    pub const NONE: Self = Self(0);

    /// With one more.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | 1 << role as u8)
    }

    /// Whether it is one of them.
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each of them, in order.
    pub fn each(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }

    /// Whether one of them gives the permission.
    pub fn allow(self, permission: Permission) -> bool {
        self.each().any(|role| role.allows(permission))
    }

    /// The number that is kept.
    pub const fn code(self) -> i64 {
        self.0 as i64
    }

    /// The roles kept as `code`; none where it holds a role that is unknown.
    pub fn from_code(code: i64) -> Option<Self> {
        let bits = u8::try_from(code).ok()?;
        (bits >> Role::ALL.len() == 0).then_some(Self(bits))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as people read it: a row for each permission, a column for
    /// each role in [`Role::ALL`].
    const TABLE: [(Permission, [u8; 5]); 11] = [
        (Permission::Enter, [1, 1, 1, 1, 1]),
        (Permission::Write, [1, 1, 1, 0, 0]),
        (Permission::Publish, [0, 1, 1, 0, 0]),
        (Permission::Withdraw, [0, 0, 1, 0, 0]),
        (Permission::PushHeadlines, [0, 1, 1, 0, 0]),
        (Permission::Moderate, [0, 1, 1, 1, 0]),
        (Permission::ChangeSettings, [0, 0, 1, 0, 1]),
        (Permission::ReadAudit, [0, 0, 1, 0, 1]),
        (Permission::ManageDesks, [0, 0, 1, 0, 1]),
        (Permission::KnowPenNames, [0, 0, 1, 0, 0]),
        (Permission::ManageUsers, [0, 0, 0, 0, 1]),
    ];

    #[test]
    fn the_table_is_as_it_is_told() {
        assert_eq!(TABLE.map(|(permission, _)| permission), Permission::ALL);
        for (permission, row) in TABLE {
            let found = Role::ALL.map(|role| u8::from(role.allows(permission)));
            assert_eq!(found, row, "{permission:?}");
        }
    }

    #[test]
    fn several_roles_give_what_each_gives() {
        let both = Roles::from_iter([Role::Reporter, Role::Administrator]);
        assert!(both.allow(Permission::Write) && both.allow(Permission::ManageUsers));
        assert!(!both.allow(Permission::Publish));
        assert!(!Roles::NONE.allow(Permission::Enter));
        assert_eq!(Roles::from_code(both.code()), Some(both));
        for code in [-1, 32, 255, 256, i64::MAX] {
            assert_eq!(Roles::from_code(code), None, "{code}");
        }
        for role in Role::ALL {
            assert_eq!(Role::parse(role.name()), Some(role));
        }
    }
}
