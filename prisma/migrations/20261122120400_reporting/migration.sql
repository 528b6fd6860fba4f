-- What the auditor's report counts in the log, each kind with the few others of its sort: everybody else's entries pay nothing for them.
create index staff_entry_counted on staff_entry (kind, happened_at)
  where kind in ('concern_recorded', 'identity_viewed', 'access_recovered', 'recovery_exported', 'summary_printed', 'concern_exported',
    'time_exported', 'log_exported', 'report_exported');
create index staff_entry_went_up on staff_entry (concern_id, happened_at) where kind in ('concern_escalated', 'clock_escalated');
create index reporter_entry_sent_on on reporter_entry (concern_id, happened_on) where kind = 'concern_sent_on';
