//! Letters to the staff, by SMTP: short texts in Arabic or English, handed to
//! the one server that the paper names.
//!
//! An address comes in as [`editorial::email::EmailAddress`] and goes out over
//! the connection alone: no error, no log and no `Debug` of this crate holds
//! one, nor a letter's words, nor what the server answered beyond its code,
//! since servers repeat addresses in their answers.

mod letter;
mod mailer;
mod server;

pub use letter::{Letter, Line};
pub use mailer::{Mailer, Undelivered};
pub use server::{Login, Secret, Security, Sender, Server, ServerFault};
