//! Reading files that may be damaged: what panics on them ends there, and is told
//! as damage.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::Unusable;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread would be caught and told as damage of the
/// index. A program's panic hook need say nothing of it then.
pub fn is_guarded() -> bool {
    IS_GUARDED.get()
}

/// What `read` gives; a panic in it is a damaged file.
pub(crate) fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, Unusable> {
    let outer = IS_GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(read));
    IS_GUARDED.set(outer);
    result.map_err(|_| Unusable::broken("a file cannot be read"))
}
