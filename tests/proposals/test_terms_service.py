"""Names one a line: two people's changes never collide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.models import Term
from proposals.services.terms import edit_terms, merge_lines, names_by_kind
from tests.makers_packets import a_user
from tests.makers_proposals import a_proposal

if TYPE_CHECKING:
    from proposals.models import Proposal

NAMES = st.lists(st.sampled_from("abcdefg"), unique=True)


@given(NAMES, NAMES, NAMES)
def test_what_either_added_is_there_and_what_either_took_out_is_gone(
    base: list[str], theirs: list[str], mine: list[str]
) -> None:
    merged = set(merge_lines(base, theirs, mine))

    added = (set(theirs) | set(mine)) - set(base)
    kept = set(base) & set(theirs) & set(mine)
    assert merged == added | kept


@given(NAMES, NAMES)
def test_alone_one_gets_exactly_what_one_wrote(
    base: list[str], mine: list[str]
) -> None:
    assert merge_lines(base, base, mine) == tuple(mine)


def with_laws(*names: str) -> Proposal:
    proposal = a_proposal()
    for position, name in enumerate(names, 1):
        Term.objects.create(proposal=proposal, kind="law", position=position, text=name)
    return proposal


@pytest.mark.django_db
def test_names_are_saved_in_the_order_of_the_lines_without_empty_ones() -> None:
    proposal = with_laws("a", "b")

    terms = {"law": ("b", "", " c  d ", "b")}
    kept = edit_terms(proposal, terms=terms, base={"law": ("a", "b")}, by=a_user())

    assert names_by_kind(proposal) == {"law": ("b", "c d")}
    assert kept == ()


@pytest.mark.django_db
def test_anothers_new_name_is_kept_and_said() -> None:
    proposal = with_laws("a", "deres")

    terms = {"law": ("a", "min"), "scheme": ("x",)}
    kept = edit_terms(proposal, terms=terms, base={"law": ("a",)}, by=a_user())

    assert names_by_kind(proposal) == {"law": ("a", "min", "deres"), "scheme": ("x",)}
    assert kept == ("law",)


@pytest.mark.django_db
def test_saving_the_same_names_changes_no_version() -> None:
    proposal = with_laws("a")

    edit_terms(proposal, terms={"law": ("a",)}, base={"law": ("a",)}, by=a_user())

    proposal.refresh_from_db()
    assert proposal.version == 1
