"""The city's sequence of item numbers, and what keeps published wordings and citations as they are."""

from django.db import migrations

FORWARD = """
CREATE SEQUENCE knowledge_number;

CREATE FUNCTION knowledge_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'knowledge_knowledgeversion' THEN
        IF (OLD.item_id, OLD.number, OLD.title, OLD.question, OLD.answer, OLD.hint, OLD.legal_basis, OLD.public,
            OLD.published_at)
           IS NOT DISTINCT FROM
           (NEW.item_id, NEW.number, NEW.title, NEW.question, NEW.answer, NEW.hint, NEW.legal_basis, NEW.public,
            NEW.published_at)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'kept as it was: % on % is not allowed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER knowledge_version_kept BEFORE UPDATE ON knowledge_knowledgeversion
    FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION knowledge_kept();
CREATE TRIGGER knowledge_version_stays BEFORE DELETE ON knowledge_knowledgeversion
    FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION knowledge_kept();
CREATE TRIGGER knowledge_citation_kept BEFORE UPDATE OR DELETE ON knowledge_citation
    FOR EACH ROW EXECUTE FUNCTION knowledge_kept();
"""

BACKWARD = """
DROP TRIGGER knowledge_citation_kept ON knowledge_citation;
DROP TRIGGER knowledge_version_stays ON knowledge_knowledgeversion;
DROP TRIGGER knowledge_version_kept ON knowledge_knowledgeversion;
DROP FUNCTION knowledge_kept();
DROP SEQUENCE knowledge_number;
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
