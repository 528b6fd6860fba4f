-- A declared conflict of interest takes a person's access back at once. Rows that give access, or tell of a concern, may go, and only with the
-- entry that says why.
grant delete on key_grant, escalation, detriment_notice to forthright_app;

create function check_access_taken_back() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not exists (
    select 1 from staff_entry
    where concern_id = old.concern_id and kind = 'conflict_declared' and xmin = pg_current_xact_id()::xid
  ) then
    raise exception 'access was taken back without an entry' using errcode = 'FR004';
  end if;
  return null;
end $$;

create constraint trigger key_grant_taken_back after delete on key_grant
  deferrable initially deferred for each row execute function check_access_taken_back();
create constraint trigger escalation_taken_back after delete on escalation
  deferrable initially deferred for each row execute function check_access_taken_back();
create constraint trigger detriment_notice_taken_back after delete on detriment_notice
  deferrable initially deferred for each row execute function check_access_taken_back();
