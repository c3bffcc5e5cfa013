-- Sitemaps, related articles and the rendering of the archive walk through
-- listed articles by id; without this a large paper is sorted for each step.
CREATE INDEX article_listed_by_id ON article (listed, id);
