-- Whole documents that are handed over: an order of ours to an ERP, an invoice's PDF to a shop. A told row like any other, of location 0.
alter table told
  -- what the document is called there; null = none was made, or it has no name of its own
  add column document_ref text,
  -- of what was handed over last: the same once more says nothing new
  add column document_hash text;
create index told_documents on told (company_id, listener_id, dirty_since, entity_id) where kind in ('order', 'invoice-pdf') and wanted > told and refusal is null;

-- Orders placed since then are handed over by themselves; null = none are.
alter table listener add column orders_from timestamptz;
