"""The form of any row of a contract.

Source: docs/rules.md R-125.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.forms import VersionedModelForm

if TYPE_CHECKING:
    from resultcontracts.models import Contract


class PartForm(VersionedModelForm[Any]):
    """A row of a contract; ``contract`` and ``parent`` say where it stands."""

    def __init__(
        self, *args: Any, contract: Contract, parent: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        self.parent = parent
        self.prepare()

    def prepare(self) -> None:
        """Offer only what belongs to the contract."""
