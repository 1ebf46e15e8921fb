-- "if not exists" throughout: on H2 each statement commits by itself, so a first start that was cut off runs this again.

create table if not exists store_stamp (
    id smallint primary key check (id = 1),
    realm varchar(16) not null,
    chain_id bigint not null,
    hub varchar(42) not null,
    trust_root_digest varchar(66) not null
);

create table if not exists measurements_seen (
    id smallint primary key check (id = 1),
    digest varchar(66) not null
);

create table if not exists wrapped_keys (
    purpose varchar(32) primary key,
    wrapped bytea not null
);

create table if not exists log_entries (
    sequence bigint primary key,
    entry bytea not null,
    hash bytea not null
);

create table if not exists log_heads (
    sequence bigint primary key,
    hash bytea not null,
    signature bytea not null
);

-- expires_at: milliseconds since 1970.
create table if not exists redeemed_nonces (
    nonce bytea primary key,
    expires_at bigint not null
);
create index if not exists redeemed_nonces_by_expiry on redeemed_nonces (expires_at);

-- One row for each (kind, asset, name, owner) that ever was; rows are never deleted. pushed_at: milliseconds since 1970.
create table if not exists secrets (
    kind varchar(32) not null,
    asset varchar(42) not null,
    name varchar(255) not null,
    owner varchar(42) not null,
    version bigint not null,
    mark bytea not null,
    measurements_digest varchar(66) not null,
    wrapped_key bytea not null,
    ciphertext bytea not null,
    pushed_at bigint not null,
    primary key (kind, asset, name, owner)
);
create index if not exists secrets_by_owner on secrets (owner);

create table if not exists owners_seen (
    asset varchar(42) primary key,
    owner varchar(42) not null
);

-- Accepted pushes, kept for ever.
create table if not exists accepted_challenges (
    mark bytea primary key
);
