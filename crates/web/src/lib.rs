//! The reader site over HTTP: page cache, routes, live ticker.
