-- The code by which the NHS knows an organisation, where it has one.
alter table organisation add column ods_code text;

-- Keys made anew: what the recovery key gives back takes the place of a grant that nobody can open any more. Nothing else of a grant may change.
grant update (sealed) on key_grant to forthright_app;
