-- "Send it on": a lead to whom the person who raised a concern brought it with their own code, once a promise was broken. Apart from what staff
-- escalate, whose rows carry a time: a reporter's row has a date.
create table sent_on (
  id uuid not null,
  concern_id uuid not null,
  person_id uuid not null,
  sent_on date not null,
  constraint sent_on_pk primary key (id)
);
create unique index sent_on_once on sent_on (concern_id, person_id);
create index sent_on_by_person on sent_on (person_id, sent_on);
create constraint trigger sent_on_logged after insert or update on sent_on
  deferrable initially deferred for each row execute function check_part_logged();
create constraint trigger sent_on_taken_back after delete on sent_on
  deferrable initially deferred for each row execute function check_access_taken_back();
grant select, insert, delete on sent_on to forthright_app;

-- The night lays these rows too by their random keys. Added to what the function does already, whatever that is: it grows with each table that a
-- reporter's act writes to.
do $migration$
declare
  before text := pg_get_functiondef('forget_reporter_order()'::regprocedure);
  after text := regexp_replace(before, 'end\s*\$function\$\s*$', E'  cluster sent_on using sent_on_pk;\n'
    || E'  alter table sent_on alter column person_id type uuid using (person_id::text)::uuid;\nend $function$');
begin
  if after = before then
    raise exception 'forget_reporter_order is not written as it was';
  end if;
  execute after;
end $migration$;
