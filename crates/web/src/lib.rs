//! The reader site over HTTP.
//!
//! A request is read into a typed address ([`editorial::urls::Url`]); the page
//! is joined from compressed segments that [`cache`] holds; what is missing
//! there is filled by [`pages`] with one read of the store and one rendering.
//! No page varies by cookie, and nothing personal stands in a shared segment.

mod address;
mod back;
mod cache;
mod changes;
mod clients;
mod comments;
mod date;
mod deadline;
mod encrypted;
mod files;
mod finding;
mod forms;
mod frame;
mod guard;
mod hot;
mod http1;
mod limit;
mod live;
mod metrics;
mod multipart;
mod newsroom;
mod pages;
mod peer;
mod pictures;
mod plain;
mod prepare;
mod prune;
mod respond;
mod rewound;
mod routes;
mod scheduled;
mod segments;
mod server;
mod site;
mod stream;
mod streams;

pub use comments::CommentLimits;
pub use encrypted::{Encryption, StrictTransport};
pub use finding::{INDEX_FOLDER, Searches};
pub use metrics::serve_metrics;
pub use plain::{Redirects, serve_redirects};
pub use prepare::Pace;
pub use server::{Limits, serve, serve_encrypted};
pub use site::{Config, SegmentsConfig, Site};
