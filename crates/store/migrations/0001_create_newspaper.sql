-- The first newspaper. One text for both engines: every integer is BIGINT,
-- every time is microseconds since 1970 in UTC, every tree is JSON text.
CREATE TABLE id_sequence (one BIGINT PRIMARY KEY, next BIGINT NOT NULL);
INSERT INTO id_sequence (one, next) VALUES (1, 1);
CREATE TABLE log_head (one BIGINT PRIMARY KEY, position BIGINT NOT NULL, audit_hash TEXT NOT NULL);
INSERT INTO log_head (one, position, audit_hash) VALUES (1, 0, '');
CREATE TABLE change_log (position BIGINT NOT NULL, key BIGINT NOT NULL, PRIMARY KEY (position, key));
CREATE TABLE audit_entry (number BIGINT PRIMARY KEY, position BIGINT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject BIGINT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE settings (one BIGINT PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE section (id BIGINT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, description TEXT NOT NULL, colour TEXT NOT NULL, position BIGINT NOT NULL);
CREATE TABLE tag (id BIGINT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE author (id BIGINT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, bio TEXT NOT NULL);
CREATE TABLE media (id BIGINT PRIMARY KEY, key TEXT NOT NULL, source_url TEXT NOT NULL, width BIGINT NOT NULL, height BIGINT NOT NULL, alt TEXT NOT NULL, caption TEXT NOT NULL, credit TEXT NOT NULL, focal_x BIGINT NOT NULL, focal_y BIGINT NOT NULL);
CREATE TABLE article (
  id BIGINT PRIMARY KEY, version BIGINT NOT NULL, kind BIGINT NOT NULL, state BIGINT NOT NULL,
  slug TEXT NOT NULL, kicker TEXT NOT NULL, headline TEXT NOT NULL, standfirst TEXT NOT NULL,
  dateline TEXT NOT NULL, agency TEXT NOT NULL, language TEXT NOT NULL,
  section BIGINT, lead BIGINT, revision BIGINT NOT NULL, published_at BIGINT, changed_at BIGINT NOT NULL,
  comments_open BIGINT NOT NULL, age_note BIGINT NOT NULL,
  authors TEXT NOT NULL, tags TEXT NOT NULL, sources TEXT NOT NULL, signature TEXT NOT NULL,
  listed BIGINT NOT NULL, listed_at BIGINT NOT NULL
);
CREATE INDEX article_listed ON article (listed, listed_at, id);
CREATE INDEX article_in_section ON article (section, listed, listed_at, id);
CREATE INDEX article_page_slug ON article (kind, slug);
CREATE TABLE article_body (article BIGINT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE article_tag (tag BIGINT NOT NULL, listed_at BIGINT NOT NULL, article BIGINT NOT NULL, PRIMARY KEY (tag, listed_at, article));
CREATE INDEX article_tag_article ON article_tag (article);
CREATE TABLE article_author (author BIGINT NOT NULL, listed_at BIGINT NOT NULL, article BIGINT NOT NULL, PRIMARY KEY (author, listed_at, article));
CREATE INDEX article_author_article ON article_author (article);
CREATE TABLE revision (id BIGINT PRIMARY KEY, article BIGINT NOT NULL, at BIGINT NOT NULL, headline TEXT NOT NULL, standfirst TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX revision_article ON revision (article, at);
CREATE TABLE correction (id BIGINT PRIMARY KEY, article BIGINT NOT NULL, at BIGINT NOT NULL, text TEXT NOT NULL);
CREATE INDEX correction_article ON correction (article, at);
CREATE TABLE comment (id BIGINT PRIMARY KEY, article BIGINT NOT NULL, reply_to BIGINT, name TEXT NOT NULL, email_sealed TEXT, email_index TEXT, text TEXT NOT NULL, written_at BIGINT NOT NULL, state BIGINT NOT NULL);
CREATE INDEX comment_article ON comment (article, state, written_at, id);
CREATE TABLE ticker_item (id BIGINT PRIMARY KEY, text TEXT NOT NULL, url TEXT NOT NULL, urgent BIGINT NOT NULL, at BIGINT NOT NULL, expires_at BIGINT);
CREATE INDEX ticker_item_at ON ticker_item (at, id);
CREATE TABLE old_address (key TEXT PRIMARY KEY, kind BIGINT NOT NULL, target BIGINT NOT NULL);
CREATE TABLE origin (source TEXT NOT NULL, kind TEXT NOT NULL, foreign_id TEXT NOT NULL, id BIGINT NOT NULL, fingerprint TEXT NOT NULL, PRIMARY KEY (source, kind, foreign_id));
