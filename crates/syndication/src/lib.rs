//! The paper for machines: feeds, sitemaps, JSON-LD and robots.txt.
//!
//! Pure: from the domain to text. Where there is no typesetting, headlines are
//! clean: no tatweel within a word, names in isolates.

pub mod feeds;
pub mod json_ld;
mod robots;
pub mod sitemaps;
mod xml;

pub use robots::robots;
