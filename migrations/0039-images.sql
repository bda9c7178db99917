-- Images of products: ordered, with an alternative text. What is deleted stays for a while, so that it can be taken back (sync/chores).
create table image (
  company_id bigint not null references company,
  id bigint generated always as identity,
  product_id bigint not null,
  -- the article it shows; null = the product as a whole
  article_id bigint,
  -- its place among the product's images, from 1; those that are deleted keep theirs
  position integer not null,
  alt text not null default '',
  type text not null check (type in ('image/jpeg', 'image/png', 'image/webp', 'image/gif')),
  -- as it is shown, turned upright
  width integer not null,
  height integer not null,
  -- bytes
  size integer not null,
  -- of what is stored, in hex
  sha256 text not null,
  added_at timestamptz not null,
  changed_at timestamptz not null,
  removed_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, product_id) references product,
  foreign key (company_id, article_id) references article
);
-- The same image of the same product is one.
create unique index image_once on image (company_id, product_id, sha256);
create index image_of_product on image (company_id, product_id, position, id) where removed_at is null;
create index image_of_article on image (company_id, article_id) where article_id is not null;
create index image_sha256 on image (company_id, sha256);
create index image_removed on image (company_id, removed_at) where removed_at is not null;
call wall('image', 'select, insert, update, delete');

-- The bytes, once however many products show them.
create table image_bytes (
  company_id bigint not null references company,
  sha256 text not null,
  bytes bytea,
  primary key (company_id, sha256)
);
-- They are packed already.
alter table image_bytes alter column bytes set storage external;
call wall('image_bytes', 'select, insert, update, delete');
