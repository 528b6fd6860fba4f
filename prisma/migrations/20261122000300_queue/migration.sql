-- The queue's published order, one index for each part of it, so that a first page costs the same at 1,000 concerns and at 100,000.
-- Prisma's schema does not know indexes with a condition; the words of each condition are those of the query.
drop index concern_by_unread;
create index concern_danger_unanswered on concern (raised_on, id) where danger and status = 'raised';
create index concern_unread on concern (unread_since, raised_on, id) where unread_since is not null and next_clock_due is null;
create index concern_unread_dated on concern (unread_since, raised_on, id) where unread_since is not null and next_clock_due is not null;
create index concern_harmed on concern (raised_on, id) where open_detriment and unread_since is null and status <> 'resolved';
create index concern_ownerless on concern (raised_on, id)
  where owner_id is null and next_clock_due is null and unread_since is null and not open_detriment and status <> 'resolved';
create index concern_owned on concern (raised_on, id)
  where owner_id is not null and next_clock_due is null and unread_since is null and not open_detriment and status <> 'resolved';
