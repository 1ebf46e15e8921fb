-- The settled block up to which changes of owners were delivered; of one chain and hub at a time.
create table if not exists chain_checkpoint (
    id smallint primary key check (id = 1),
    chain_id bigint not null,
    hub varchar(42) not null,
    block_number bigint not null,
    block_hash varchar(66) not null
);
