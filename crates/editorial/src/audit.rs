//! Who did what, when, to which thing. Entries hold ids, never personal text,
//! and are chained by hash when the store writes them.

use crate::{Id, Timestamp};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The program itself: schedule, expiry, migration.
    System,
    /// Somebody at the machine's command line.
    CommandLine,
    /// The importer.
    Importer,
    /// A signed-in user.
    User(Id),
}

impl Actor {
    /// The form in which it is kept: `system`, `cli`, `import` or `user:ID`.
    pub fn label(self) -> String {
        match self {
            Self::System => "system".into(),
            Self::CommandLine => "cli".into(),
            Self::Importer => "import".into(),
            Self::User(id) => format!("user:{id}"),
        }
    }
}

/// What was done, as a dotted name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// An article went live.
    ArticlePublish,
    /// A correction was put on an article.
    ArticleCorrect,
    /// An article was taken off the site.
    ArticleWithdraw,
    /// A withdrawn article came back.
    ArticleRestore,
    /// An article came from an export.
    ArticleImport,
    /// A headline was pushed.
    TickerPush,
    /// A headline was removed.
    TickerRemove,
    /// The site's settings were changed.
    SettingsChange,
    /// A batch of an import was written; the subject is its first row.
    ImportBatch,
}

impl Action {
    /// The dotted name that is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ArticlePublish => "article.publish",
            Self::ArticleCorrect => "article.correct",
            Self::ArticleWithdraw => "article.withdraw",
            Self::ArticleRestore => "article.restore",
            Self::ArticleImport => "article.import",
            Self::TickerPush => "ticker.push",
            Self::TickerRemove => "ticker.remove",
            Self::SettingsChange => "settings.change",
            Self::ImportBatch => "import.batch",
        }
    }
}

/// One entry before it is chained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: Action,
    /// To which thing.
    pub subject: Id,
}
