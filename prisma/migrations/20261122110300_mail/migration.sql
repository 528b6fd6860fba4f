-- Letters that wait to be sent, and who gets the daily checkpoint. A letter is written in the transaction of what causes it, which has an entry of
-- staff or of the system: reporters' entries do not count here, so that no act of a reporter can leave a row with a time in it (security.md 4).

create table checkpoint_reader (
  id uuid not null,
  role text not null,
  name text not null,
  address text not null,
  constraint checkpoint_reader_pk primary key (id)
);
create unique index checkpoint_reader_once on checkpoint_reader (address);

create table outbox_letter (
  id uuid not null,
  cause text not null,
  address text not null,
  -- the whole letter with its headers, so that it is the same however often it is sent; empty once the server has it
  message text not null,
  written_at timestamptz(3) not null,
  next_try_at timestamptz(3) not null,
  tries integer not null,
  fault text,
  sent_at timestamptz(3),
  purge_on date not null,
  constraint outbox_letter_pk primary key (id),
  constraint outbox_letter_to_one_address check (address !~ '[[:space:][:cntrl:]<>,;]')
);
create index outbox_letter_waiting on outbox_letter (next_try_at);
create index outbox_letter_by_purge on outbox_letter (purge_on);

create constraint trigger checkpoint_reader_logged after insert or update or delete on checkpoint_reader
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger outbox_letter_logged after insert on outbox_letter
  deferrable initially deferred for each row execute function check_setting_logged();

grant select, insert, delete on checkpoint_reader to forthright_app;
grant select, insert, update, delete on outbox_letter to forthright_app;
