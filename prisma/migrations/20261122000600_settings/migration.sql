-- What an administrator decides: sites that are no longer in use, categories and texts with dates and sources, single values, and the
-- account of who changed what and why. Texts and the account are only ever added to.

alter table site add column retired_on date;
create unique index intake_group_name_once on intake_group (name);

create table category (
  id uuid not null,
  code text not null,
  label text not null,
  hint text not null,
  element text,
  source text not null,
  valid_from date not null,
  valid_to date,
  constraint category_pk primary key (id),
  constraint category_has_source check (btrim(source) <> '')
);
create unique index category_code_once on category (code);

create table text_version (
  id uuid not null,
  key text not null,
  language text not null,
  version integer not null,
  kind text not null,
  heading text not null,
  body text not null,
  quote text,
  source text not null,
  source_date text not null,
  read_on date not null,
  mark text not null,
  wording text not null,
  valid_from date not null,
  entered_on date not null,
  entered_by uuid,
  digest text not null,
  constraint text_version_pk primary key (id),
  constraint text_version_has_source check (btrim(source) <> '')
);
create unique index text_version_once on text_version (key, language, version);

create table setting (
  key text not null,
  value text not null,
  constraint setting_pk primary key (key)
);

create table setting_change (
  id uuid not null,
  setting text not null,
  changed_at timestamptz(3) not null,
  person_id uuid not null,
  reason text not null,
  removed text not null,
  added text not null,
  constraint setting_change_pk primary key (id)
);
create index setting_change_by_time on setting_change (changed_at, id);

create constraint trigger category_logged after insert or update or delete on category
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger text_version_logged after insert or update or delete on text_version
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger setting_logged after insert or update or delete on setting
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger setting_change_logged after insert or update or delete on setting_change
  deferrable initially deferred for each row execute function check_setting_logged();

grant select on category, text_version, setting, setting_change to forthright_app;
grant insert on category, text_version, setting, setting_change to forthright_app;
grant update on category, setting to forthright_app;
-- A list that is put in order anew, and a day that turned out to be no holiday. Sites, groups, categories, limits and texts are never deleted.
grant delete on speak_up_contact, bank_holiday to forthright_app;
