-- What the staff write on an article before the public sees it: all parts but
-- the text as JSON, the text as the revision that it names.
CREATE TABLE working_copy (article BIGINT PRIMARY KEY, version BIGINT NOT NULL, base BIGINT NOT NULL, revision BIGINT NOT NULL, headline TEXT NOT NULL, content TEXT NOT NULL, begun_by BIGINT, saved_by BIGINT, saved_at BIGINT NOT NULL);
CREATE INDEX working_copy_saved ON working_copy (saved_at, article);
-- Who saved a text, and whether the public has seen it.
ALTER TABLE revision ADD COLUMN saved_by BIGINT;
ALTER TABLE revision ADD COLUMN shown BIGINT NOT NULL DEFAULT 1;
CREATE INDEX revision_not_shown ON revision (article, id) WHERE shown = 0;
-- What a note says: a correction, a clarification and so on.
ALTER TABLE correction ADD COLUMN kind BIGINT NOT NULL DEFAULT 0;
-- What the public does not see is listed for the staff.
CREATE INDEX article_not_shown ON article (state, id) WHERE state <> 1;
-- Staff name a tag by its words.
CREATE INDEX tag_name ON tag (name);
-- When articles go live by themselves.
CREATE TABLE schedule (article BIGINT PRIMARY KEY, at BIGINT NOT NULL, set_by BIGINT, set_at BIGINT NOT NULL);
CREATE INDEX schedule_at ON schedule (at, article);
