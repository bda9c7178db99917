-- Lists are asked for what changed after a moment. Levels have no such index on purpose: it would make every sale rewrite it; a company's levels are read instead.
create index article_changed on article (company_id, changed_at);
create index web_order_taken on web_order (company_id, taken_at);
-- Movements are only ever added, so their times lie in order on disk: a few bytes for each hundred pages tell where to look.
create index movement_posted on movement using brin (posted_at);
