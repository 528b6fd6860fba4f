-- The tree over the entries (RFC 6962), what is published of it, and who may write it: the signer alone, and never the running service.

-- Entries that say nothing and round what is published.
create table cover_entry (
  id uuid not null,
  text text not null,
  hash bytea not null,
  constraint cover_entry_pk primary key (id)
);

-- The place of every entry in the log, with what it is searched by. Aliases only, and a day where the entry has one.
create table log_position (
  index bigint not null,
  entry_id uuid not null,
  lane text not null,
  kind text not null,
  day date,
  actor uuid,
  concern uuid,
  hash bytea not null,
  constraint log_position_pk primary key (index)
);
create unique index log_position_entry_once on log_position (entry_id);
create index log_position_by_kind on log_position (kind, index);
create index log_position_by_actor on log_position (actor, index);
create index log_position_by_concern on log_position (concern, index);
create index log_position_by_day on log_position (day, index);

-- Full tiles of 256 hashes (C2SP tlog-tiles), each with the root of its part of the tree.
create table log_tile (
  level smallint not null,
  number bigint not null,
  hashes bytea not null,
  root bytea not null,
  constraint log_tile_pk primary key (level, number)
);

-- Every published signed note. `staff_from` and `reporter_from`: when it was signed, no entry older than these still waited for its place.
create table log_checkpoint (
  size bigint not null,
  root bytea not null,
  restored integer not null,
  note text not null,
  published_at timestamptz(3) not null,
  staff_from timestamptz(3) not null,
  reporter_from date not null,
  constraint log_checkpoint_pk primary key (size)
);
create index log_checkpoint_by_time on log_checkpoint (published_at);

create table log_cosignature (
  size bigint not null,
  witness text not null,
  line text not null,
  constraint log_cosignature_pk primary key (size, witness)
);

create table log_key (
  verifier_key text not null,
  announced_at timestamptz(3) not null,
  retired_at timestamptz(3),
  constraint log_key_pk primary key (verifier_key)
);

-- 1. Append-only, as the entries are. ENABLE ALWAYS: session_replication_role does not switch these off. A superuser can still drop them.
create trigger cover_entry_append_only before update or delete or truncate on cover_entry
  for each statement execute function refuse_log_change();
create trigger log_position_append_only before update or delete or truncate on log_position
  for each statement execute function refuse_log_change();
create trigger log_tile_append_only before update or delete or truncate on log_tile
  for each statement execute function refuse_log_change();
create trigger log_checkpoint_append_only before update or delete or truncate on log_checkpoint
  for each statement execute function refuse_log_change();
create trigger log_cosignature_append_only before update or delete or truncate on log_cosignature
  for each statement execute function refuse_log_change();
create trigger log_key_append_only before delete or truncate on log_key
  for each statement execute function refuse_log_change();
alter table cover_entry enable always trigger cover_entry_append_only;
alter table log_position enable always trigger log_position_append_only;
alter table log_tile enable always trigger log_tile_append_only;
alter table log_checkpoint enable always trigger log_checkpoint_append_only;
alter table log_cosignature enable always trigger log_cosignature_append_only;
alter table log_key enable always trigger log_key_append_only;

-- A key is retired once, and stays so.
create function check_log_key_retired() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if new.verifier_key <> old.verifier_key or new.announced_at <> old.announced_at or old.retired_at is not null or new.retired_at is null then
    raise exception 'the log is append-only' using errcode = 'FR001';
  end if;
  return new;
end $$;
create trigger log_key_retired before update on log_key for each row execute function check_log_key_retired();
alter table log_key enable always trigger log_key_retired;

-- 2. A cover entry's hash is the RFC 6962 leaf hash of its text, and the text says nothing else.
create function check_cover_entry() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if new.hash <> sha256('\x00'::bytea || convert_to(new.text, 'UTF8')) then
    raise exception 'entry % does not match its hash', new.id using errcode = 'FR002';
  end if;
  if new.text <> '{"format":"forthright-entry/1","id":"' || new.id || '","kind":"cover","lane":"cover"}' then
    raise exception 'entry % does not say what its row says', new.id using errcode = 'FR006';
  end if;
  return new;
end $$;
create trigger cover_entry_sound before insert on cover_entry for each row execute function check_cover_entry();
alter table cover_entry enable always trigger cover_entry_sound;

-- 3. Positions follow one another without a gap, and each is that of an entry that is there and says what its row says.
create function check_log_positions() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  lowest bigint;
  highest bigint;
  many bigint;
  before bigint;
begin
  select min(index), max(index), count(*) into lowest, highest, many from added;
  if many = 0 then
    return null;
  end if;
  select max(index) into before from log_position where index < lowest;
  if lowest <> coalesce(before + 1, 0) or many <> highest - lowest + 1 or exists (select 1 from log_position where index > highest) then
    raise exception 'positions do not follow one another from %', lowest using errcode = 'FR007';
  end if;
  select min(a.index) into before from added a
    left join staff_entry s on a.lane = 'staff' and s.id = a.entry_id
    left join reporter_entry r on a.lane = 'reporter' and r.id = a.entry_id
    left join cover_entry c on a.lane = 'cover' and c.id = a.entry_id
    cross join lateral (select coalesce(s.text, r.text, c.text)::json as text) said
    where a.hash is distinct from coalesce(s.hash, r.hash, c.hash)
      or a.kind is distinct from coalesce(s.kind, r.kind, 'cover')
      or a.day is distinct from coalesce((s.happened_at at time zone 'Europe/London')::date, r.happened_on)
      or a.actor::text is distinct from said.text -> 'actor' ->> 'alias'
      or a.concern::text is distinct from said.text ->> 'concern';
  if before is not null then
    raise exception 'position % is not that of its entry', before using errcode = 'FR008';
  end if;
  return null;
end $$;
create trigger log_position_sound after insert on log_position referencing new table as added
  for each statement execute function check_log_positions();
alter table log_position enable always trigger log_position_sound;

-- 4. A tile holds the hashes of its positions, or the roots of the tiles below it; its own root is theirs (RFC 6962 2.1).
create function tile_root(hashes bytea) returns bytea
  language plpgsql immutable strict set search_path = pg_catalog as $$
declare
  layer bytea := hashes;
begin
  while length(layer) > 32 loop
    select string_agg(sha256('\x01'::bytea || substring(layer from pair * 64 + 1 for 64)), ''::bytea order by pair)
      into layer from generate_series(0, length(layer) / 64 - 1) as pair;
  end loop;
  return layer;
end $$;

create function check_log_tile() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  below bytea;
begin
  if new.level = 0 then
    select string_agg(hash, ''::bytea order by index) into below
      from log_position where index >= new.number * 256 and index < (new.number + 1) * 256;
  else
    select string_agg(root, ''::bytea order by number) into below
      from log_tile where level = new.level - 1 and number >= new.number * 256 and number < (new.number + 1) * 256;
  end if;
  if length(new.hashes) <> 8192 or new.hashes is distinct from below or new.root is distinct from tile_root(new.hashes) then
    raise exception 'tile % of level % is not that of the log', new.number, new.level using errcode = 'FR009';
  end if;
  return new;
end $$;
create trigger log_tile_sound before insert on log_tile for each row execute function check_log_tile();
alter table log_tile enable always trigger log_tile_sound;

-- 5. A checkpoint covers every position there is.
create function check_log_checkpoint() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if new.size is distinct from (select max(index) + 1 from log_position) then
    raise exception 'checkpoint % does not cover the log', new.size using errcode = 'FR010';
  end if;
  return new;
end $$;
create trigger log_checkpoint_sound before insert on log_checkpoint for each row execute function check_log_checkpoint();
alter table log_checkpoint enable always trigger log_checkpoint_sound;

-- 6. What an auditor's own login sees: the entries in their exact text, and every checkpoint.
--    Through a function, since the nightly rewriting cannot write a column anew that a view names.
create function placed_text(place bigint) returns text
  language sql stable security definer set search_path = pg_catalog, public as $$
  select coalesce(s.text, r.text, c.text)
  from log_position p
    left join staff_entry s on p.lane = 'staff' and s.id = p.entry_id
    left join reporter_entry r on p.lane = 'reporter' and r.id = p.entry_id
    left join cover_entry c on p.lane = 'cover' and c.id = p.entry_id
  where p.index = place
$$;
revoke all on function placed_text(bigint) from public;
grant execute on function placed_text(bigint) to forthright_auditor;
create view auditor_entry as select index, placed_text(index) as text from log_position;
create view auditor_checkpoint as select size, note, published_at from log_checkpoint;

-- 7. Rights. The service reads the tree and writes none of it; the signer reads entries and writes the tree; an auditor reads the views.
grant select on cover_entry, log_position, log_tile, log_checkpoint, log_cosignature, log_key to forthright_app;

grant usage on schema public to forthright_signer, forthright_auditor;
grant select (id) on organisation to forthright_signer;
grant select on staff_entry, reporter_entry, cover_entry, log_position, log_tile, log_checkpoint, log_cosignature, log_key to forthright_signer;
grant insert on cover_entry, log_position, log_tile, log_checkpoint, log_cosignature, log_key to forthright_signer;
grant update (retired_at) on log_key to forthright_signer;
grant select on auditor_entry, auditor_checkpoint to forthright_auditor;
