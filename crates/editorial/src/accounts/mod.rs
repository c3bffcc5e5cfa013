//! The accounts of the staff: who may do what, how long a session lasts, how
//! often a password may be tried. Rules alone; what is kept and how a password
//! is hashed stands elsewhere.

pub mod attempts;
pub mod links;
pub mod roles;
pub mod secrets;
pub mod sessions;
pub mod users;
pub mod writes;

pub use attempts::{Tries, TryLimit};
pub use links::{LinkPurpose, OneTimeLink};
pub use roles::{Permission, Role, Roles};
pub use secrets::{PasswordHash, SealedSecret, TokenHash};
pub use sessions::{Session, SessionStanding};
pub use users::{User, UserError, UserState};
pub use writes::AccountWrite;
