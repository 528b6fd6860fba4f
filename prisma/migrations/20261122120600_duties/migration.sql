-- What the organisation owes as a whole, T14 to T19 (domain.md 9.2): codes and dates, and nothing of whom it is about. A breach of personal data
-- has an instant, because hours run from it.
create table duty (
  id uuid not null,
  code text not null,
  started_on date not null,
  started_at timestamptz(3),
  set_for date,
  constraint duty_pk primary key (id)
);

-- What was done about it, in its order. Rows are added and never changed.
create table duty_step (
  duty_id uuid not null,
  number integer not null,
  kind text not null,
  on_date date not null,
  at timestamptz(3),
  until date,
  reason text,
  constraint duty_step_pk primary key (duty_id, number),
  constraint duty_step_known check (kind in ('duty_done', 'clock_paused', 'clock_resumed', 'clock_extended'))
);

create constraint trigger duty_logged after insert or update or delete on duty
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger duty_step_logged after insert or update or delete on duty_step
  deferrable initially deferred for each row execute function check_setting_logged();

grant select, insert on duty, duty_step to forthright_app;
