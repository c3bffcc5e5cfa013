//! The reader site over HTTP.
//!
//! A request is read into a typed address ([`editorial::urls::Url`]); the page
//! is joined from compressed segments that [`cache`] holds; what is missing
//! there is filled by [`pages`] with one read of the store and one rendering.
//! No page varies by cookie, and nothing personal stands in a shared segment.

mod address;
mod cache;
mod changes;
mod clients;
mod date;
mod deadline;
mod files;
mod frame;
mod hot;
mod http1;
mod live;
mod metrics;
mod newsroom;
mod pages;
mod pictures;
mod prepare;
mod prune;
mod respond;
mod rewound;
mod routes;
mod segments;
mod server;
mod site;
mod streams;

pub use metrics::serve_metrics;
pub use prepare::Pace;
pub use server::{Limits, serve};
pub use site::{Config, SegmentsConfig, Site};
