//! One record: an article's page as it is kept in memory, as bytes.
//!
//! ```text
//! check 4 | id 8 | position 8 | valid until 8 | status 2 | keys 2 + 8 each
//! | canonical address 2 + bytes | head segment | main segment
//! | comments 1: 0 none, 1 closed, 2 open | their position 8 | their segment
//! ```
//! All numbers little-endian; `check` is the CRC-32 of all that follows it.

use std::sync::Arc;

use bytes::{Buf as _, Bytes};
use editorial::{ChangeKey, Id, Timestamp};
use splice::Segment;

use super::Place;
use crate::cache::{Content, Stored, Talk};

/// The longest record that is kept, in bytes.
const RECORD_MAX: usize = 4 << 20;

/// The record of `page`; `None` for what is not kept on disk.
pub(super) fn write(id: Id, page: &Stored) -> Option<Vec<u8>> {
    let Content::Page { head, main, talk } = &page.content else {
        return None;
    };
    let mut out = Vec::with_capacity(head.weight() + main.weight() + 256);
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&id.get().to_le_bytes());
    out.extend_from_slice(&page.position.to_le_bytes());
    out.extend_from_slice(&page.valid_until.0.to_le_bytes());
    out.extend_from_slice(&page.status.to_le_bytes());
    out.extend_from_slice(&u16::try_from(page.keys.len()).ok()?.to_le_bytes());
    for key in &page.keys {
        out.extend_from_slice(&key.code().to_le_bytes());
    }
    out.extend_from_slice(&u16::try_from(page.canonical.len()).ok()?.to_le_bytes());
    out.extend_from_slice(page.canonical.as_bytes());
    head.write_to(&mut out);
    main.write_to(&mut out);
    match talk {
        None => out.push(0),
        Some(talk) => {
            out.push(1 + u8::from(talk.open));
            out.extend_from_slice(&talk.position.to_le_bytes());
            talk.thread.write_to(&mut out);
        }
    }
    let check = crc32fast::hash(&out[4..]);
    out[..4].copy_from_slice(&check.to_le_bytes());
    (out.len() <= RECORD_MAX).then_some(out)
}

/// Room for the record at `place`; none where its length cannot be right.
pub(super) fn buffer(place: Place) -> Option<Vec<u8>> {
    let length = place.length as usize;
    (length <= RECORD_MAX).then(|| vec![0; length])
}

/// The page in a record, if it is whole and of the article `wanted`.
pub(super) fn parse(bytes: Vec<u8>, wanted: Id) -> Option<Arc<Stored>> {
    let mut bytes = Bytes::from(bytes);
    let check = bytes.try_get_u32_le().ok()?;
    if crc32fast::hash(&bytes) != check || bytes.try_get_i64_le().ok()? != wanted.get() {
        return None;
    }
    let position = bytes.try_get_i64_le().ok()?;
    let valid_until = Timestamp(bytes.try_get_i64_le().ok()?);
    let status = bytes.try_get_u16_le().ok()?;
    let count = bytes.try_get_u16_le().ok()?;
    let keys: Option<Box<[ChangeKey]>> = (0..count)
        .map(|_| bytes.try_get_i64_le().ok().map(ChangeKey::from_code))
        .collect();
    let length = usize::from(bytes.try_get_u16_le().ok()?);
    if bytes.len() < length {
        return None;
    }
    let canonical = String::from_utf8(bytes.split_to(length).to_vec()).ok()?;
    let head = Segment::read_from(&mut bytes)?;
    let main = Segment::read_from(&mut bytes)?;
    let talk = match bytes.try_get_u8().ok()? {
        0 => None,
        kind @ 1..=2 => Some(Talk {
            article: wanted,
            open: kind == 2,
            position: bytes.try_get_i64_le().ok()?,
            thread: Segment::read_from(&mut bytes)?,
        }),
        _ => return None,
    };
    let mut page = Stored::new(position, canonical, Content::Page { head, main, talk })
        .until(valid_until)
        .status(status);
    page.keys = keys?;
    Some(Arc::new(page))
}
