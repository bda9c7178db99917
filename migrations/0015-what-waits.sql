-- The first page asks what waits, over all of a company: each answer by an index that holds only what waits.
create index web_order_open on web_order (company_id, listener_id) where state = 'open';
create index web_loss_asked on web_loss (company_id, order_id) where state = 'asked';
