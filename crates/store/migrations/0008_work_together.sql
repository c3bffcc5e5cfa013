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
