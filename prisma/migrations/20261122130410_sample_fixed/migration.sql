-- What was fixed and drawn is looked up in the entries themselves: rows beside them could be anybody's.
create index staff_entry_samples on staff_entry (kind, happened_at, id) where kind in ('sample_fixed', 'sample_drawn');
