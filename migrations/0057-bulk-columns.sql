-- What is remembered of a file with these headings is what each column is, and nothing of how it was written.
alter table bulk_columns rename column read_as to columns;
