-- Which movements say what there is, and not only what came and went (L7): 1 for one that does, -1 for one that takes such a word back. A level is known
-- as long as the sum is above 0. What a count had counted already, and is taken back beside it, says nothing of its own.
create function states_level(p_kind text, p_source jsonb) returns integer language sql immutable as
  $$ select case when p_kind = 'count-undone' then -1
                 when p_kind in ('receipt', 'count', 'import', 'master-set', 'transfer-in') and p_source ->> 'type' is distinct from 'late-fact' then 1 else 0 end $$;
