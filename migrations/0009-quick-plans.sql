-- Measured by npm run bench: what only plans cost. No rule changes.

-- post_movements is called with one line or with thousands, always by key: one plan, made once per connection, by index. Left to itself
-- the planner makes it anew five times per connection (some 60 ms each) and then reads all of told for a single sale.
alter function post_movements set plan_cache_mode = force_generic_plan;
alter function post_movements set enable_seqscan = off;

-- "Is anything ticked that nobody has looked for yet?" is asked at every step of a connection.
create index link_looking on link (company_id, listener_id) where boxed and state = 'looking';
