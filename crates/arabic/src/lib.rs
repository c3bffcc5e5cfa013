//! The Arabic layer: folding, plurals, months, Hijri dates, numerals, slugs and bidi isolation.
