//! The Arabic layer: what a news page needs of the language.
//!
//! One file for each rule, each with its source and an Arabic example. Nothing
//! here knows of articles, storage or the web. The laws that every rule keeps
//! (no panic on any text, the same result when applied twice) are tested by
//! one macro in `tests/laws.rs`.

pub mod bidi;
pub mod dates;
pub mod disguise;
pub mod fold;
pub mod hijri;
pub mod house;
pub mod keywords;
pub mod language;
pub mod letters;
pub mod months;
pub mod numerals;
pub mod plural;
pub mod repair;
pub mod search;
pub mod slug;
pub mod tatweel;
