-- What the clock said, and to whom it went up: one row for each step of each clock, for ever, written in the transaction of its entry. A sweep that is
-- killed, or run twice, finds it here.
create table clock_notice (
  concern_id uuid not null,
  code text not null,
  cycle integer not null,
  -- the report or task the clock is for; empty where it is the concern's own
  of text not null,
  round integer not null,
  step text not null,
  -- the clock's own date as it stood then, and the day on which the step fell due
  due_on date not null,
  step_on date not null,
  constraint clock_notice_pk primary key (concern_id, code, cycle, of, round, step)
);
create constraint trigger clock_notice_logged after insert or update on clock_notice
  deferrable initially deferred for each row execute function check_part_logged();

-- When each job that looks at states last looked through all of them.
create table last_sweep (
  job text not null,
  swept_at timestamptz(3) not null,
  constraint last_sweep_pk primary key (job)
);

-- Absences of staff, with their first and last day. Who covers is told by the log.
create table absence (
  id uuid not null,
  person_id uuid not null,
  first_day date not null,
  last_day date not null,
  entered_by uuid not null,
  constraint absence_pk primary key (id),
  constraint absence_in_order check (last_day >= first_day)
);
create index absence_by_day on absence (last_day, first_day);
create constraint trigger absence_logged after insert or update or delete on absence
  deferrable initially deferred for each row execute function check_setting_logged();

-- Who looks after a concern for an owner who is away or silent; the owner gets it back.
create table cover (
  concern_id uuid not null,
  person_id uuid not null,
  owner_id uuid not null,
  -- the absence it is for; empty where the owner was silent
  absence_id uuid,
  began_on date not null,
  constraint cover_pk primary key (concern_id)
);
create index cover_by_person on cover (person_id);
create constraint trigger cover_logged after insert or update on cover
  deferrable initially deferred for each row execute function check_part_logged();

grant select, insert on clock_notice to forthright_app;
grant select, insert, update on last_sweep to forthright_app;
grant select, insert, delete on absence to forthright_app;
grant select, insert, update, delete on cover to forthright_app;
