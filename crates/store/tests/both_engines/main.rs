//! The same tests on SQLite and on PostgreSQL, by subject.

mod accounts;
mod articles;
mod audit;
mod change_log;
mod comments;
mod front;
mod media;
mod paper;
mod search;
mod small_things;
mod ticker;
