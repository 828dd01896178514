"""What was done to the rules is kept: nobody changes or removes a line of the record, the application's role least."""

from django.db import migrations

TABLE = "calendars_rulerecord"

FORWARD = f"""
CREATE FUNCTION calendars_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on % is not allowed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER {TABLE}_rows BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION calendars_append_only();
CREATE TRIGGER {TABLE}_all BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION calendars_append_only();
"""

# Whoever may use rows by default privileges keeps reading and adding here, and nothing else.
REVOKE = f"""
DO $$
DECLARE taker record;
BEGIN
    FOR taker IN
        SELECT DISTINCT grantee FROM information_schema.role_table_grants
        WHERE table_schema = current_schema() AND table_name = '{TABLE}'
          AND grantee <> current_user AND grantee <> 'PUBLIC'
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES ON {TABLE} FROM %I', taker.grantee);
    END LOOP;
END $$;
"""

BACKWARD = f"""
DROP TRIGGER {TABLE}_rows ON {TABLE}; DROP TRIGGER {TABLE}_all ON {TABLE};
DROP FUNCTION calendars_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("calendars", "0002_drafts")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(REVOKE, migrations.RunSQL.noop),
    ]
