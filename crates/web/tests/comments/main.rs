//! Readers' comments from outside, over a socket: what is sent, and what is kept of a reader.

#[path = "../newsroom/browser.rs"]
#[expect(dead_code, reason = "the newsroom's tests use more of it")]
mod browser;
mod data;
mod paper;
mod sent;
