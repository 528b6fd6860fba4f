-- Rows that reporters' later acts write: dates and ids, no time (P2).
create table detriment_notice (
  id uuid not null,
  concern_id uuid not null,
  item_id uuid not null,
  person_id uuid not null,
  constraint detriment_notice_pk primary key (id)
);
create unique index detriment_notice_once on detriment_notice (item_id, person_id);
create index detriment_notice_by_person on detriment_notice (person_id);
create constraint trigger detriment_notice_logged after insert or update on detriment_notice
  deferrable initially deferred for each row execute function check_part_logged();

-- Names no concern: whoever reads it learns how a quarter went, and not from whom.
create table feedback_answer (
  id uuid not null,
  quarter text not null,
  answer text not null,
  constraint feedback_answer_pk primary key (id)
);

grant select, insert on detriment_notice, feedback_answer to forthright_app;
-- A new code wraps the same keys anew; the keys themselves never change.
grant update (locator, wrapped_keys) on reporter_key to forthright_app;

-- The night writes the new tables anew as well.
create or replace function forget_reporter_order() returns void
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
  cluster detriment_notice using detriment_notice_pk;
  alter table detriment_notice alter column item_id type uuid using (item_id::text)::uuid;
  cluster feedback_answer using feedback_answer_pk;
  alter table feedback_answer alter column answer type text using answer || '';
end $$;

-- Bad treatment is looked for wherever the concern stands, closed ones too. The words of the condition are those of the query.
create index concern_detriment_open on concern (raised_on, id) where open_detriment;
