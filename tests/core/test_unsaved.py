"""Rows formed of some of their values are what the model itself makes of them."""

from __future__ import annotations

import pytest
from django.forms.models import model_to_dict

from core.unsaved import unsaved
from proposals.models import Figure, Point


def test_a_row_has_its_values_and_the_others_as_they_begin() -> None:
    point = {"kind": "gain", "key": "gain-1", "text": "Kortere vej", "shared_id": 7}
    figure = {"printed": "12", "year": 2023}

    for model, values in ((Point, point), (Figure, figure)):
        row = unsaved(model, values)
        assert model_to_dict(row) == model_to_dict(model(**values))
        assert row.pk is None
        with pytest.raises(AttributeError):
            row.changed_at  # noqa: B018 -- nobody has saved it
