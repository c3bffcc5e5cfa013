//! Every table and its columns, and the statements that move whole rows.
//!
//! A table of the schema that is missing here would be missing in a copy: a
//! test compares this list with the database's own.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Text,
}

/// A table that a copy takes along.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [(&'static str, Kind)],
    /// Reads all its rows.
    pub(crate) read: &'static str,
    /// Empties it; the schema itself puts a first row into some.
    pub(crate) clear: &'static str,
    /// Writes the rows of one list, `$1`.
    pub(crate) write: &'static str,
}

macro_rules! cell {
    ($column:ident Integer) => {
        concat!("CAST(value->>'", stringify!($column), "' AS BIGINT)")
    };
    ($column:ident Text) => {
        concat!("value->>'", stringify!($column), "'")
    };
}

macro_rules! tables {
    ($($table:ident: $first:ident $first_kind:ident $(, $column:ident $kind:ident)*;)*) => {
        &[$(Table {
            name: stringify!($table),
            columns: &[(stringify!($first), Kind::$first_kind) $(, (stringify!($column), Kind::$kind))*],
            read: concat!("SELECT * FROM ", stringify!($table)),
            clear: concat!("DELETE FROM ", stringify!($table)),
            write: concat!(
                "INSERT INTO ", stringify!($table), " (", stringify!($first) $(, ", ", stringify!($column))*,
                ") SELECT ", cell!($first $first_kind) $(, ", ", cell!($column $kind))*,
                " FROM json_each($1)"
            ),
        }),*]
    };
}

/// All tables but `schema_version`, which each database has of its own.
pub(crate) const TABLES: &[Table] = tables! {
    id_sequence: one Integer, next Integer;
    log_head: one Integer, position Integer, audit_hash Text;
    change_log: position Integer, key Integer;
    audit_entry: number Integer, position Integer, at Integer, actor Text, action Text, subject Integer, hash Text, note Text;
    settings: one Integer, json Text;
    section: id Integer, slug Text, name Text, description Text, colour Text, position Integer;
    tag: id Integer, slug Text, name Text;
    author: id Integer, slug Text, name Text, bio Text;
    media: id Integer, key Text, source_url Text, width Integer, height Integer, alt Text, caption Text, credit Text, focal_x Integer, focal_y Integer,
        version Integer, kind Integer, name Text, bytes Integer, colour Text, rights Text, expires_at Integer, uploaded_at Integer,
        uploaded_by Integer, words Text;
    article: id Integer, version Integer, kind Integer, state Integer, slug Text, kicker Text, headline Text, standfirst Text,
        dateline Text, agency Text, language Text, section Integer, lead Integer, revision Integer, published_at Integer,
        changed_at Integer, comments_open Integer, age_note Integer, authors Text, tags Text, sources Text, signature Text,
        listed Integer, listed_at Integer;
    article_tag: tag Integer, listed_at Integer, article Integer;
    article_author: author Integer, listed_at Integer, article Integer;
    revision: id Integer, article Integer, at Integer, headline Text, standfirst Text, body Text,
        saved_by Integer, shown Integer;
    correction: id Integer, article Integer, at Integer, text Text, kind Integer;
    comment: id Integer, article Integer, reply_to Integer, name Text, email_sealed Text, email_index Text, text Text, written_at Integer, state Integer,
        version Integer, writer Text, sender Text, likeness Integer, holds Text, staff Integer, edited_at Integer, reports Integer;
    ticker_item: id Integer, text Text, url Text, urgent Integer, at Integer, expires_at Integer, place Integer, version Integer;
    old_address: key Text, kind Integer, target Integer;
    origin: source Text, kind Text, foreign_id Text, id Integer, fingerprint Text;
    user_account: id Integer, version Integer, name Text, email_sealed Text, email_index Text, roles Integer, state Integer,
        made_at Integer, password Text, second_factor Text, second_factor_step Integer;
    recovery_code: user_account Integer, code Text;
    session: id Integer, user_account Integer, token Text, browser Text, began_at Integer, used_at Integer, confirmed_at Integer;
    one_time_link: id Integer, token Text, purpose Integer, user_account Integer, roles Integer, made_at Integer;
    sign_in_tries: key Text, failed Integer, last Integer;
    known_range: key Text, last Integer;
    comment_once: key Text, comment Integer, at Integer;
    comment_report: id Integer, comment Integer, at Integer, reason Text, sender Text;
    blocked_writer: email_index Text, comment Integer, at Integer, actor Text;
    data_request: id Integer, email_sealed Text, email_index Text, token Text, at Integer;
    sender_key: day Integer, sealed Text;
    working_copy: article Integer, version Integer, base Integer, revision Integer, headline Text, content Text, begun_by Integer,
        saved_by Integer, saved_at Integer, stage Integer, section Integer,
        stem Integer, last_update Integer, settled Integer;
    schedule: article Integer, at Integer, set_by Integer, set_at Integer;
    desk: id Integer, version Integer, name Text;
    desk_member: desk Integer, user_account Integer;
    desk_section: section Integer, desk Integer;
    assignment: article Integer, user_account Integer, given_by Integer, given_at Integer, deadline Integer;
    remark: id Integer, article Integer, written_by Integer, at Integer, quote Text, text Text, settled_by Integer, settled_at Integer;
    notification: id Integer, user_account Integer, kind Integer, article Integer, caused_by Integer, at Integer, read_at Integer;
    pen_name: author Integer, user_account Integer;
    front_page: begins Integer, version Integer, stories Text, set_by Integer;
    document_update: article Integer, number Integer, at Integer, written_by Integer, bytes Text;
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Database, Store};

    #[tokio::test]
    async fn every_table_and_column_of_the_schema_is_listed() {
        let folder = std::env::temp_dir().join(format!("tables-{}", std::process::id()));
        let store = Store::open(&Database::Sqlite(folder.clone()))
            .await
            .expect("opened");
        let found: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT m.name, c.name, c.type FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c \
             WHERE m.type = 'table' AND m.name <> 'schema_version' ORDER BY m.rowid, c.cid",
        )
        .fetch_all(store.pool())
        .await
        .expect("read");
        let listed: Vec<(String, String, String)> = TABLES
            .iter()
            .flat_map(|table| {
                table.columns.iter().map(|(column, kind)| {
                    let kind = match kind {
                        Kind::Integer => "BIGINT",
                        Kind::Text => "TEXT",
                    };
                    (table.name.to_owned(), (*column).to_owned(), kind.to_owned())
                })
            })
            .collect();
        assert_eq!(
            listed, found,
            "bring crates/store/src/tables.rs up to the schema"
        );
        store.close().await;
        std::fs::remove_dir_all(folder).expect("removed");
    }
}
