"""What was written and who has read it stays: nobody changes or removes an entry, its words, a file or a reading."""

from django.db import migrations

GUARDED = (
    "instructions_instructionentry",
    "instructions_instructiontext",
    "instructions_instructionfile",
    "instructions_reading",
)

FORWARD = """
CREATE FUNCTION instructions_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on % is not allowed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION instructions_append_only();
CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION instructions_append_only();
"""
    for table in GUARDED
)

# Whoever may use rows by default privileges keeps reading and adding here, and nothing else.
REVOKE = "\n".join(
    f"""
DO $$
DECLARE taker record;
BEGIN
    FOR taker IN
        SELECT DISTINCT grantee FROM information_schema.role_table_grants
        WHERE table_schema = current_schema() AND table_name = '{table}'
          AND grantee <> current_user AND grantee <> 'PUBLIC'
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES ON {table} FROM %I', taker.grantee);
    END LOOP;
END $$;
"""
    for table in GUARDED
)

BACKWARD = (
    "".join(f"DROP TRIGGER {table}_rows ON {table}; DROP TRIGGER {table}_all ON {table};\n" for table in GUARDED)
    + "DROP FUNCTION instructions_append_only();"
)


class Migration(migrations.Migration):
    dependencies = [("instructions", "0001_initial")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(REVOKE, migrations.RunSQL.noop),
    ]
