-- The few entries of duties, for the auditor's report: everybody else's entries pay nothing for them.
create index staff_entry_duties on staff_entry (happened_at, id)
  where kind in ('duty_began', 'duty_done', 'duty_paused', 'duty_resumed', 'duty_extended', 'duty_warned', 'duty_escalated');
