//! Whether comments may be written under an article, and until when.

use serde::{Deserialize, Serialize};

use crate::{Article, ArticleKind, ArticleState, SiteSettings, Timestamp};

/// What an article says of its comments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Commenting {
    /// None may be written.
    Closed = 0,
    /// They may be written for as many days as the site says.
    #[default]
    ByAge = 1,
    /// They may be written however old the article is.
    Open = 2,
}

impl Commenting {
    /// What is kept as `code`.
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::Closed),
            1 => Some(Self::ByAge),
            2 => Some(Self::Open),
            _ => None,
        }
    }

    /// The name in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::ByAge => "by-age",
            Self::Open => "open",
        }
    }

    /// What has that [`Commenting::name`].
    pub fn parse(name: &str) -> Option<Self> {
        let all = [Self::Closed, Self::ByAge, Self::Open];
        all.into_iter().find(|own| own.name() == name)
    }
}

/// Until when comments may be written under `article`: never where it says
/// nothing, and for good where it says the end of time.
pub fn may_be_written_until(article: &Article, settings: &SiteSettings) -> Option<Timestamp> {
    let is_story = article.kind == ArticleKind::Story && article.state == ArticleState::Published;
    if !is_story || !settings.comments.open {
        return None;
    }
    let for_good = Timestamp(i64::MAX);
    match article.commenting {
        Commenting::Closed => None,
        Commenting::Open => Some(for_good),
        Commenting::ByAge => match settings.comments.close_after_days {
            0 => Some(for_good),
            // An article of unknown age is an old one.
            days => Some(article.published_at?.plus(i64::from(days) * Timestamp::DAY)),
        },
    }
}
