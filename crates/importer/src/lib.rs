//! Exports of other systems read into editorial drafts.
