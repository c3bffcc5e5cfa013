-- Readers' comments as they come in: the guard of their changes, their writer's
-- cookie as a hash, the sender's network address as a keyed hash of one day,
-- why they were held, and what readers report of them.
ALTER TABLE comment ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE comment ADD COLUMN writer TEXT NOT NULL DEFAULT '';
ALTER TABLE comment ADD COLUMN sender TEXT NOT NULL DEFAULT '';
ALTER TABLE comment ADD COLUMN likeness BIGINT NOT NULL DEFAULT 0;
ALTER TABLE comment ADD COLUMN holds TEXT NOT NULL DEFAULT '[]';
ALTER TABLE comment ADD COLUMN staff BIGINT;
ALTER TABLE comment ADD COLUMN edited_at BIGINT;
ALTER TABLE comment ADD COLUMN reports BIGINT NOT NULL DEFAULT 0;
CREATE INDEX comment_state ON comment (state, id);
CREATE INDEX comment_reported ON comment (id) WHERE reports > 0;
CREATE INDEX comment_email ON comment (email_index, id) WHERE email_index IS NOT NULL;
CREATE INDEX comment_writer ON comment (writer, id) WHERE writer <> '';
CREATE INDEX comment_sender ON comment (written_at) WHERE sender <> '';
CREATE INDEX comment_likeness ON comment (id) WHERE likeness <> 0;
-- What was sent, for as long as the same again is the same comment.
CREATE TABLE comment_once (key TEXT PRIMARY KEY, comment BIGINT NOT NULL, at BIGINT NOT NULL);
CREATE TABLE comment_report (id BIGINT PRIMARY KEY, comment BIGINT NOT NULL, at BIGINT NOT NULL, reason TEXT NOT NULL, sender TEXT NOT NULL);
CREATE UNIQUE INDEX comment_report_once ON comment_report (comment, sender);
CREATE TABLE blocked_writer (email_index TEXT PRIMARY KEY, comment BIGINT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL);
CREATE TABLE data_request (id BIGINT PRIMARY KEY, email_sealed TEXT NOT NULL, email_index TEXT NOT NULL, token TEXT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX data_request_token ON data_request (token) WHERE token <> '';
-- The key under which senders of one day (days since 1970) are hashed, sealed.
CREATE TABLE sender_key (day BIGINT PRIMARY KEY, sealed TEXT NOT NULL);
-- Why somebody did something, where a reason is asked for.
ALTER TABLE audit_entry ADD COLUMN note TEXT NOT NULL DEFAULT '';
