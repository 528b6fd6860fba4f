-- What the log last said of each rule is looked up at every start and with every change of a setting.
create index staff_entry_rules on staff_entry (kind, happened_at, id)
  where kind in ('calendar_published', 'limits_published', 'workflow_published');
