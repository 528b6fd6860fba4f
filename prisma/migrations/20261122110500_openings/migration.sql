-- Names that entries commit to, each with the salt that proves it, sealed under a key kept outside the database. The log itself holds only the
-- commitments: what is destroyed here can be read out of no bundle any more, and the log still verifies.
create table entry_opening (
  entry_id uuid not null,
  alias uuid not null,
  sealed bytea,
  destroyed_on date,
  constraint entry_opening_pk primary key (entry_id),
  constraint entry_opening_kept_or_destroyed check ((sealed is null) = (destroyed_on is not null))
);
create index entry_opening_by_alias on entry_opening (alias);

create trigger entry_opening_stays before delete or truncate on entry_opening
  for each statement execute function refuse_log_change();
alter table entry_opening enable always trigger entry_opening_stays;

-- It may change once, to nothing.
create function check_entry_opening_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if old.sealed is null or new.sealed is not null or new.entry_id <> old.entry_id or new.alias <> old.alias then
    raise exception 'an opening can only be destroyed' using errcode = 'FR001';
  end if;
  return new;
end $$;
create trigger entry_opening_only_destroyed before update on entry_opening for each row execute function check_entry_opening_change();
alter table entry_opening enable always trigger entry_opening_only_destroyed;

-- It belongs to an entry about this person, and goes only with the entry that says so.
create function check_entry_opening_logged() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'INSERT' and not exists (
    select 1 from staff_entry where id = new.entry_id and text::json -> 'fields' ->> 'who' is not null
      and text::json -> 'fields' ->> 'person' = new.alias::text
  ) then
    raise exception 'opening % has no entry', new.entry_id using errcode = 'FR004';
  end if;
  if tg_op = 'UPDATE' and not exists (
    select 1 from staff_entry where kind = 'opening_destroyed' and xmin = pg_current_xact_id()::xid
      and text::json -> 'fields' ->> 'person' = new.alias::text
  ) then
    raise exception 'opening % was destroyed without an entry', new.entry_id using errcode = 'FR004';
  end if;
  return null;
end $$;
create constraint trigger entry_opening_logged after insert or update on entry_opening
  deferrable initially deferred for each row execute function check_entry_opening_logged();

grant select, insert, update on entry_opening to forthright_app;

-- For the guard above: there are few of them among many entries.
create index staff_entry_openings on staff_entry (id) where kind = 'opening_destroyed';
