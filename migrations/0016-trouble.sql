-- What a connection's remote keeps failing with, since when and how often in a row: {code, facts, of, since, times}. Null = it answers.
-- For the page ("no answer since ...") and for pauses that grow, whichever process asks and whenever it was started.
alter table listener add column trouble jsonb;
