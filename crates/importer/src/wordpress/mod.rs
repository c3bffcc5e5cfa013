//! WordPress exports (WXR): read as a stream, item by item.

mod body;
mod files;
mod language;
mod lines;
mod wxr;

pub use body::{Surroundings, body};
pub use files::{files_named, uploads_named};
pub use wxr::{Comment, Entry, Item, Reader, Term, WxrError};
