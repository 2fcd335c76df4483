"""Many steps of a migration at the cost of one.

After each step Django forms anew every model that is related to the changed one. Where all
are related, a migration of two hundred steps spends a minute on models nobody asks for.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState


class AtOnce(Operation):
    """Steps that change models which are there, in their order.

    Each finds the models as they are before the first or after the last of them. So no two
    may change the same field, constraint or trigger, and none may make a model. They are
    not taken back: what was there before is in the backup that is made before a release.
    """

    reversible = False
    serialization_expand_args: ClassVar = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change what is known of the models, and form them when they are asked for."""
        # Django's own cache of the formed models: without it no step forms any.
        state.__dict__.pop("apps", None)
        for number, operation in enumerate(self.operations, start=1):
            with self._naming(number):
                operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Change the tables."""
        for number, operation in enumerate(self.operations, start=1):
            with self._naming(number):
                operation.database_forwards(
                    app_label, schema_editor, from_state, to_state
                )

    def describe(self) -> str:
        """Say what it does, for who migrates."""
        return f"{len(self.operations)} steps at once"

    @contextmanager
    def _naming(self, number: int) -> Iterator[None]:
        """Say of a step that fails which it is: Django names the whole only."""
        try:
            yield
        except Exception as error:
            step = self.operations[number - 1].describe()
            error.add_note(f"Step {number} of {len(self.operations)}: {step}")
            raise
