"""Without a script: where "Fortryd" leads, the focus lands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from core.notices import Undo
from proposals.models import CrossReference, Figure
from tests.makers_around import a_group, a_note, a_vision
from tests.makers_packets import a_council
from tests.makers_positions import a_secretary
from tests.makers_proposals import a_proposal, a_shared_point, a_step, a_theme, a_unit

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Press:
    """A form that does what can be undone."""

    url: str
    data: dict[str, Any]


def presses() -> dict[str, Press]:
    """One of everything that is deleted or edited, and taken back."""
    row, other, unit = a_proposal(7), a_proposal(8), a_unit(1)
    away = {"remove": "ja"}
    point, step = row.points.get(kind="gain", position=1), a_step(row)
    figure = Figure.objects.create(proposal=row, position=1, printed="4", what="x")
    link = CrossReference.objects.create(
        proposal=row, to=other, position=1, wording="jf."
    )
    vision, group = a_vision(a_council(), row), a_group(unit, "Gruppe A", "Faxe")
    note, theme = a_note(a_council(), row), a_theme(row.catalogue, 4, "Tomt")
    shared = a_shared_point(unit)
    return {
        "point": Press(f"/forslag/7/punkter/{point.pk}/fjernelse/", away),
        "edited point": Press(
            f"/forslag/7/punkter/{point.pk}/",
            {"text": "Ny tekst", "version": point.version},
        ),
        "figure": Press(f"/forslag/7/tal/{figure.pk}/fjernelse/", away),
        "link": Press(f"/forslag/7/henvisninger/{link.pk}/fjernelse/", away),
        "step": Press(f"/forslag/7/vejen/{step.pk}/fjernelse/", away),
        "group": Press(f"/samdrift/1/grupper/{group.pk}/fjernelse/", away),
        "note": Press(f"/forslag/uens/{note.key}/fjernelse/", away),
        "vision": Press(f"/forslag/visioner/{vision.key}/fjernelse/", away),
        "theme": Press(f"/forslag/temaer/{theme.key}/fjernelse/", away),
        "shared point": Press(
            f"/samdrift/faelles/{shared.key}/fjernelse/",
            {"point": [shared.points.get().pk]},
        ),
        "proposal": Press("/forslag/8/fjernelse/", away),
    }


def test_what_is_taken_back_has_the_focus_or_what_is_said_of_it(client: Client) -> None:
    client.force_login(a_secretary())
    for name, press in presses().items():
        done = client.post(press.url, press.data)
        assert done.status_code == 302, name
        page = client.get(done["Location"].partition("#")[0])
        *_, message = page.context["messages"]
        back = Undo.read(message.extra_tags)
        assert back is not None, name

        undone = client.post(back.url, dict(back.fields))

        url, _, anchor = undone["Location"].partition("#")
        assert anchor, name
        shown = client.get(url).content.decode()
        (element,) = re.findall(rf'<[^>]* id="{anchor}"[^>]*>', shown)
        assert 'tabindex="-1"' in element, (name, element)
