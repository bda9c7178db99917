-- Products for shops that take them: such a connection reads a view of its own (docs/decisions/0017).

-- What a shop shows beside the name. Text as typed, no markup; null = nobody has said.
alter table product add column description text, add column vendor text,
  -- false = it isn't sold: hidden in the shops, never deleted
  add column active boolean not null default true;

create table catalogue (
  company_id bigint not null references company,
  listener_id bigint not null,
  -- products are told; false = the view hears of nothing
  products boolean not null,
  -- whose prices go; null = the article's own price
  price_location_id bigint,
  -- true = a price goes when it was changed here, and only then
  price_when_changed boolean not null,
  descriptions boolean not null,
  -- new products get their Webshop box, so that their stock is told too
  boxes boolean not null,
  changed_at timestamptz not null,
  primary key (company_id, listener_id),
  foreign key (company_id, listener_id) references view,
  foreign key (company_id, price_location_id) references location
);
call wall('catalogue', 'select, insert, update');
