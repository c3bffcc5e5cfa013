//! What tests share: a database of their own on either engine, a proxy in
//! front of one that fails as networks and databases do, a mail server that
//! keeps what it is sent, an authority that gives certificates, and a program
//! that reads what somebody types, an article. No crate of the program uses it.

mod article;
#[cfg(feature = "authority")]
pub mod authority;
mod place;
mod program;
mod proxy;
pub mod sink;

pub use article::article;
pub use place::Place;
pub use program::with_line;
pub use proxy::{Proxy, Way};
pub use sink::Sink;
