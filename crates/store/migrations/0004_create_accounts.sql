-- The accounts of the staff. Tokens and codes are kept as hashes, addresses
-- and the secret of a second factor sealed.
CREATE TABLE user_account (id BIGINT PRIMARY KEY, version BIGINT NOT NULL, name TEXT NOT NULL, email_sealed TEXT NOT NULL, email_index TEXT NOT NULL UNIQUE, roles BIGINT NOT NULL, state BIGINT NOT NULL, made_at BIGINT NOT NULL, password TEXT NOT NULL, second_factor TEXT NOT NULL, second_factor_step BIGINT NOT NULL);
CREATE TABLE recovery_code (user_account BIGINT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (user_account, code));
CREATE TABLE session (id BIGINT PRIMARY KEY, user_account BIGINT NOT NULL, token TEXT NOT NULL UNIQUE, browser TEXT NOT NULL, began_at BIGINT NOT NULL, used_at BIGINT NOT NULL, confirmed_at BIGINT NOT NULL);
CREATE INDEX session_user_account ON session (user_account);
CREATE TABLE one_time_link (id BIGINT PRIMARY KEY, token TEXT NOT NULL UNIQUE, purpose BIGINT NOT NULL, user_account BIGINT, roles BIGINT NOT NULL, made_at BIGINT NOT NULL);
CREATE TABLE sign_in_tries (key TEXT PRIMARY KEY, failed BIGINT NOT NULL, last BIGINT NOT NULL);
