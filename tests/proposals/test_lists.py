"""The lists: searched, narrowed, ordered, paged; what is chosen, and addresses that lie."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from accounts.choices import Role
from accounts.models import Municipality
from core.search.indexing import index
from proposals.choices import PointKind
from proposals.lists.facets import MOST_LINES
from proposals.models import CooperationUnit, Position, Proposal, Step, Term
from tests.makers_around import a_group, a_place, a_vision
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import (
    a_catalogue,
    a_point,
    a_proposal,
    a_reading,
    a_theme,
    a_unit,
)
from tests.proposals.many import many_proposals

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from proposals.lists.page import ListPage

pytestmark = pytest.mark.django_db
LISTS = ("/forslag/", "/samdrift/")


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def ask(client: Client, url: str) -> ListPage:
    """The list that an address shows."""
    response = client.get(url)
    assert response.status_code == 200, url
    shown: ListPage = response.context["list"]
    return shown


def numbers(client: Client, url: str) -> list[int]:
    """The numbers of the records that an address shows, in order."""
    shown = ask(client, url)
    rows = [row.number for group in shown.groups for row in group.rows]
    assert rows == [row.number for row in shown.page.object_list]
    return rows


def counts(shown: ListPage) -> dict[str, dict[str, int]]:
    """Filter → label → how many its link leads to."""
    return {
        each.facet.key: {line.label: line.count for line in each.lines}
        for each in shown.filters
    }


def a_term(record: Any, kind: str, *words: str) -> None:
    for position, text in enumerate(words, 1):
        own = {record.owner: record}
        Term.objects.create(kind=kind, position=position, text=text, **own)


def four_proposals() -> None:
    """Two of theme 1, two of theme 2; three name municipalities, two of them STAR."""
    second = a_theme(a_catalogue(), 2, "Ungdom")
    one = a_proposal(1, title="Ærlig snak", gains=("a",))
    two = a_proposal(2, title="Bedre praktik", gains=("a", "b"))
    three = a_proposal(3, title="Åbne døre", risks=("x", "y"))
    a_proposal(4, title="Abe", gains=())
    a_term(one, "actor", "kommuner", "STAR")
    a_term(two, "actor", "kommuner")
    a_term(two, "law", "Lov om aktiv indsats")
    a_term(two, "evidence", "Flere skal med")
    a_term(three, "actor", "STAR", "kommuner")
    a_reading(two, "Noget andet")
    Proposal.objects.filter(number__gte=3).update(theme=second)


def test_filters_combine_and_each_count_is_what_its_link_leads_to(
    client: Client,
) -> None:
    four_proposals()
    actor = "aktoer=kommuner"

    cases = {
        "": [1, 2, 3, 4],
        "?tema=tema-1": [1, 2],
        f"?{actor}": [1, 2, 3],
        "?rapport=Flere+skal+med": [2],
        f"?{actor}&aktoer=STAR": [1, 3],
        f"?{actor}&aktoer=STAR&tema=tema-2": [3],
        f"?lov={quote('Lov om aktiv indsats')}&tema=tema-2": [],
        "?vis=titler": [2],
        "?sorter=titel": [4, 2, 1, 3],
        "?sorter=gevinster": [3, 2, 1, 4],
        f"?sorter=risici&{actor}": [3, 1, 2],
    }
    assert {url: numbers(client, f"/forslag/{url}") for url in cases} == cases

    shown = ask(client, "/forslag/?tema=tema-1&aktoer=STAR")
    found = counts(shown)
    assert found.pop("status")["Ingen status"] == 1
    assert found == {
        "tema": {"1. Styring": 1, "2. Ungdom": 1},
        "aktoer": {"kommuner": 1, "STAR": 1},
    }
    for each in shown.filters:
        for line in each.lines:
            if line.count and not line.is_chosen:
                assert len(numbers(client, line.url)) == line.count, line
    (one, two) = [line for f in shown.filters for line in f.lines if line.is_chosen]
    assert (len(numbers(client, one.url)), len(numbers(client, two.url))) == (2, 2)


def two_municipalities_answer() -> None:
    """Both support 1; of 2 one has a reservation, and the other has not answered."""
    places = [
        Municipality.objects.create(
            code=code, name=name, council=a_council(), population=1
        )
        for code, name in ((320, "Faxe"), (259, "Køge"))
    ]
    given = ((1, 0, "supports"), (1, 1, "supports"), (2, 0, "reserved"))
    for number, at, stance in given:
        Position.objects.create(
            municipality=places[at],
            proposal=Proposal.objects.get(number=number),
            stance=stance,
            reason="Fordi",
            signer="Direktøren",
            given_on=date(2024, 1, 8),
        )


def test_status_and_stances_narrow_and_what_is_missing_is_its_own_state(
    client: Client,
) -> None:
    four_proposals()
    two_municipalities_answer()
    for status, day in (("idea", 1), ("law", 3)):
        Step.objects.create(
            proposal=Proposal.objects.get(number=2),
            key=status,
            status=status,
            taken_on=date(2024, 1, day),
        )

    cases = {
        "status=kraever-lovaendring": [2],
        "status=ide": [],
        "status=ingen": [1, 3, 4],
        "holdning=alle": [1],
        "holdning=flertal": [1],
        "holdning=forbehold": [2],
        "holdning=imod": [],
        "holdning=mangler": [2, 3, 4],
        "holdning=mangler&status=ingen": [3, 4],
    }
    assert {q: numbers(client, f"/forslag/?{q}") for q in cases} == cases
    shown = ask(client, "/forslag/?holdning=mangler")
    assert counts(shown)["holdning"] == {
        "Støttes af alle": 0,
        "Mindst 2 støtter": 0,
        "Nogen har forbehold": 1,
        "Nogen støtter ikke": 0,
        "Nogen har ikke svaret": 3,
    }


def test_a_filter_can_be_removed_and_one_that_leads_nowhere_is_no_link(
    client: Client,
) -> None:
    four_proposals()
    a_theme(a_catalogue(), 3, "Tomt")

    page = client.get("/forslag/?tema=tema-2&aktoer=kommuner").content.decode()

    assert "Viser 1 af 4\xa0forslag" in page
    assert '<b aria-current="true">2. Ungdom</b>' in page
    assert 'href="/forslag/?aktoer=kommuner">Fjern' in page
    assert '<span class="choices__none">3. Tomt</span>' in page
    nothing = client.get("/forslag/?tema=tema-3").content.decode()
    assert "Ingen forslag passer. Fjern et filter eller søg på noget andet." in nothing
    assert nothing.count("4\xa0forslag i 3\xa0temaer") == 1  # the head counts them all


def test_the_whole_text_is_searched_in_danish_and_a_number_is_a_number(
    client: Client,
) -> None:
    four_proposals()
    row = Proposal.objects.get(number=3)
    Proposal.objects.filter(pk=row.pk).update(idea="<p>Virksomhedspraktikken</p>")
    a_point(row, PointKind.ATTENTION, 1, "Husk sygedagpengene")
    hidden = a_proposal(3, council=a_council("hovedstaden"), title="Sygedagpenge")
    a_unit(1, title="Digitalisering")
    a_term(a_unit(2, title="Kompetencer"), "actor", "jobcentre")
    index(None)

    found = {
        "sygedagpenge": [3],
        "virksomhedspraktik": [3],
        "praktik": [2, 3],
        "aktiv indsats": [2],
        "4": [4],
        "findesikke": [],
        "og": [1, 2, 3, 4],
    }
    asked = {q: numbers(client, f"/forslag/?q={quote(q)}") for q in found}
    assert asked == found
    assert numbers(client, "/forslag/?q=praktik&tema=tema-2") == [3]
    assert ask(client, "/forslag/?q=praktik&tema=tema-2").remaining.startswith(
        "Viser 1"
    )
    assert "kun småord" in client.get("/forslag/?q=og").content.decode()
    assert numbers(client, "/samdrift/?q=jobcentrene") == [2]
    assert hidden.title not in client.get("/forslag/?q=sygedagpenge").content.decode()


def test_units_are_narrowed_by_scope_by_who_gains_and_by_actor(client: Client) -> None:
    a_term(a_unit(1, gains=(("Borgere", "x"),)), "actor", "jobcentre")
    a_unit(2, scope="all", title="Abe", gains=(("Borgere", "x"), ("Alle", "y")))
    a_unit(3)

    cases = {
        "": [1, 3, 2],
        "?omfang=all": [2],
        "?modtager=Borgere": [1, 2],
        "?modtager=Borgere&modtager=Alle": [2],
        "?aktoer=jobcentre": [1],
        "?sorter=titel": [2, 1, 3],
        "?grupper=ingen": [3],
        "?grupper=nogle": [1],
        "?kommune=Greve": [1, 2],
        "?kommune=Solr%C3%B8d": [2],
        "?vision=vision-2": [2],
        "?vision=ingen": [3],
        "?vision=vision-1&kommune=Greve": [1, 2],
    }
    council = a_council()
    a_place(council, "Solrød")
    one, two = CooperationUnit.objects.order_by("number")[:2]
    a_group(one, "Gruppe A", "Greve")
    a_vision(council, one, two)
    a_vision(council, two, number=2)
    for url, expected in cases.items():
        shown = ask(client, f"/samdrift/{url}")
        rows = [row.number for group in shown.groups for row in group.rows]
        assert rows == expected, url
    every = counts(ask(client, "/samdrift/"))
    assert every["kommune"] == {"Greve": 2, "Solrød": 1}
    assert every["vision"] == {
        "1. Plads til alle": 2, "2. Plads til alle": 1, "Ingen vision": 1,
    }  # fmt: skip
    a_proposal(1)
    a_vision(council, a_proposal(2), number=3)
    assert numbers(client, "/forslag/?vision=vision-3") == [2]
    assert numbers(client, "/forslag/?vision=ingen") == [1]


def test_a_long_list_is_paged_and_a_long_vocabulary_shows_its_commonest_words(
    client: Client,
) -> None:
    many_proposals()
    pages = [numbers(client, f"/forslag/?side={n}") for n in ("1", "2", "3", "99", "x")]
    assert pages[:3] == [[*range(1, 51)], [*range(51, 101)], [*range(101, 108)]]
    assert pages[3:] == [pages[2], pages[0]]
    shown = ask(client, "/forslag/?side=2")
    assert [g.counted for g in shown.groups] == [
        "60\xa0forslag, 10 på denne side",
        "47\xa0forslag, 40 på denne side",
    ]
    (actors,) = [each for each in shown.filters if each.facet.key == "aktoer"]
    assert (len(actors.lines), actors.more) == (MOST_LINES, 54 - MOST_LINES)


def test_what_is_chosen_is_named_and_stays_when_one_goes_on(client: Client) -> None:
    four_proposals()

    shown = ask(
        client, "/forslag/?tema=tema-1&valgt=4&valgt=2&valgt=2&valgt=99&valgt=x"
    )

    assert shown.asked.picked == (2, 4)
    assert shown.picked_words == "forslag 2 og 4"
    assert shown.picked_elsewhere == (4,)
    assert shown.asked.query == "tema=tema-1"
    every = [line.url for each in shown.filters for line in each.lines]
    assert all("valgt=2&valgt=4" in url for url in [*every, shown.all_url])
    assert "valgt" not in shown.unpicked_url
    assert ask(client, shown.all_picked_url).asked.picked == (1, 2)
    assert ask(client, "/forslag/").picked_words == ""


# What is put into every parameter: a NUL byte, SQL, markup, a number, length.
LIES = ("\0", "a\0b' OR 1=1 --", "<script>x</script>", "9" * 40, "æ" * 3000)
PARAMETERS = {
    "/forslag/": "tema status holdning lov ordning aktoer maalgruppe rapport vision vis sorter side valgt ukendt",
    "/samdrift/": "omfang modtager holdning grupper kommune aktoer vision sorter side valgt ukendt",
}


def test_no_parameter_breaks_the_list_or_gives_other_rows(client: Client) -> None:
    four_proposals()
    a_proposal(9, council=a_council("hovedstaden"), title="Hemmeligt forslag")
    a_unit(1)
    a_unit(9, council=a_council("hovedstaden"), title="Hemmelig enhed")
    index(None)
    own = {url: set(numbers(client, url)) for url in LISTS}
    addresses = [
        f"{url}?{'&'.join(f'{name}={quote(lie)}' for name in asked)}"
        for url, names in PARAMETERS.items()
        for lie in LIES
        for asked in (["q"], names.split())
    ]
    raw = [f"{url}?q=%00&tema=%ff%fe&valgt=%00" for url in LISTS]
    for address in [*addresses, *raw, "/forslag/?%00=1", "/forslag/?q=a&q=%00b"]:
        response = client.get(address)
        assert response.status_code == 200, address
        shown = response.context["list"]
        rows = {row.number for row in shown.page.object_list}
        assert rows <= own[shown.kind.path], address
        is_searched = "?q=" in address
        assert is_searched or rows == own[shown.kind.path], address
        page = response.content.decode()
        assert "Hemmelig" not in page, address
        assert "<script>x" not in page, address
    told = client.get("/forslag/?tema=borte&sorter=x&aktoer=%00").content.decode()
    assert "”Tema: borte”, ”Aktør: ” og ”Rækkefølge: x” findes ikke her" in told


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(
    ("url", "queries"),
    [
        ("/forslag/?tema=tema-1&q=praktik&sorter=titel&valgt=1", 6),
        ("/samdrift/?omfang=cluster&q=service&valgt=1", 8),
        ("/forslag/temaer/", 5),
    ],
)
def test_a_list_asks_as_much_however_much_it_shows(
    client: Client,
    url: str,
    queries: int,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, count + 1):
        a_term(a_proposal(number), "actor", *"abc"[:count])
        a_term(a_unit(number), "actor", "x")
    index(None)

    with django_assert_num_queries(queries):
        assert client.get(url).status_code == 200


def test_what_a_row_shows_is_worked_out_once_a_row_and_not_once_a_point() -> None:
    a_proposal(1)
    a_proposal(2, gains=())
    every = Proposal.objects.present().with_counts().with_status()
    rows: Any = every.order_by("number")

    assert [(row.gains, row.risks, row.attentions) for row in rows] == [
        (3, 1, 0),
        (0, 1, 0),
    ]
    # A join with the points, and then a group, had 500 proposals take 17 seconds.
    assert "GROUP BY" not in str(rows.query).partition("COUNT")[0]
    assert 'JOIN "proposals_point"' not in str(rows.query)


def test_the_board_shows_every_theme_in_charts_numbers_and_words(
    client: Client,
) -> None:
    assert client.get("/forslag/temaer/").status_code == 302  # no catalogue yet
    four_proposals()
    a_theme(a_catalogue(), 3, "Tomt")

    page = client.get("/forslag/temaer/").content.decode()

    assert "2\xa0forslag. Ingen kommuner er spurgt." in page
    assert "Ingen forslag i temaet endnu." in page
    two_municipalities_answer()
    page = client.get("/forslag/temaer/").content.decode()
    assert "2\xa0forslag, 3 af 4 svar. Forslag 1 støttes af alle." in page
    assert "2\xa0forslag, 0 af 4 svar. Intet forslag støttes af alle." in page
    assert page.count('class="stances__bar"') == 4
    cells = [">2<", ">0<", ">0<", ">0<"]
    row = page.partition('<tr><th scope="row">1</th>')[2].partition("</tr>")[0]
    assert [part[part.index(">") :] + "<" for part in row.split("</td>")[:-1]] == cells
    client.force_login(a_user(role=Role.MEMBER))
    assert client.get("/forslag/temaer/").status_code == 404
