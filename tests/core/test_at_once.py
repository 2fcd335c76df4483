"""Steps of a migration at once leave what they leave one by one; one that fails is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.db import ProgrammingError, connection, models, transaction
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveConstraint,
    RemoveField,
    RunSQL,
)
from django.db.migrations.state import ProjectState

from core.at_once import AtOnce

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.migrations.operations.base import Operation

pytestmark = pytest.mark.django_db
COLUMNS: Final = """
SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
       column_default
  FROM information_schema.columns WHERE table_name LIKE %s
"""
CONSTRAINTS: Final = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE conrelid::regclass::text LIKE %s
"""
INDEXES: Final = "SELECT tablename, indexdef FROM pg_indexes WHERE tablename LIKE %s"


def begun(label: str) -> list[Operation]:
    """Two tables, one of which points to the other."""
    return [
        CreateModel(
            "Book",
            [
                ("id", models.AutoField(primary_key=True)),
                ("title", models.CharField(max_length=9)),
                ("old", models.IntegerField()),
                ("pages", models.IntegerField(null=True)),
            ],
            {
                "constraints": [
                    models.UniqueConstraint(name=f"{label}_one", fields=("title",))
                ]
            },
        ),
        CreateModel(
            "Leaf",
            [
                ("id", models.AutoField(primary_key=True)),
                ("book", models.ForeignKey(f"{label}.Book", models.CASCADE)),
            ],
        ),
    ]


def changes(label: str) -> list[Operation]:
    """A step of each kind that may stand with others."""
    few = models.Q(number__lt=10)
    return [
        RemoveConstraint("book", f"{label}_one"),
        RemoveField("book", "old"),
        AddField("leaf", "number", models.IntegerField(default=1)),
        AddField(
            "leaf", "before", models.ForeignKey("self", models.PROTECT, null=True)
        ),
        AddField("book", "named_in", models.ManyToManyField(f"{label}.Leaf")),
        AlterField("book", "title", models.CharField(max_length=99, unique=True)),
        AlterField("book", "pages", models.BigIntegerField(default=0)),
        AddIndex("leaf", models.Index(fields=("number",), name=f"{label}_no")),
        AddConstraint(
            "leaf", models.CheckConstraint(name=f"{label}_few", condition=few)
        ),
    ]


def run(label: str, state: ProjectState, steps: Sequence[Operation]) -> ProjectState:
    """Take the steps as Django does."""
    for step in steps:
        now = state.clone()
        step.state_forwards(label, now)
        with connection.schema_editor() as editor:
            step.database_forwards(label, editor, state, now)
        state = now
    return state


def schema(label: str) -> list[set[Any]]:
    """What the database has under a label, which is left out of it."""
    found = []
    with connection.cursor() as cursor:
        for query in (COLUMNS, CONSTRAINTS, INDEXES):
            cursor.execute(query, [f"{label}\\_%"])
            rows = [tuple(map(str, row)) for row in cursor.fetchall()]
            found.append({tuple(_bare(each, label) for each in row) for row in rows})
    return found


def _bare(text: str, label: str) -> str:
    """Leave the label out, and the digest that Django makes of the name of a table."""
    return re.sub(r"_[0-9a-f]{8}(?=_|\b)", "", text.replace(label, "app"))


def told(state: ProjectState, label: str) -> dict[str, Any]:
    """What is known of the models."""
    return {
        model.name: (
            {
                n: repr(f.deconstruct()[1:]).replace(label, "app")
                for n, f in model.fields.items()
            },
            repr(model.options).replace(label, "app"),
        )
        for (app, _), model in state.models.items()
        if app == label
    }


def test_steps_at_once_leave_what_they_leave_one_by_one() -> None:
    one, many = (
        run(label, ProjectState(), begun(label)) for label in ("aone", "amany")
    )
    before = schema("amany")

    one = run("aone", one, [AtOnce(changes("aone"))])
    many = run("amany", many, changes("amany"))

    assert schema("aone") == schema("amany")
    assert schema("amany") != before
    assert all(schema("amany"))
    assert told(one, "aone") == told(many, "amany")
    fields = one.apps.get_model("aone", "Leaf")._meta.get_fields()
    assert {"number", "before"} <= {field.name for field in fields}


def test_a_step_that_fails_is_named() -> None:
    steps = [
        AddField("leaf", "number", models.IntegerField(default=1)),
        RunSQL("SELECT 1 FROM what_there_is_not"),
        AddField("leaf", "never", models.IntegerField(default=1)),
    ]
    state = run("aone", ProjectState(), begun("aone"))

    with pytest.raises(ProgrammingError) as told_of, transaction.atomic():
        run("aone", state, [AtOnce(steps)])

    assert told_of.value.__notes__ == ["Step 2 of 3: Raw SQL operation"]
