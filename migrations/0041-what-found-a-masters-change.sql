-- How a master's changes reach us: a shop whose calls never come is told so by what the other ways find.

-- Of the walk that goes on, else of the last one: numbers that differed from ours without a call or a sweep having said so.
alter table feed_cursor add column found integer not null default 0;

-- Numbers taken over that differed, by what brought them: a call, the sweep of what changed, or only the walk over everything.
create table master_tally (
  company_id bigint not null references company,
  listener_id bigint not null,
  day date not null,
  called integer not null default 0,
  swept integer not null default 0,
  walked integer not null default 0,
  primary key (company_id, listener_id, day),
  foreign key (company_id, listener_id) references listener
);
call wall('master_tally', 'select, insert, update, delete');
