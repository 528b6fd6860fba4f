-- What the service's own checks of the whole log found, so that a page never says "it holds" without how much was checked and when. A check proves
-- nothing to who does not trust the service: auditors run the same program themselves.
create table log_check (
  id uuid not null,
  checked_at timestamptz(3) not null,
  asked_by uuid,
  verdict text not null,
  size bigint not null,
  entries bigint not null,
  milliseconds integer not null,
  first_index bigint,
  report text not null,
  constraint log_check_pk primary key (id),
  constraint log_check_verdict_known check (verdict in ('whole', 'tampered', 'unusable', 'incomplete', 'restored', 'not_finished'))
);
create index log_check_by_time on log_check (checked_at);

create trigger log_check_append_only before update or delete or truncate on log_check
  for each statement execute function refuse_log_change();
alter table log_check enable always trigger log_check_append_only;

grant select, insert on log_check to forthright_app;
