//! WordPress exports (WXR): read as a stream, item by item.

mod body;
mod lines;
mod wxr;

pub use body::body;
pub use wxr::{Comment, Entry, Item, Reader, Term, WxrError};
