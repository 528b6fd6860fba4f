-- A new version of a limit is announced to staff side before it holds, and can be taken back until then. Nothing else of a version is ever
-- rewritten: what it says was published in the log (domain.md 9.2).
alter table timeliness_rule
  add column announced_on date,
  add column notice_until date,
  add column withdrawn_on date,
  add constraint timeliness_rule_after_notice check (valid_from >= notice_until and notice_until >= announced_on),
  add constraint timeliness_rule_withdrawn_before check (withdrawn_on < valid_from);

revoke update on timeliness_rule from forthright_app;
grant update (withdrawn_on) on timeliness_rule to forthright_app;
