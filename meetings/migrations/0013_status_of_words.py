"""Fill in the status of the list where a document says exactly that of itself."""

from __future__ import annotations

from typing import Any

from django.db import migrations

# Anything more than the bare word says something else too, and stays as it is.
SAYS = {
    "udkast": "draft",
    "høringsudkast": "hearing",
    "endelig": "final",
    "endelig udgave": "final",
}


def fill(apps: Any, _: object) -> None:
    """Choose from the list what the words say; the words stay."""
    appendix = apps.get_model("meetings", "Appendix")
    for row in appendix.objects.filter(status="").exclude(status_text=""):
        status = SAYS.get(row.status_text.strip(" .").casefold())
        if status:
            appendix.objects.filter(pk=row.pk).update(status=status)


class Migration(migrations.Migration):
    """Of the rows that were there before the list."""

    dependencies = [("meetings", "0012_written")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
