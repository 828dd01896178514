"""What was done about an emergency is kept: nobody changes or removes a line of its record."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION emergencies_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on % is not allowed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER emergencies_entry_rows BEFORE UPDATE OR DELETE ON emergencies_emergencyentry
    FOR EACH ROW EXECUTE FUNCTION emergencies_append_only();
CREATE TRIGGER emergencies_entry_all BEFORE TRUNCATE ON emergencies_emergencyentry
    FOR EACH STATEMENT EXECUTE FUNCTION emergencies_append_only();
CREATE TRIGGER emergencies_period_stays BEFORE DELETE ON emergencies_emergencyperiod
    FOR EACH ROW EXECUTE FUNCTION emergencies_append_only();
"""

BACKWARD = """
DROP TRIGGER emergencies_period_stays ON emergencies_emergencyperiod;
DROP TRIGGER emergencies_entry_all ON emergencies_emergencyentry;
DROP TRIGGER emergencies_entry_rows ON emergencies_emergencyentry;
DROP FUNCTION emergencies_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("emergencies", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
