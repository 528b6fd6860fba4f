-- What the running service may do, and no more. It owns nothing, deletes no concern and rewrites no sealed item.
grant usage on schema public to forthright_app;
grant select on all tables in schema public to forthright_app;

grant insert on staff_entry, reporter_entry to forthright_app;
grant insert on compartment, key_grant, reporter_key, reporter_item, staff_item, escalation to forthright_app;
grant insert, update on concern, approval to forthright_app;
grant insert, update on person to forthright_app;
grant insert on recipient_set, recipient_set_signature to forthright_app;
grant insert, update on organisation, intake_group, site, speak_up_contact, bank_holiday, timeliness_rule to forthright_app;
grant insert, update, delete on staff_session, kept_text, reporter_session, receipt to forthright_app;
grant execute on function forget_reporter_order() to forthright_app;
