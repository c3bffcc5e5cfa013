//! The disk that generated articles take.

/// Bytes that a generated article takes in the database, its revision and its
/// places in the lists included: 8,235 over 1,000,000 of them on SQLite, and a
/// tenth more.
const ARTICLE_BYTES: u64 = 9_060;
/// What a paper takes beside them: the sample, pictures, the write-ahead log.
const REST_BYTES: u64 = 100_000_000;

/// The bytes that so many articles need.
pub(super) fn needed(articles: u64) -> u64 {
    articles
        .saturating_mul(ARTICLE_BYTES)
        .saturating_add(REST_BYTES)
}
