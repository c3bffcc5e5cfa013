//! What tests share: a database of their own on either engine, and a proxy in
//! front of one that fails as networks and databases do. No crate of the
//! program uses it.

mod place;
mod proxy;

pub use place::Place;
pub use proxy::{Proxy, Way};
