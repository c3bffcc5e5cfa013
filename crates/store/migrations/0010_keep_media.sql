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
