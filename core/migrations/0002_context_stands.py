"""Who did what stands: a history context changes only in the act that wrote it."""

from __future__ import annotations

from django.db import migrations

MAKE = """
CREATE FUNCTION core_context_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.created_at <> now() OR NEW.created_at <> OLD.created_at
       OR NEW.id <> OLD.id THEN
        RAISE EXCEPTION 'a history context cannot be changed after its act';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER core_context_stands BEFORE UPDATE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION core_context_stands();
"""
UNMAKE = """
DROP TRIGGER core_context_stands ON pghistory_context;
DROP FUNCTION core_context_stands();
"""


class Migration(migrations.Migration):
    """A trigger on the table of contexts."""

    dependencies = [
        ("core", "0001_roles"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [migrations.RunSQL(MAKE, UNMAKE)]
