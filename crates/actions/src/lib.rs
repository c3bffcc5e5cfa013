//! One file for each editorial verb. The command line, the importer, the demo
//! and the newsroom all come through here; there is no second way to publish.
//!
//! An action loads, asks the pure rule in `editorial`, and commits its
//! `Changes` whole. Time and ids are parameters.

pub mod accounts;
mod amend_article;
mod assign_article;
mod change_headline;
mod change_settings;
pub mod comments;
mod correct_article;
mod describe_author;
mod describe_media;
pub mod finding;
mod general;
pub mod import_wxr;
pub mod indexing;
mod keep_desk;
mod keep_media;
mod leave_remark;
mod move_stage;
mod naming;
pub mod old_address;
mod own_file;
mod publish_article;
mod push_headline;
mod read_notifications;
mod remove_headline;
mod restore_article;
mod schedule_article;
mod set_front_page;
mod spellings;
pub mod standing;
mod withdraw_article;
mod write_article;
mod write_together;

pub use amend_article::amend_article;
pub use assign_article::{assign_article, unassign_article};
pub use change_headline::{change_headline, move_headline};
pub use change_settings::change_settings;
pub use correct_article::correct_article;
pub use describe_author::{describe_author, set_pen_name};
pub use describe_media::describe_media;
pub use keep_desk::{DeskWanted, dissolve_desk, keep_desk};
pub use keep_media::{NewMedia, keep_media};
pub use leave_remark::{leave_remark, settle_remark};
pub use move_stage::move_stage;
pub use naming::{Named, authors_named, create_authors, create_tags, tags_named};
pub use own_file::{OwnFileError, stamp};
pub use publish_article::{publish_article, publish_batch};
pub use push_headline::push_headline;
pub use read_notifications::read_notifications;
pub use remove_headline::remove_headline;
pub use restore_article::restore_article;
pub use schedule_article::{publish_due, schedule_article, unschedule_article};
pub use set_front_page::{
    FRONTS_TO_COME_MAX, FrontAct, change_front_page, put_up_due, schedule_front_page,
    unschedule_front_page,
};
pub use spellings::{SPELLINGS_FILE, SpellingsError, read_spellings};
pub use withdraw_article::withdraw_article;
pub use write_article::{Seen, create_article, discard_copy, open_copy, save_copy};
pub use write_together::{Together, join_updates, keep_update, open_together};

use editorial::{
    Article, Id, WorkingCopy,
    article::ArticleError,
    front::FrontError,
    media::{DescriptionFault, Media},
    people::AuthorError,
    schedule::ScheduleError,
    settings::SettingsFault,
    ticker::TickerError,
    workflow::{AssignmentError, DeskError, RemarkError, Stage, StageError},
    working_copy::ContentFault,
};
use manuscript::UpdateFault;
use store::{Store, StoreError};

/// Why an action did nothing.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// There is no such article.
    #[error(
        "there is no article {0}: see the number in its address, /a/NUMBER/…, or `warraq article list`"
    )]
    NoArticle(Id),
    /// There is no such headline.
    #[error("there is no headline {0} in the ticker: `warraq ticker list` shows them")]
    NoHeadline(Id),
    /// A headline that leads to nothing on this site.
    #[error(
        "nothing is shown at {0}: give the address of a published article, as it stands in the browser"
    )]
    NothingThere(String),
    /// A rule of the article forbids it.
    #[error(transparent)]
    Article(#[from] ArticleError),
    /// What was written has no room.
    #[error("the text cannot be saved: {}", in_words(.0))]
    Content(Vec<ContentFault>),
    /// Somebody else saved the working copy in between.
    #[error("somebody else saved the article in between: look at both texts")]
    SavedByAnother(Option<Id>),
    /// What was written together cannot be read, or has no room.
    #[error(transparent)]
    Text(#[from] UpdateFault),
    /// There is no working copy.
    #[error("nothing is written on the article {0} that is not public already")]
    NothingWritten(Id),
    /// It cannot be scheduled.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// The front page cannot be so.
    #[error(transparent)]
    Front(#[from] FrontError),
    /// It is not scheduled.
    #[error("the article {0} is not to go live by itself: nothing is to be taken back")]
    NotScheduled(Id),
    /// The work on the text forbids it.
    #[error(transparent)]
    Stage(#[from] StageError),
    /// The remark cannot be taken.
    #[error(transparent)]
    Remark(#[from] RemarkError),
    /// The article cannot be assigned so.
    #[error(transparent)]
    Assignment(#[from] AssignmentError),
    /// The desk cannot be so.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The author cannot be so.
    #[error(transparent)]
    Author(#[from] AuthorError),
    /// There is no such picture or file.
    #[error("there is no picture or file {0}: see the library")]
    NoMedia(Id),
    /// A description that has no room.
    #[error("the description cannot be kept: {}", in_words(.0))]
    Description(Vec<DescriptionFault>),
    /// A rule of the ticker forbids it.
    #[error(transparent)]
    Ticker(#[from] TickerError),
    /// The settings say what cannot be.
    #[error(transparent)]
    Settings(#[from] SettingsFault),
    /// Somebody else wrote in between, or the store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn in_words<T: ToString>(faults: &[T]) -> String {
    let words = faults.iter().map(ToString::to_string);
    words.collect::<Vec<_>>().join("; ")
}

async fn load(store: &Store, id: Id) -> Result<Article, ActionError> {
    store.article(id).await?.ok_or(ActionError::NoArticle(id))
}

/// Whether the paper lets a text go before the public at the stage it has.
async fn is_ready(store: &Store, copy: Option<&WorkingCopy>) -> Result<(), ActionError> {
    let is_approved = copy.is_none_or(|copy| copy.stage == Stage::Approved);
    if !is_approved && store.settings().await?.approved_only {
        return Err(StageError::NotApproved.into());
    }
    Ok(())
}

/// The pictures that an article shows, as its working copy says if it has one.
async fn pictures_of(
    store: &Store,
    article: &Article,
    copy: Option<&WorkingCopy>,
) -> Result<Vec<Media>, StoreError> {
    let shown = match copy {
        Some(copy) => copy.content.pictures(),
        None => article.pictures(),
    };
    if shown.is_empty() {
        return Ok(Vec::new());
    }
    store.media_among(&shown).await
}

async fn draw_id(store: &Store) -> Result<Id, StoreError> {
    let mut block = store.draw_ids(1).await?;
    Ok(block.draw().expect("a block of one id holds one id"))
}
