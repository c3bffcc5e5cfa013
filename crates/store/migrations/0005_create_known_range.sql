-- Ranges of addresses from which somebody signed in, each as a keyed hash.
CREATE TABLE known_range (key TEXT PRIMARY KEY, last BIGINT NOT NULL);
