//! The text form of a body: its laws, an example of each form, its faults.

mod examples;
mod faults;
mod laws;
mod speed;
