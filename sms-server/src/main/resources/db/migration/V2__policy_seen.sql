create table if not exists policy_seen (
    id smallint primary key check (id = 1),
    digest varchar(66) not null
);
