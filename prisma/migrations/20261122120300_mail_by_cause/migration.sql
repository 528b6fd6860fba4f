-- Mail by cause: the regular note at fixed times, prompt letters of staff's acts, notes to known people who asked, and calls where somebody
-- may be in danger (security.md 4: no row with a time is caused by a reporter's act).

-- Whether somebody wants the regular note; null goes by the role.
alter table person add column regular_note boolean;

alter table outbox_letter
  -- 'mail', or 'call': the operator's own command or webhook for text messages and pagers
  add column way text not null default 'mail',
  -- whoever it is for, where that is a member of staff: it is not sent to somebody who lost every role meanwhile
  add column person_id uuid,
  -- address and letter under the worker's own key, where the address would tell who raised a concern; the columns in clear are empty then
  add column sealed bytea;
alter table outbox_letter alter column way drop default,
  add constraint outbox_letter_way_known check (way in ('mail', 'call'));

-- A call for danger has no entry at its time: that time would date a reporter's act to a quarter of an hour, for ever. The entry follows at
-- night, with a date. The row itself goes once it is sent.
drop trigger outbox_letter_logged on outbox_letter;
create constraint trigger outbox_letter_logged after insert on outbox_letter
  deferrable initially deferred for each row when (new.cause <> 'urgent') execute function check_setting_logged();

-- What was done at a fixed time, so that it is done once across processes and restarts. The same rows on days with work and without.
create table mail_slot (
  cause text not null,
  slot timestamptz(3) not null,
  constraint mail_slot_pk primary key (cause, slot)
);
grant select, insert, delete on mail_slot to forthright_app;

-- Where and in which part of the day somebody known wants to be told of an answer, sealed for the worker alone. A reporter's row: no time.
create table notice_wish (
  concern_id uuid not null,
  sealed bytea not null,
  constraint notice_wish_pk primary key (concern_id)
);
create constraint trigger notice_wish_logged after insert or update on notice_wish
  deferrable initially deferred for each row execute function check_part_logged();
grant select, insert, update, delete on notice_wish to forthright_app;

-- Concerns raised with danger, as the quarter-hourly look finds them: counted in looks, without a time. Gone the night after somebody looked.
create table urgent_call (
  concern_id uuid not null,
  -- how many of the list were called
  step integer not null,
  -- looks since the last call, nought again once somebody has looked at the concern
  ticks integer not null,
  answered boolean not null,
  constraint urgent_call_pk primary key (concern_id)
);
grant select, insert, update, delete on urgent_call to forthright_app;

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
  cluster notice_wish using notice_wish_pk;
  alter table notice_wish alter column sealed type bytea using sealed || ''::bytea;
  cluster urgent_call using urgent_call_pk;
  alter table urgent_call alter column concern_id type uuid using (concern_id::text)::uuid;
end $$;
