-- A company to try things in: its data can be put back to what it began with, and no real webshop is connected to it.
alter table company add column sandbox boolean not null default false;
