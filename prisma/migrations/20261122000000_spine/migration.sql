create table organisation (
  id uuid not null,
  name text not null,
  stamp text not null,
  opened_on date not null,
  constraint organisation_pk primary key (id)
);

create table intake_group (
  id uuid not null,
  name text not null,
  constraint intake_group_pk primary key (id)
);

create table site (
  id uuid not null,
  name text not null,
  constraint site_pk primary key (id)
);
create unique index site_name_once on site (name);

create table speak_up_contact (
  id uuid not null,
  position integer not null,
  name text not null,
  detail text not null,
  way text not null,
  source text not null,
  constraint speak_up_contact_pk primary key (id)
);

create table bank_holiday (
  division text not null,
  date date not null,
  title text not null,
  source text not null,
  entered_on date not null,
  projected boolean not null,
  constraint bank_holiday_pk primary key (division, date)
);

create table timeliness_rule (
  code text not null,
  version integer not null,
  label text not null,
  start_event text not null,
  stop_event text not null,
  limit_value integer not null,
  unit text not null,
  force text not null,
  source text not null,
  valid_from date not null,
  constraint timeliness_rule_pk primary key (code, version)
);

create table person (
  id uuid not null,
  alias uuid not null,
  email text not null,
  name text not null,
  roles text[] not null,
  deputy boolean not null,
  active boolean not null,
  intake_group_ids uuid[] not null,
  box_key bytea not null,
  sign_key bytea not null,
  password_salt bytea not null,
  password_memory_kib integer not null,
  password_passes integer not null,
  password_verifier bytea not null,
  wrapped_keys bytea not null,
  totp_seed bytea not null,
  totp_last_step integer not null,
  failed_attempts integer not null,
  retry_at timestamptz(3),
  constraint person_pk primary key (id)
);
create unique index person_alias_once on person (alias);
create unique index person_email_once on person (email);

create table staff_session (
  id uuid not null,
  person_id uuid not null,
  key_hash bytea not null,
  wrapped_keys bytea not null,
  csrf bytea not null,
  opened_at timestamptz(3) not null,
  used_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  stepped_up_at timestamptz(3),
  constraint staff_session_pk primary key (id)
);
create index staff_session_by_person on staff_session (person_id);

create table kept_text (
  id uuid not null,
  person_id uuid not null,
  sealed bytea not null,
  kept_at timestamptz(3) not null,
  constraint kept_text_pk primary key (id)
);
create index kept_text_by_person on kept_text (person_id);

create table recipient_set (
  version integer not null,
  body text not null,
  constraint recipient_set_pk primary key (version)
);

create table recipient_set_signature (
  version integer not null,
  person_id uuid not null,
  signature bytea not null,
  constraint recipient_set_signature_pk primary key (version, person_id)
);

create table concern (
  id uuid not null,
  reference text not null,
  log_alias uuid not null,
  intake_group_id uuid not null,
  status text not null,
  version integer not null,
  raised_on date not null,
  channel text not null,
  openness text not null,
  risk_grade text,
  danger boolean not null,
  unread_since date,
  open_detriment boolean not null,
  second_approver_required boolean not null,
  next_clock_code text,
  next_clock_due date,
  owner_id uuid,
  header_item_id uuid not null,
  staff_log_count integer not null,
  staff_log_head bytea,
  reporter_log_count integer not null,
  reporter_log_head bytea not null,
  constraint concern_pk primary key (id)
);
create unique index concern_reference_once on concern (reference);
create unique index concern_log_alias_once on concern (log_alias);
create index concern_by_due on concern (next_clock_due, raised_on, id);
create index concern_by_unread on concern (unread_since, id);
create index concern_by_owner on concern (owner_id, raised_on, id);
create index concern_by_status on concern (status, raised_on, id);

create table reporter_key (
  concern_id uuid not null,
  locator bytea not null,
  wrapped_keys bytea not null,
  box_key bytea not null,
  sign_key bytea not null,
  constraint reporter_key_pk primary key (concern_id)
);
create unique index reporter_key_locator_once on reporter_key (locator);

create table compartment (
  id uuid not null,
  concern_id uuid not null,
  kind text not null,
  epoch integer not null,
  public_key bytea not null,
  constraint compartment_pk primary key (id)
);
create index compartment_by_concern on compartment (concern_id);

create table key_grant (
  id uuid not null,
  concern_id uuid not null,
  compartment_id uuid not null,
  kind text not null,
  epoch integer not null,
  holder text not null,
  sealed bytea not null,
  constraint key_grant_pk primary key (id)
);
create unique index key_grant_once on key_grant (compartment_id, holder);
create index key_grant_by_concern on key_grant (concern_id, holder);
create index key_grant_by_holder on key_grant (holder, kind, concern_id);

create table reporter_item (
  id uuid not null,
  concern_id uuid not null,
  compartment_id uuid not null,
  kind text not null,
  epoch integer not null,
  version integer not null,
  number integer not null,
  written_on date not null,
  item_key bytea not null,
  ciphertext bytea not null,
  signature bytea not null,
  constraint reporter_item_pk primary key (id)
);
create unique index reporter_item_once on reporter_item (concern_id, number);

create table staff_item (
  id uuid not null,
  concern_id uuid not null,
  compartment_id uuid not null,
  kind text not null,
  epoch integer not null,
  version integer not null,
  number integer not null,
  written_at timestamptz(3) not null,
  author_id uuid not null,
  item_key bytea not null,
  ciphertext bytea not null,
  signature bytea not null,
  constraint staff_item_pk primary key (id)
);
create unique index staff_item_once on staff_item (concern_id, number);

create table approval (
  id uuid not null,
  concern_id uuid not null,
  action text not null,
  status text not null,
  requested_by_id uuid not null,
  approver_id uuid not null,
  requested_at timestamptz(3) not null,
  compartment_id uuid not null,
  summary_item_id uuid not null,
  decided_at timestamptz(3),
  signature bytea,
  constraint approval_pk primary key (id)
);
create index approval_by_approver on approval (approver_id, status);
create index approval_by_concern on approval (concern_id);

create table escalation (
  id uuid not null,
  concern_id uuid not null,
  target text not null,
  person_id uuid,
  escalated_at timestamptz(3) not null,
  constraint escalation_pk primary key (id)
);
create index escalation_by_person on escalation (person_id, escalated_at);
create index escalation_by_concern on escalation (concern_id);

create table reporter_session (
  id bytea not null,
  sealed bytea not null,
  purge_on date not null,
  constraint reporter_session_pk primary key (id)
);
create index reporter_session_by_purge on reporter_session (purge_on);

create table receipt (
  id bytea not null,
  sealed bytea not null,
  purge_on date not null,
  constraint receipt_pk primary key (id)
);
create index receipt_by_purge on receipt (purge_on);

create table reporter_entry (
  id uuid not null,
  concern_id uuid not null,
  number integer not null,
  kind text not null,
  happened_on date not null,
  text text not null,
  hash bytea not null,
  constraint reporter_entry_pk primary key (id)
);
create unique index reporter_entry_once on reporter_entry (concern_id, number);
create index reporter_entry_by_date on reporter_entry (happened_on, id);

create table staff_entry (
  id uuid not null,
  concern_id uuid,
  number integer,
  kind text not null,
  actor_id uuid,
  happened_at timestamptz(3) not null,
  text text not null,
  hash bytea not null,
  constraint staff_entry_pk primary key (id)
);
create unique index staff_entry_once on staff_entry (concern_id, number);
create index staff_entry_by_time on staff_entry (happened_at, id);

