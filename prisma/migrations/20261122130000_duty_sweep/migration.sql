-- What the clock said of a duty of the organisation, and to whom it went up: one row for each step of each duty, for ever, written in the transaction of
-- its entry. A sweep that is killed, or run twice, finds it here.
create table duty_notice (
  duty_id uuid not null,
  step text not null,
  -- the duty's own date as it stood then, with its instant where it runs in hours, and the London day on which the step fell due
  due_on date not null,
  due_at timestamptz(3),
  step_on date not null,
  constraint duty_notice_pk primary key (duty_id, step)
);
create constraint trigger duty_notice_logged after insert or update or delete on duty_notice
  deferrable initially deferred for each row execute function check_setting_logged();

grant select, insert on duty_notice to forthright_app;
