-- Every time the database was put back to an older state: what was kept, what was known to be outside, and which copy it was. Every checkpoint
-- signed afterwards carries the number, so that what was published in between is never taken for tampering.
create table log_restore (
  number integer not null,
  kept_size bigint not null,
  outside_size bigint,
  outside_root bytea,
  copy_on date not null,
  restored_at timestamptz(3) not null,
  notice_until date not null,
  constraint log_restore_pk primary key (number),
  constraint log_restore_outside_whole check ((outside_size is null) = (outside_root is null))
);

create trigger log_restore_append_only before update or delete or truncate on log_restore
  for each statement execute function refuse_log_change();
alter table log_restore enable always trigger log_restore_append_only;

-- They are counted from one without a gap, and each has its entry.
create function check_log_restore_number() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if new.number <> 1 + (select coalesce(max(number), 0) from log_restore) then
    raise exception 'restore % does not follow the one before it', new.number using errcode = 'FR007';
  end if;
  return new;
end $$;
create trigger log_restore_numbered before insert on log_restore for each row execute function check_log_restore_number();
alter table log_restore enable always trigger log_restore_numbered;

create function check_log_restore_declared() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not exists (
    select 1 from staff_entry where kind = 'restore_declared' and (text::json -> 'fields' ->> 'restore')::integer = new.number
      and (text::json -> 'fields' ->> 'kept')::bigint = new.kept_size
  ) then
    raise exception 'restore % has no entry', new.number using errcode = 'FR004';
  end if;
  return null;
end $$;
create constraint trigger log_restore_declared after insert on log_restore
  deferrable initially deferred for each row execute function check_log_restore_declared();

-- The service tells people of it, the signer counts it. Only the owner, which is to say the command that restores, writes it.
grant select on log_restore to forthright_app, forthright_signer;
