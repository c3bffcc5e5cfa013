//! Pages joined at request time from segments that were compressed once.
//!
//! A page is made of a few parts that change at different times. Each part is
//! compressed alone, as byte-aligned, non-final blocks without a reference to
//! anything before it, so that any sequence of parts is one valid stream:
//! one gzip member (RFC 1951, RFC 1952), whose CRC-32 is combined from the
//! parts' own, or one Brotli stream (RFC 7932). Joining copies bytes; it
//! compresses nothing.
//!
//! ```
//! use splice::{Effort, Encoding, Place, Segment, join};
//! let head = Segment::compress("<h1>ورّاق</h1>".as_bytes(), Place::First, Effort::Publish);
//! let body = Segment::compress("<p>خبر</p>".as_bytes(), Place::Inner, Effort::Publish);
//! let page = join(&[&head, &body], Encoding::Identity)?;
//! assert_eq!(page, "<h1>ورّاق</h1><p>خبر</p>".as_bytes());
//! # Ok::<(), splice::JoinError>(())
//! ```

mod brotli_part;
mod etag;
mod gzip_part;
mod join;
mod negotiate;
mod segment;

pub use etag::Etag;
pub use join::{JoinError, SEGMENTS_MAX, join, join_into, joined_length};
pub use negotiate::{Encoding, negotiate};
pub use segment::{Effort, Place, Segment};
