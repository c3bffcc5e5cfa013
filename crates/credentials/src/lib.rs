//! What proves who somebody is: passwords, the numbers of a second factor,
//! tokens. Random bytes and the time come from outside.

pub mod password;
pub mod second_factor;
pub mod token;

pub use password::{Busy, Hashing, Password};
pub use second_factor::SecondFactor;
pub use token::Token;
