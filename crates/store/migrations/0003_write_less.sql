-- The text of an article is the text of its current revision, kept once. A
-- text that had no revision yet becomes one.
INSERT INTO revision (id, article, at, headline, standfirst, body)
SELECT article.revision, article.id, article.changed_at, article.headline, article.standfirst, article_body.body
FROM article JOIN article_body ON article_body.article = article.id
WHERE NOT EXISTS (SELECT 1 FROM revision WHERE revision.id = article.revision);
DROP TABLE article_body;
-- Only standing pages are looked up by their slug.
DROP INDEX article_page_slug;
CREATE INDEX article_page_slug ON article (slug) WHERE kind = 1;
