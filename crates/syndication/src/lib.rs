//! The paper for machines: feeds, sitemaps, JSON-LD and robots.txt.
