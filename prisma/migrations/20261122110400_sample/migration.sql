-- Samples that auditors draw: what each was drawn from, which concerns, by their aliases in the log, and in which order.
create table sample_draw (
  id uuid not null,
  asked_by_id uuid not null,
  asked_at timestamptz(3) not null,
  size bigint not null,
  root bytea not null,
  first_day date not null,
  last_day date not null,
  numbers text not null,
  wanted integer not null,
  population integer not null,
  constraint sample_draw_pk primary key (id),
  constraint sample_draw_once unique (asked_by_id, size, first_day, last_day, numbers, wanted)
);

create table sample_concern (
  id uuid not null,
  draw_id uuid not null,
  place integer not null,
  log_alias uuid not null,
  constraint sample_concern_pk primary key (id),
  constraint sample_concern_place unique (draw_id, place)
);
create index sample_concern_by_alias on sample_concern (log_alias);

-- What a handler answered: unlocked until a day, or refused for a reason. One answer to each.
create table sample_answer (
  sample_concern_id uuid not null,
  concern_id uuid not null,
  author_id uuid not null,
  answered_at timestamptz(3) not null,
  reason text,
  until date,
  constraint sample_answer_pk primary key (sample_concern_id),
  constraint sample_answer_one_of_two check ((reason is null) <> (until is null))
);
create index sample_answer_by_concern on sample_answer (concern_id);

-- The masked text, sealed to the auditor who drew it and to nobody else, until its day.
create table sample_text (
  sample_concern_id uuid not null,
  concern_id uuid not null,
  purge_on date not null,
  item_key bytea not null,
  ciphertext bytea not null,
  signature bytea not null,
  constraint sample_text_pk primary key (sample_concern_id)
);
create index sample_text_by_purge on sample_text (purge_on);

create constraint trigger sample_draw_logged after insert or update or delete on sample_draw
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger sample_concern_logged after insert or update or delete on sample_concern
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger sample_answer_logged after insert or update on sample_answer
  deferrable initially deferred for each row execute function check_part_logged();
create constraint trigger sample_text_logged after insert or update on sample_text
  deferrable initially deferred for each row execute function check_part_logged();

grant select, insert on sample_draw, sample_concern, sample_answer to forthright_app;
grant select, insert, delete on sample_text to forthright_app;
