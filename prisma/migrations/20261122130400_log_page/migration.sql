-- The auditor's page begins with what says something, newest first, however many cover entries stand between.
create index log_position_said on log_position (index) where kind <> 'cover';
