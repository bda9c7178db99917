-- A message that can't be applied may be dismissed: a person has said that it is of no account. It is kept, and holds nothing back any more (R26).
alter table inbox drop constraint inbox_state_check;
alter table inbox add constraint inbox_state_check check (state in ('waiting', 'done', 'listed', 'dismissed'));
alter table inbox add column dismissed_by text;
