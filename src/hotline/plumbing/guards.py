"""Guards of tables to which rows are only added: nobody changes or removes one, the application's role least of all.

Auditors rely on it. Migrations call it; what it makes is in databases already, so it is never changed, only added to.
"""

from django.db import migrations


def append_only(app: str, *tables: str) -> list[migrations.RunSQL]:
    """Triggers that refuse every change to rows of these tables, and the rights to make one taken away."""
    return [
        migrations.RunSQL(_forward(app, tables), _backward(app, tables)),
        migrations.RunSQL("\n".join(_revoke(table) for table in tables), migrations.RunSQL.noop),
    ]


def _forward(app: str, tables: tuple[str, ...]) -> str:
    return f"""
CREATE FUNCTION {app}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on % is not allowed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
""" + "".join(
        f"""
CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {app}_append_only();
CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {app}_append_only();
"""
        for table in tables
    )


def _revoke(table: str) -> str:
    """Whoever may use rows by default privileges keeps reading and adding here, and nothing else."""
    return f"""
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
"""  # noqa: S608  # names of our own tables, written in migrations


def _backward(app: str, tables: tuple[str, ...]) -> str:
    drops = "".join(f"DROP TRIGGER {table}_rows ON {table}; DROP TRIGGER {table}_all ON {table};\n" for table in tables)
    return f"{drops}DROP FUNCTION {app}_append_only();"
