"""Forms of what stands beside a measure.

Source: docs/rules.md R-122.
"""

from __future__ import annotations

from typing import Any

from resultcontracts.forms.fields import NumberField, OneLine
from resultcontracts.forms.parts.base import PartForm
from resultcontracts.models import (
    Benchmark,
    MunicipalResult,
    SharedTotal,
)


class BenchmarkForm(PartForm):
    """A number to compare with."""

    name = OneLine(
        label="Hvem",
        max_length=80,
        help_text="Fx øvrige huse.",
        error_messages={"required": "Skriv, hvem tallet er fra."},
    )
    value = NumberField(label="Tal", error_messages={"required": "Skriv tallet."})
    period_name = OneLine(label="Gælder for", max_length=60, required=False)
    note = OneLine(label="Grundlag", max_length=200, required=False)

    class Meta:
        model = Benchmark
        fields = ("name", "value", "period_name", "is_derived", "note")


class SharedTotalForm(PartForm):
    """A total that municipalities have parts of."""

    name = OneLine(
        label="Hvad der deles",
        max_length=80,
        help_text="Fx aftalte forløb.",
        error_messages={"required": "Skriv, hvad der deles."},
    )
    source = OneLine(label="Kilde", max_length=200, required=False)

    class Meta:
        model = SharedTotal
        fields = ("name", "total", "source")


class MunicipalResultForm(PartForm):
    """A municipality's own number."""

    value = NumberField(label="Tal", error_messages={"required": "Skriv tallet."})
    unit = OneLine(
        label="Enhed", max_length=60, required=False, help_text="Fx virksomheder."
    )
    period_name = OneLine(label="Gælder for", max_length=60, required=False)
    source = OneLine(label="Kilde", max_length=200, required=False)
    note = OneLine(label="Hvad kilden siger", max_length=300, required=False)

    class Meta:
        model = MunicipalResult
        fields = (
            "municipality", "qualifier", "value", "unit", "period_name", "source",
            "note",
        )  # fmt: skip

    def prepare(self) -> None:
        """A municipality is the council's own."""
        own: Any = self.fields["municipality"]
        own.queryset = own.queryset.filter(council=self.contract.council_id)
        own.empty_label = "Vælg kommunen"
