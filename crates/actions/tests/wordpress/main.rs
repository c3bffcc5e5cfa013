//! WordPress exports read into a paper, tried from outside: a whole one, and
//! exports made here one construct at a time, as real sites give them. What
//! stands in the paper, how each old address answers, what the report says.

mod addresses;
mod again;
mod clock;
mod comments;
mod export;
mod items;
mod menus;
mod names;
mod paper;
mod pictures;
mod sites;
mod whole;
