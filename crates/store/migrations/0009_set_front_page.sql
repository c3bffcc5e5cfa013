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
