"""What is found of sent versions: each link opens the version it names."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains

from core.search.indexing import index
from meetings.models import AgendaItem, Appendix
from tests.kkr.searched import page_text
from tests.makers_packets import a_publication, a_user

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
VERSIONED = re.compile(r'href="([^"]*version=\d[^"]*)"')


@pytest.fixture(autouse=True, scope="module")
def sent_thrice(kept: None) -> None:
    """Version 2 has another title, version 3 lacks 2.1 Bilag 2."""
    meeting = a_publication().meeting
    AgendaItem.objects.update(title="Et brev om praktik")
    a_publication(meeting)
    Appendix.objects.filter(key="brev-2").update(is_withdrawn=True)
    a_publication(meeting)
    index()


@pytest.mark.parametrize("words", ["brev", "filmfond", "praktikordningen", "indspil"])
@pytest.mark.parametrize("is_editor", [False, True])
def test_every_link_to_a_sent_version_opens_it(
    client: Client,
    words: str,
    is_editor: bool,  # noqa: FBT001
) -> None:
    if is_editor:
        client.force_login(a_user())
    page = client.get("/soeg/", {"q": words}).content.decode()
    links = {unescape(link) for link in VERSIONED.findall(page)}

    assert links
    for link in links:
        number = re.findall(r"version=(\d)", link)[0]
        assertContains(client.get(link), f"ersion&nbsp;{number}")


def test_an_item_was_sent_as_its_number(client: Client) -> None:
    client.force_login(a_user())

    page = page_text(client.get("/soeg/?q=brev"))

    assert "sendt som 2.1" in page
    assert "sendt som Et brev" not in page
