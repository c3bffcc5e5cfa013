//! How an address answers: the one rule for pages, for redirects from old
//! addresses, and for the check of a list of addresses.

use crate::ArticleState;

/// What stands at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 200
    Shown,
    /// 410: an article that was taken back.
    Gone,
    /// 410: a file of the old site that did not come with it.
    NotCarriedOver,
    /// 404: an article that is not published.
    Unpublished,
    /// 404: nothing.
    Nothing,
}

impl Standing {
    /// The number of HTTP.
    pub const fn code(self) -> u16 {
        match self {
            Self::Shown => 200,
            Self::Gone | Self::NotCarriedOver => 410,
            Self::Unpublished | Self::Nothing => 404,
        }
    }

    /// At the address of an article or a standing page.
    pub const fn of_article(state: ArticleState) -> Self {
        match state {
            ArticleState::Published => Self::Shown,
            ArticleState::Withdrawn => Self::Gone,
            ArticleState::Unpublished => Self::Unpublished,
        }
    }

    /// At the address of a list. One without articles is shown, for its
    /// section is there; a day without any, and what is behind the last page,
    /// are nothing.
    pub const fn of_list(is_day: bool, is_later_page: bool, is_empty: bool) -> Self {
        if is_empty && (is_day || is_later_page) {
            Self::Nothing
        } else {
            Self::Shown
        }
    }
}
