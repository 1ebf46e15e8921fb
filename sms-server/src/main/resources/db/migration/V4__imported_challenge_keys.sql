-- Challenge keys that tasks got from another service. deadline: milliseconds since 1970, null when it is not known.
create table if not exists imported_challenge_keys (
    chain_task_id varchar(66) primary key,
    address varchar(42) not null,
    deadline bigint,
    wrapped_key bytea not null,
    ciphertext bytea not null
);
