-- Time limits as whole rows: what starts, stops, ends, pauses and moves a clock, who is warned and who is told (domain.md 9.2).
alter table timeliness_rule
  add column scope text not null default 'concern',
  add column restart_event text,
  add column starts_within_days integer,
  add column repeats_until text,
  add column end_events text[] not null default '{withdrawn,reopened}',
  add column each_one boolean not null default false,
  add column applies_when text not null default 'always',
  add column due_from text not null default 'limit',
  add column pause_cap integer not null default 0,
  add column extendable boolean not null default false,
  add column warn_before integer,
  add column escalate_to text[] not null default '{}',
  add column escalate_every integer not null default 2,
  add column shown_to text not null default 'staff';
alter table timeliness_rule
  alter column scope drop default, alter column end_events drop default, alter column each_one drop default,
  alter column applies_when drop default, alter column due_from drop default, alter column pause_cap drop default,
  alter column extendable drop default, alter column escalate_to drop default, alter column escalate_every drop default,
  alter column shown_to drop default,
  add constraint timeliness_rule_limit_real check (limit_value > 0),
  add constraint timeliness_rule_can_stop check (stop_event <> '' and stop_event <> start_event);

-- Every clock of every concern as the one reckoning gives it, without what only today decides: lists, sweeps and figures read it here. It can
-- always be made anew from the log. No act of a reporter writes a row here, because rows of staff's acts stand beside it (security.md 4): what
-- a reporter's act starts or stops is written down at night, or with staff's next act on the same concern.
create table concern_clock (
  concern_id uuid not null,
  code text not null,
  cycle integer not null,
  -- the report or task it is for; empty where it is the concern's own
  of text not null,
  round integer not null,
  rule_version integer not null,
  started_on date not null,
  first_due_on date not null,
  due_on date not null,
  stopped_on date,
  -- the event that ended it without an answer, in time: it is not counted
  ended_by text,
  -- the last pause, and the day on which it ends or ended
  paused_from date,
  paused_until date,
  paused_days integer not null,
  extensions integer not null,
  constraint concern_clock_pk primary key (concern_id, code, cycle, of, round),
  constraint concern_clock_ended_stopped check (ended_by is null or stopped_on is not null)
);
create index concern_clock_open on concern_clock (due_on, concern_id) where stopped_on is null;
create index concern_clock_by_start on concern_clock (code, started_on);

grant select, insert, update, delete on concern_clock to forthright_app;
