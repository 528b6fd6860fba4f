-- Real people: who was asked to come, what waits for a guardian's signature, and the wrap of a person's keys under their recovery code.
alter table person
  add column recovery_wrapped bytea,
  add column next_roles text[] not null default '{}',
  add column next_deputy boolean not null default false,
  add column next_intake_group_ids uuid[] not null default '{}',
  add column formerly uuid[] not null default '{}',
  add column countersigned_at timestamptz(3);

-- One row a one-time link, or a reset of a second factor that waits for its second person. Of the link's secret only a keyed hash.
create table invitation (
  id uuid not null,
  purpose text not null,
  person_id uuid not null,
  alias uuid not null,
  email text not null,
  name text not null,
  roles text[] not null,
  deputy boolean not null,
  intake_group_ids uuid[] not null,
  formerly uuid[] not null,
  asked_by uuid not null,
  asked_at timestamptz(3) not null,
  secret_hash bytea,
  expires_at timestamptz(3),
  ended text,
  ended_at timestamptz(3),
  constraint invitation_pk primary key (id)
);
create unique index invitation_secret_once on invitation (secret_hash);
create index invitation_by_person on invitation (person_id);

grant select, insert, update on invitation to forthright_app;
create constraint trigger invitation_logged after insert or update or delete on invitation
  deferrable initially deferred for each row execute function check_setting_logged();
