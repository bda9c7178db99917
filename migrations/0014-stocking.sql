-- What a person asked the shop to do about an article it can't be told of: start counting it, or keep it at a place. A told row like any
-- other (kind 'stocking'): wanted until the shop has done it, or refused with words. `asked` says which of the two.
alter table told add column asked text check (asked in ('track', 'stock'));
create index told_stocking on told (company_id, listener_id, dirty_since, entity_id, location_id) where kind = 'stocking' and wanted > told and refusal is null and flight is null;

-- The same words as in 0008, and one more: the shop is being asked to put it right.
create or replace view article_state with (security_invoker = true) as
  select k.company_id, k.listener_id, k.article_id, k.boxed, k.item_ref,
         case when not k.boxed then 'not-boxed'
              when k.state <> 'matched' then k.state
              else coalesce((
                select case when t.refusal in ('not-tracked', 'not-stocked') and exists (
                                select from told a where a.company_id = t.company_id and a.listener_id = t.listener_id and a.kind = 'stocking' and a.entity_id = t.entity_id
                                  and a.wanted > a.told and a.refusal is null and (a.asked = 'track' or a.location_id = t.location_id)) then 'stocking'
                            when t.refusal is not null then t.refusal
                            when t.wanted <= t.told then 'in-sync'
                            when (select s.first_synced_at is null from listener s where s.company_id = k.company_id and s.id = k.listener_id) then 'not-synced-yet'
                            when t.looks <> '[]' or t.drift is not null or t.hold_until is not null then 'checking'
                            else 'waiting' end
                from told t
                where t.company_id = k.company_id and t.listener_id = k.listener_id and t.kind = 'stock' and t.entity_id = k.article_id
                order by t.refusal is null, t.wanted <= t.told, t.drift is null and t.hold_until is null and t.looks = '[]', t.location_id limit 1), 'no-stock-yet')
         end as state
  from link k;

-- A number as a hand that slips would still write it: case, spaces, dashes and leading zeros don't count. Only ever to show a person what is
-- near; a match is by the exact number (S10).
create function near_number(p_number text) returns text language sql immutable strict parallel safe
  as $$ select ltrim(lower(regexp_replace(p_number, '[[:space:]._/-]+', '', 'g')), '0') $$;
create index listing_near on listing (company_id, listener_id, near_number(number)) where gone_at is null;
