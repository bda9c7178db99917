-- An order may be deleted in the shop. It is kept, holds nothing any more, and says so; shipped pieces stay facts.
alter table web_order drop constraint web_order_state_check;
alter table web_order add constraint web_order_state_check check (state in ('open', 'shipped', 'cancelled', 'done', 'deleted'));
alter table web_order add column gone_at timestamptz;
-- When an open order was last asked for only to see whether it is still there.
alter table web_order add column asked_at timestamptz;
