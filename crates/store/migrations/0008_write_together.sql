-- The document in which several write the text of a working copy: the revision
-- it began with, its newest update, the newest whose text the copy holds.
ALTER TABLE working_copy ADD COLUMN stem BIGINT;
ALTER TABLE working_copy ADD COLUMN last_update BIGINT NOT NULL DEFAULT 0;
ALTER TABLE working_copy ADD COLUMN settled BIGINT NOT NULL DEFAULT 0;
-- Its updates, in base64.
CREATE TABLE document_update (article BIGINT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, written_by BIGINT, bytes TEXT NOT NULL, PRIMARY KEY (article, number));
