-- What a search looks through, in small letters and made once, when it is written: making it anew for every row was what a search for a part of a name cost.
-- An index of parts of words wouldn't be used behind the company's wall: what compares with it may leak.

-- the number, a line's end, the name
alter table article add column sought text generated always as (lower(number || E'\n' || name)) stored;
-- For the same reason it was never used.
drop index article_by_name;

-- name, e-mail and phone, and the digits of the phone alone; nothing is left of it once the customer is erased
alter table customer add column sought text generated always as (
  lower(coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '')) || E'\n' || regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g')) stored;
