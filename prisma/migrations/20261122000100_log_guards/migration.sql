-- P3 and P4 as invariants of the database: what the application forgets, PostgreSQL refuses.

-- 1. The log is append-only. ENABLE ALWAYS: session_replication_role does not switch these off. A superuser can still drop them.
create function refuse_log_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  raise exception 'the log is append-only' using errcode = 'FR001';
end $$;

create trigger staff_entry_append_only before update or delete or truncate on staff_entry
  for each statement execute function refuse_log_change();
create trigger reporter_entry_append_only before update or delete or truncate on reporter_entry
  for each statement execute function refuse_log_change();
alter table staff_entry enable always trigger staff_entry_append_only;
alter table reporter_entry enable always trigger reporter_entry_append_only;

-- 2. An entry's hash is the RFC 6962 leaf hash of its text, and the text names the hash of the lane's previous entry.
create function check_staff_entry() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before bytea;
  said json := new.text::json;
begin
  if new.hash <> sha256('\x00'::bytea || convert_to(new.text, 'UTF8')) then
    raise exception 'entry % does not match its hash', new.id using errcode = 'FR002';
  end if;
  if (new.concern_id is null) <> (new.number is null) or said ->> 'kind' is distinct from new.kind
     or (said ->> 'number')::integer is distinct from new.number
     or (said ->> 'at')::timestamptz is distinct from date_trunc('second', new.happened_at) then
    raise exception 'entry % does not say what its row says', new.id using errcode = 'FR006';
  end if;
  if new.concern_id is not null and not exists (
    select 1 from concern where id = new.concern_id and log_alias::text = said ->> 'concern' and staff_log_count >= new.number
  ) then
    raise exception 'entry % is not one its concern counts', new.id using errcode = 'FR006';
  end if;
  if new.concern_id is not null and new.number > 1 then
    select hash into before from staff_entry where concern_id = new.concern_id and number = new.number - 1;
    if before is null or (said ->> 'previous') is distinct from encode(before, 'hex') then
      raise exception 'entry % does not follow the one before it', new.id using errcode = 'FR003';
    end if;
  end if;
  perform set_config('forthright.entry_written', pg_current_xact_id()::text, true);
  return new;
end $$;

create function check_reporter_entry() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before bytea;
  said json := new.text::json;
begin
  if new.hash <> sha256('\x00'::bytea || convert_to(new.text, 'UTF8')) then
    raise exception 'entry % does not match its hash', new.id using errcode = 'FR002';
  end if;
  if said ->> 'kind' is distinct from new.kind or (said ->> 'number')::integer is distinct from new.number
     or (said ->> 'on')::date is distinct from new.happened_on or (new.kind = 'concern_raised') <> (new.number = 1) then
    raise exception 'entry % does not say what its row says', new.id using errcode = 'FR006';
  end if;
  if not exists (
    select 1 from concern where id = new.concern_id and log_alias::text = said ->> 'concern' and reporter_log_count >= new.number
  ) then
    raise exception 'entry % is not one its concern counts', new.id using errcode = 'FR006';
  end if;
  if new.number > 1 then
    select hash into before from reporter_entry where concern_id = new.concern_id and number = new.number - 1;
    if before is null or (said ->> 'previous') is distinct from encode(before, 'hex') then
      raise exception 'entry % does not follow the one before it', new.id using errcode = 'FR003';
    end if;
  end if;
  return new;
end $$;

create trigger staff_entry_linked before insert on staff_entry for each row execute function check_staff_entry();
create trigger reporter_entry_linked before insert on reporter_entry for each row execute function check_reporter_entry();
alter table staff_entry enable always trigger staff_entry_linked;
alter table reporter_entry enable always trigger reporter_entry_linked;

-- 3. No change to a concern without entries: at COMMIT one of its counters must have grown, every number in between must be
--    there, and the last entry must be the one the concern points at.
create function check_concern_logged() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  c concern%rowtype;
  staff_before integer := 0;
  reporter_before integer := 0;
begin
  select * into c from concern where id = new.id;
  if tg_op = 'UPDATE' then
    staff_before := old.staff_log_count;
    reporter_before := old.reporter_log_count;
  end if;
  if c.staff_log_count < staff_before or c.reporter_log_count < reporter_before
     or c.staff_log_count + c.reporter_log_count <= staff_before + reporter_before then
    raise exception 'a concern changed without an entry' using errcode = 'FR004';
  end if;
  if c.staff_log_count > staff_before then
    if (select count(*) from staff_entry where concern_id = c.id and number > staff_before and number <= c.staff_log_count)
         <> c.staff_log_count - staff_before
       or not exists (select 1 from staff_entry where concern_id = c.id and number = c.staff_log_count and hash = c.staff_log_head) then
      raise exception 'a concern points at entries that are not there' using errcode = 'FR005';
    end if;
  end if;
  if c.reporter_log_count > reporter_before then
    if (select count(*) from reporter_entry where concern_id = c.id and number > reporter_before and number <= c.reporter_log_count)
         <> c.reporter_log_count - reporter_before
       or not exists (select 1 from reporter_entry where concern_id = c.id and number = c.reporter_log_count and hash = c.reporter_log_head) then
      raise exception 'a concern points at entries that are not there' using errcode = 'FR005';
    end if;
  end if;
  return null;
end $$;

create constraint trigger concern_logged after insert or update on concern
  deferrable initially deferred for each row execute function check_concern_logged();

-- 4. Items, grants, compartments and approvals belong to a concern that this same transaction changed, and so logged (3).
create function check_part_logged() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not exists (select 1 from concern where id = new.concern_id and xmin = pg_current_xact_id()::xid) then
    raise exception 'a part of a concern changed without an entry' using errcode = 'FR004';
  end if;
  return null;
end $$;

create constraint trigger compartment_logged after insert or update on compartment
  deferrable initially deferred for each row execute function check_part_logged();
create constraint trigger key_grant_logged after insert or update on key_grant
  deferrable initially deferred for each row execute function check_part_logged();
create constraint trigger reporter_item_logged after insert or update on reporter_item
  deferrable initially deferred for each row execute function check_part_logged();
create constraint trigger staff_item_logged after insert or update on staff_item
  deferrable initially deferred for each row execute function check_part_logged();
create constraint trigger approval_logged after insert or update on approval
  deferrable initially deferred for each row execute function check_part_logged();
create constraint trigger escalation_logged after insert or update on escalation
  deferrable initially deferred for each row execute function check_part_logged();
create constraint trigger reporter_key_logged after insert or update on reporter_key
  deferrable initially deferred for each row execute function check_part_logged();

-- 5. People, rights, rules and settings: some entry of this transaction.
create function check_setting_logged() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if current_setting('forthright.entry_written', true) is distinct from pg_current_xact_id()::text then
    raise exception '% changed without an entry', tg_table_name using errcode = 'FR004';
  end if;
  return null;
end $$;

create constraint trigger person_logged after insert or update or delete on person
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger recipient_set_logged after insert or update or delete on recipient_set
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger recipient_set_signature_logged after insert or update or delete on recipient_set_signature
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger organisation_logged after insert or update or delete on organisation
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger intake_group_logged after insert or update or delete on intake_group
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger site_logged after insert or update or delete on site
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger speak_up_contact_logged after insert or update or delete on speak_up_contact
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger bank_holiday_logged after insert or update or delete on bank_holiday
  deferrable initially deferred for each row execute function check_setting_logged();
create constraint trigger timeliness_rule_logged after insert or update or delete on timeliness_rule
  deferrable initially deferred for each row execute function check_setting_logged();

-- 6. Rows that reporters write keep neither the order nor the transaction in which they were written (P2). CLUSTER lays them in the
--    order of their random keys; changing a column's type then writes every row anew under one transaction number. In this order, and
--    no other: the rewriting gives new numbers to values kept outside their rows (TOAST), one after the other as the rows lie,
--    and CLUSTER keeps such numbers.
create function forget_reporter_order() returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  set local lock_timeout = '2s';
  cluster concern using concern_pk;
  alter table concern alter column channel type text using channel || '';
  cluster reporter_key using reporter_key_pk;
  alter table reporter_key alter column wrapped_keys type bytea using wrapped_keys || ''::bytea;
  cluster compartment using compartment_pk;
  alter table compartment alter column public_key type bytea using public_key || ''::bytea;
  cluster key_grant using key_grant_pk;
  alter table key_grant alter column sealed type bytea using sealed || ''::bytea;
  cluster reporter_item using reporter_item_pk;
  alter table reporter_item alter column signature type bytea using signature || ''::bytea;
  cluster reporter_entry using reporter_entry_pk;
  alter table reporter_entry alter column text type text using text || '';
  cluster receipt using receipt_pk;
  alter table receipt alter column sealed type bytea using sealed || ''::bytea;
  cluster reporter_session using reporter_session_pk;
  alter table reporter_session alter column sealed type bytea using sealed || ''::bytea;
end $$;
revoke all on function forget_reporter_order() from public;
