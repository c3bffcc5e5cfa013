//! The domain of a newspaper: its words, its rules, its addresses.
//!
//! Pure: nothing here reads a clock, draws a random number, speaks SQL or HTTP.
//! Rules take the time and fresh ids as parameters and return [`Changes`],
//! the one value that the store commits whole or not at all.

pub mod accounts;
pub mod article;
pub mod audit;
pub mod body;
pub mod changes;
pub mod comment;
pub mod correction;
pub mod difference;
pub mod email;
pub mod front;
pub mod house_style;
pub mod id;
pub mod media;
pub mod notation;
pub mod page;
pub mod people;
pub mod places;
pub mod schedule;
pub mod search;
pub mod settings;
pub mod standing;
pub mod text;
pub mod ticker;
pub mod time;
pub mod urls;
pub mod workflow;
pub mod working_copy;

pub use article::{Article, ArticleKind, ArticleState, Revision};
pub use body::{Block, BlockId, BlockKind, Body, Mark, Run, Span};
pub use changes::{ChangeKey, Changes, Write};
pub use id::Id;
pub use search::SearchDocument;
pub use settings::SiteSettings;
pub use standing::Standing;
pub use time::Timestamp;
pub use working_copy::{Content, WorkingCopy};
