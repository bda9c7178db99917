-- Drafts of ours in an ERP: each is looked at now and then, for nobody tells when one is deleted there.
create index erp_document_made on erp_document (company_id, listener_id, seen_at) where linked_by = 'made' and stage in ('order', 'draft');
