-- Why somebody corrected a number, beside what they counted: one word of a short list, and their own words.

alter table document
  add column reason text check (reason in ('miscounted', 'damaged', 'found', 'stolen', 'own-use', 'other')),
  add column note text check (length(note) between 1 and 300);
