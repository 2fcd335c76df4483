"""The page of one goal: what it says, to whom, and in how many questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accounts.models import Council, Membership
from kkr.demo.contracts import load_contract
from kkr.demo.people import load_people
from kkr.register import load_register

if TYPE_CHECKING:
    from django.test import Client
    from resultcontracts.models import Contract


@pytest.fixture
def loaded(db: None) -> Contract:
    """Give the contract of 2021 as the demo has it."""
    load_register()
    load_people()
    return load_contract(Council.objects.get(slug="sjaelland"))


def test_try(loaded: Contract, client: Client, django_assert_num_queries) -> None:
    user = Membership.objects.get(user__email="greve@kkr.example").user
    client.force_login(user)
    for number in range(1, 19):
        with django_assert_num_queries(8):
            page = client.get(reverse("resultcontracts:goal", args=["2021", number]))
        assert page.status_code == 200, number
