"""More than fits a page: lists, what is picked in them, the board, what is printed."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from meetings.models import Appendix
from proposals.lists.picked import numbers_in, spans_of
from proposals.models import Catalogue
from tests.makers import a_meeting, an_item
from tests.makers_packets import a_user
from tests.proposals.many import many_proposals

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from proposals.lists.page import ListPage

pytestmark = pytest.mark.django_db
PRINT = "/forslag/udskriv/"
LONGEST_LINE = 4094  # that gunicorn takes


def _list(client: Client, url: str) -> ListPage:
    shown: ListPage = client.get(url).context["list"]
    return shown


def test_many_are_named_shortly_and_a_theme_goes_on_over_the_page(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(a_user())
    many_proposals()
    shown = _list(client, "/forslag/?side=2")
    assert [g.name for g in shown.groups] == ["1. Styring, fortsat", "2. Ungdom"]
    third = _list(client, "/forslag/?side=3")
    assert [g.name for g in third.groups] == ["2. Ungdom, fortsat"]
    by_title = _list(client, "/forslag/?side=3&sorter=titel&tema=tema-2")
    assert [g.name for g in by_title.groups] == ["Titel"]  # 47 are one page
    with django_assert_num_queries(5):
        page = client.get("/forslag/?sorter=titel&side=2").content.decode()
    for words in (
        "Titel, fortsat",
        'rel="next" href="?sorter=titel&amp;side=3"',
        "107\xa0forslag i 2\xa0temaer",
        "107\xa0forslag, 50 på denne side",
        "Vælg de 50 på siden",
        "Vælg alle 107",
    ):
        assert words in page
    every = _list(client, shown.all_picked_url)
    assert shown.all_picked_url == "/forslag/?side=2&valgt=1-107"
    assert (every.picked_words, len(every.asked.picked)) == ("forslag 1–107", 107)
    assert every.spans_elsewhere == ["1-50", "101-107"]
    assert "heraf 57 på andre sider" in client.get(shown.all_picked_url).text
    some = _list(client, f"{shown.page_picked_url}&valgt=1&valgt=3")
    assert some.picked_words == "forslag 1, 3 og 51–100"
    board = client.get("/forslag/temaer/").text
    for words in (
        "60\xa0forslag. Ingen kommuner er spurgt.",
        "De første 10 af 60\xa0forslag.",
        '?tema=tema-1">Vis alle 60 i listen',
    ):
        assert words in board
    assert board.count('class="theme-board__title"') == 20
    assert board.count("I alt, ") == 2
    status = client.get("/forslag/status/?valgt=1-50&valgt=105-9999").text
    assert "53\xa0forslag valgt: 1–50, 105–107" in status
    assert "Forslag 108–9999 er der ikke." in status
    assert 'value="1-50,105-107"' in status


@given(st.sets(st.integers(1, 600), max_size=600))
def test_what_is_picked_comes_back_from_an_address_that_is_short_enough(
    numbers: set[int],
) -> None:
    spans = spans_of(numbers)
    assert numbers_in(spans) == sorted(numbers)
    # Every other one of them is the worst there is.
    assert len(urlencode([("valgt", span) for span in spans])) < LONGEST_LINE - 500


def _taken(page: str, name: str = "records") -> tuple[list[int], int]:
    """What the form of a page takes along as picked, and how many boxes it has."""
    every = re.findall(
        rf'<input type="(\w+)"[^>]*name="{name}" value="([^"]+)"(.*?)>', page
    )
    kept = [
        value for kind, value, more in every if kind == "hidden" or "checked" in more
    ]
    return numbers_in(kept), sum(kind == "checkbox" for kind, _, _ in every)


def test_what_to_print_shows_a_page_and_loses_nothing_that_is_picked(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(a_user())
    many_proposals()
    source = "?kilde=proposals.simplification"
    with django_assert_num_queries(8):
        whole = client.get(f"{PRINT}{source}").text
    for words in (
        "Her ses 1–50 af 108 afsnit.",
        "Her ses 50 af 107 rækker. PDF’en har dem alle.",
        "Browseren udskriver kun det, der ses på siden her.",
        'rel="next" href="?kilde=proposals.simplification&amp;side=2"',
    ):
        assert words in whole
    assert _taken(whole) == ([], 50)
    assert '<option value="proposal:p-7"' not in whole
    second = client.get(f"{PRINT}{source}&side=2").text
    assert "Styring, fortsat" in second
    assert second.count("Forslag </span>") == 50
    last = client.get(f"{PRINT}{source}&side=99").text
    assert "Her ses 101–108 af 108 afsnit." in last

    bar = client.get(f"{PRINT}?liste=forslag&valgt=1-60&valgt=99")
    assert len(bar["Location"]) < LONGEST_LINE / 10
    picked = client.get(bar["Location"])
    assert "61 valgte forslag" in unescape(picked.text).replace("\xa0", " ")
    assert "61 valgt:</b> 1–60 og 99." in picked.text
    kept = [*range(1, 61), 99]
    for asked, boxes in (
        ("", 50),
        ("&records_side=2", 50),
        ("&records_side=3&records_find=forslag", 7),
        ("&records_side=1&records_find=107", 1),
        ("&records_find=intet", 0),
    ):
        page = client.get(f"{bar['Location']}{asked}").text
        assert _taken(page) == (kept, boxes), asked
    wrong = client.get(f"{bar['Location']}&records=200")
    assert wrong.status_code == 422
    assert "Nr. 200 findes ikke i kataloget." in wrong.text


def test_many_that_are_picked_become_an_appendix(client: Client) -> None:
    item = an_item(a_meeting(slug="2099-11-22"), "Forenkling")
    client.force_login(a_user())
    many_proposals()
    picked = client.get(f"{PRINT}?liste=forslag&valgt=1-60&valgt=99", follow=True)
    asked = re.findall(r'href="([^"]+bilag=1)#bilag"', picked.text)
    offered = client.get(unescape(asked[0]))
    (begun,) = re.findall(r'href="(/moeder/[^"]+/bilag/data/[^"]+)"', offered.text)
    assert len(unescape(begun)) < LONGEST_LINE / 10

    form = client.get(unescape(begun)).text
    name, kept = "proposals-simplification-records", [*range(1, 61), 99]
    assert _taken(form, name) == (kept, 50)
    assert 'formaction="#' not in form
    query = dict(QueryDict(unescape(begun).partition("?")[2]).lists())
    sent: Any = {**query, "source": "proposals.simplification", "title": "De mange"}
    url = begun.partition("?")[0]
    # Another page, and something to be found: nothing is judged or made, all is kept.
    for turned, boxes in (({"side": "2"}, 50), ({"side": "1", "find": "107"}, 1)):
        also = {f"{name}_{what}": value for what, value in turned.items()}
        page = client.post(url, {**sent, **also})
        assert (page.status_code, _taken(page.text, name)) == (200, (kept, boxes))
        assert "De mange" in page.text
    # A page is turned of a source that is not chosen yet: it is chosen by that.
    other = {**sent, "source": "proposals.trail", f"{name}_side": "2"}
    assert _taken(client.post(url, other).text, name) == (kept, 50)
    assert not Appendix.objects.exists()
    assert client.post(url, sent).status_code == 302
    row = Appendix.objects.get(item=item)
    assert row.options["records"] == [f"proposal:p-{number}" for number in kept]

    _pages_of_what_an_appendix_is_formed_of(client, row, kept)


def _pages_of_what_an_appendix_is_formed_of(
    client: Client, row: Appendix, kept: list[int]
) -> None:
    page = client.get(row.get_absolute_url()).text
    assert _taken(page, "valg-records") == (kept, 50)
    (there,) = re.findall(
        r'action="([^"]+)" novalidate>', page.partition("panel__rule stack")[2]
    )
    data = {"valg-catalogue": row.options["catalogue"], "valg-cut": "records"}
    data |= {"valg-records": "1-60", "version": row.version}
    turned = client.post(there, {**data, "valg-records_side": "3"})
    assert (turned.status_code, turned.text.count("autofocus")) == (200, 1)
    assert _taken(turned.text, "valg-records") == (kept[:-1], 7)
    assert Appendix.objects.get().options == row.options
    assert client.post(there, data).status_code == 302
    assert len(Appendix.objects.get().options["records"]) == 60


def test_nothing_that_is_picked_is_asked_for_beside_the_list(client: Client) -> None:
    client.force_login(a_user())
    many_proposals()
    pk = Catalogue.objects.get().pk
    url = f"{PRINT}?kilde=proposals.simplification&catalogue={pk}&cut=records"

    nothing = client.get(url)
    assert nothing.status_code == 422
    assert "Vælg mindst ét på listen." in nothing.text
    assert nothing.text.count("autofocus") == 1
    # The box with the PDF is gone: htmx shows the page with the sentence, not nothing.
    partly = client.post(url, headers={"hx-request": "true"})
    assert (partly.status_code, partly["HX-Retarget"]) == (422, "body")
    assert "Vælg mindst ét på listen." in partly.text
    # Who is still looking for what to pick is not told off.
    for turned in ("records_side=2", "records_side=1&records_find=107"):
        page = client.get(f"{url}&{turned}")
        assert page.status_code == 200
        assert "Vælg mindst ét på listen." not in page.text
