-- A count can be taken back: its opposite goes in, and a level that nothing else had made known is unknown again (B6).
alter table movement drop constraint movement_kind_check;
alter table movement add constraint movement_kind_check check (kind in ('sale', 'sale-return', 'receipt', 'receipt-correction', 'count', 'count-undone', 'transfer-out', 'transfer-in', 'web-reserve', 'web-release', 'web-ship', 'web-return', 'waste', 'internal-use', 'web-loss', 'master-set', 'import', 'reserve', 'release'));
