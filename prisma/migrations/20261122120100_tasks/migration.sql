-- A one-time link for somebody without an account who does a task. The secret stands in no row, only what a server key makes of it; what the link
-- shows, and the key its answer is signed with, lie sealed under the secret itself. A link has days, no times.
create table task_link (
  id uuid not null,
  concern_id uuid not null,
  task uuid not null,
  secret_hash bytea not null,
  sealed bytea not null,
  expires_on date not null,
  ended text,
  constraint task_link_pk primary key (id),
  constraint task_link_secret_once unique (secret_hash),
  constraint task_link_ended check (ended in ('used', 'withdrawn'))
);
create index task_link_by_concern on task_link (concern_id);
create constraint trigger task_link_logged after insert or update on task_link
  deferrable initially deferred for each row execute function check_part_logged();
grant select, insert, update (ended) on task_link to forthright_app;
