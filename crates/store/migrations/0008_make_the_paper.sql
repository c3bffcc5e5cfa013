-- How articles go through the hands of their staff. The section of a working
-- copy stands beside its text, for the lists of desks.
ALTER TABLE working_copy ADD COLUMN stage BIGINT NOT NULL DEFAULT 0;
ALTER TABLE working_copy ADD COLUMN section BIGINT;
-- Teams, their users and the sections they own.
CREATE TABLE desk (id BIGINT PRIMARY KEY, version BIGINT NOT NULL, name TEXT NOT NULL);
CREATE TABLE desk_member (desk BIGINT NOT NULL, user_account BIGINT NOT NULL, PRIMARY KEY (desk, user_account));
CREATE TABLE desk_section (section BIGINT PRIMARY KEY, desk BIGINT NOT NULL);
-- Whose an article is to do.
CREATE TABLE assignment (article BIGINT PRIMARY KEY, user_account BIGINT NOT NULL, given_by BIGINT, given_at BIGINT NOT NULL, deadline BIGINT);
CREATE INDEX assignment_user ON assignment (user_account, article);
-- What colleagues say to each other beside a text.
CREATE TABLE remark (id BIGINT PRIMARY KEY, article BIGINT NOT NULL, written_by BIGINT, at BIGINT NOT NULL, quote TEXT NOT NULL, text TEXT NOT NULL, settled_by BIGINT, settled_at BIGINT);
CREATE INDEX remark_article ON remark (article, id);
-- What each of the staff is told.
CREATE TABLE notification (id BIGINT PRIMARY KEY, user_account BIGINT NOT NULL, kind BIGINT NOT NULL, article BIGINT NOT NULL, caused_by BIGINT, at BIGINT NOT NULL, read_at BIGINT);
CREATE INDEX notification_user ON notification (user_account, id);
CREATE INDEX notification_unread ON notification (user_account) WHERE read_at IS NULL;
-- The account behind a credited name.
CREATE TABLE pen_name (author BIGINT PRIMARY KEY, user_account BIGINT NOT NULL);
-- The ticker in an order that the newsroom sets. The place of a line is the id of
-- the one that came to it first; those that are there stand by their moments.
ALTER TABLE ticker_item ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticker_item ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
UPDATE ticker_item SET place = placed.place FROM (
  SELECT by_moment.id AS id, by_id.id AS place
  FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY at, id) AS number FROM ticker_item) AS by_moment
  JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS number FROM ticker_item) AS by_id ON by_id.number = by_moment.number
) AS placed WHERE placed.id = ticker_item.id;
DROP INDEX ticker_item_at;
CREATE INDEX ticker_item_place ON ticker_item (place);
-- The stories that stand first on the front page: of 0 now, of others from that
-- moment on.
CREATE TABLE front_page (begins BIGINT PRIMARY KEY, version BIGINT NOT NULL, stories TEXT NOT NULL, set_by BIGINT);
-- What the library knows of a file: its kind, rights, upload, and the words by
-- which it is found (none: they are still to be made).
ALTER TABLE media ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE media ADD COLUMN kind BIGINT NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN colour TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN rights TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN expires_at BIGINT;
ALTER TABLE media ADD COLUMN uploaded_at BIGINT;
ALTER TABLE media ADD COLUMN uploaded_by BIGINT;
ALTER TABLE media ADD COLUMN words TEXT;
UPDATE media SET kind = 1 WHERE key <> '' AND width > 0 AND height > 0;
CREATE INDEX media_kind ON media (kind, id);
CREATE INDEX media_expires ON media (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX media_without_words ON media (id) WHERE words IS NULL;
CREATE INDEX article_lead ON article (lead, id) WHERE lead IS NOT NULL;
-- The document in which several write the text of a working copy: the revision
-- it began with, its newest update, the newest whose text the copy holds.
ALTER TABLE working_copy ADD COLUMN stem BIGINT;
ALTER TABLE working_copy ADD COLUMN last_update BIGINT NOT NULL DEFAULT 0;
ALTER TABLE working_copy ADD COLUMN settled BIGINT NOT NULL DEFAULT 0;
-- Its updates, in base64.
CREATE TABLE document_update (article BIGINT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, written_by BIGINT, bytes TEXT NOT NULL, PRIMARY KEY (article, number));
