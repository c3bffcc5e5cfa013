//! WordPress exports (WXR): read as a stream, item by item.

mod body;
mod date;
mod files;
mod language;
mod lines;
mod wxr;
mod zone;

pub use body::{Surroundings, body};
pub use date::date;
pub use files::{files_named, uploads_named};
pub use wxr::{Comment, Entry, Item, Reader, Term, WxrError};
pub use zone::{Followed, Offsets};
