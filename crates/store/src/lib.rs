//! Everything that is kept: all SQL, on SQLite and PostgreSQL, and one atomic commit of changes.
