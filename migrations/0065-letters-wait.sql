-- A letter waits for a mail server that refuses, however long: whom it was taken for isn't written to again when it is tried anew.
alter table letter add column taken_for text[] not null default '{}';
