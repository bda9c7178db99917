-- From when an order holds goods here: as soon as it is placed, or only once it is paid. What the shop takes off its own number is its own affair.
alter table listener add column counts_when text not null default 'placed' check (counts_when in ('placed', 'paid'));
