"""A catalogue that is too long for one page."""

from __future__ import annotations

from proposals.models import Proposal, Term
from tests.makers_proposals import a_catalogue, a_theme


def many_proposals() -> None:
    """107 in two themes, with an actor each two."""
    catalogue, theme = a_catalogue(), a_theme(a_catalogue())
    second = a_theme(catalogue, 2, "Ungdom")
    made = Proposal.objects.bulk_create(
        Proposal(
            catalogue=catalogue,
            theme=second if n > 60 else theme,
            key=f"p-{n}",
            number=n,
            title=f"Forslag {n}",
        )
        for n in range(1, 108)
    )
    Term.objects.bulk_create(
        Term(proposal=row, kind="actor", position=1, text=f"Aktør {n // 2}")
        for n, row in enumerate(made, 1)
    )
