-- A handler's own notes: sealed to the writer's key alone, so a row says who wrote when, as a team note's does, and nothing else.
create table private_note (
  id uuid not null,
  concern_id uuid not null,
  person_id uuid not null,
  written_at timestamptz(3) not null,
  item_key bytea not null,
  ciphertext bytea not null,
  signature bytea not null,
  constraint private_note_pk primary key (id)
);
create index private_note_by_writer on private_note (concern_id, person_id, written_at);

-- Saved views of the queue. Name and filters are sealed under a key kept outside the database: people write names.
create table saved_view (
  id uuid not null,
  person_id uuid not null,
  team boolean not null,
  sealed bytea not null,
  constraint saved_view_pk primary key (id)
);
create index saved_view_by_person on saved_view (person_id);
create index saved_view_of_teams on saved_view (id) where team;

-- What a member of staff has typed and not sent yet, sealed to the writer's own key: a form is answered by a redirect, never by a page.
create table written_draft (
  id uuid not null,
  person_id uuid not null,
  kept_at timestamptz(3) not null,
  item_key bytea not null,
  ciphertext bytea not null,
  signature bytea not null,
  constraint written_draft_pk primary key (id)
);
create index written_draft_by_person on written_draft (person_id, kept_at);

create constraint trigger private_note_logged after insert or update on private_note
  deferrable initially deferred for each row execute function check_part_logged();
create constraint trigger saved_view_logged after insert or update or delete on saved_view
  deferrable initially deferred for each row execute function check_setting_logged();

grant select on private_note, saved_view, written_draft to forthright_app;
grant insert on private_note to forthright_app;
grant insert, update, delete on saved_view, written_draft to forthright_app;

-- A guardian's own hours are summed from entries, without opening anything.
create index staff_entry_contacts on staff_entry (actor_id, concern_id) where kind = 'contact_logged';

-- Closed and withdrawn concerns leave the queue as resolved ones do. The words of each condition are those of the query.
drop index concern_harmed;
drop index concern_ownerless;
drop index concern_owned;
create index concern_harmed on concern (raised_on, id)
  where open_detriment and unread_since is null and status not in ('resolved', 'closed', 'withdrawn');
create index concern_ownerless on concern (raised_on, id)
  where owner_id is null and next_clock_due is null and unread_since is null and not open_detriment
    and status not in ('resolved', 'closed', 'withdrawn');
create index concern_owned on concern (raised_on, id)
  where owner_id is not null and next_clock_due is null and unread_since is null and not open_detriment
    and status not in ('resolved', 'closed', 'withdrawn');
