//! Exports of other systems read into editorial drafts.
//!
//! Pure: bytes and text in, domain types and a list of losses out. Writing
//! them is an action's work.

pub mod address;
pub mod html;
pub mod wordpress;
