//! The paper for machines: feeds, sitemaps, JSON-LD, robots.txt, and how
//! browsers search it.
//!
//! Pure: from the domain to text. Where there is no typesetting, headlines are
//! clean: no tatweel within a word, names in isolates.

pub mod feeds;
pub mod json_ld;
mod open_search;
mod robots;
pub mod sitemaps;
mod xml;

pub use open_search::open_search;
pub use robots::robots;
