"""Whatever the sources contradict each other in is read by the editor, where it belongs.

The list is written by hand from the two catalogues, not from what the portal loads.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

import pytest

from kkr.demo.around import load_source_notes
from kkr.demo.catalogues import load_proposals, load_units
from tests.makers_packets import a_council, a_user

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
ORDER: Final = "Felterne står i en anden rækkefølge i den ene tekstudgave"
EMPTY: Final = "Overskriften ”Opmærksomhedspunkter” står uden tekst under"
# Proposal → what the overview says, other readings of it, and all else.
PROPOSALS: Final[dict[int, tuple[str, ...]]] = {
    2: ("Et enkelt ydelsessystem med færre forhandlingsrum",),
    3: ("Forslaget henviser til sig selv",),
    4: ("Tydelige positive incitamer i ydelsessystemet",),
    5: ("Vejledning om rådighed og pligter mv. ud af samtalen.",),
    6: ("Forenkle virksomhedsordninger.", EMPTY, ORDER),
    7: (
        "Varighed af virksomhedspraktik kan udvides med ordinære timer.",
        "Værdighed af virksomhedspraktik kan udvides med ordinære timer.",
        ORDER,
    ),
    8: ("Forenkler uddannelsesordninger",),
    9: (
        "Min. timetal på fleksjob og bedre incitamenter til udvikling for virksomheder "
        "og borgere",
        "styrkede incitamentter til udvikling i timer",
    ),
    10: (
        "Afskaf rehabiliteringsteam. Væk fra fastlåste og formelle "
        "samarbejdskonstruktioner til relational koordinering og fælles mål.",
        ORDER,
    ),
    11: ("Styrke mulighederne ift. jobvejen til uddannelse for unge", ORDER),
    12: (
        "Mere tillid - regler omkring om 225 timers reglen og kontanthjælpsloft "
        "afskaffes.",
    ),
    13: (ORDER,),
    14: (
        "Færre proceskrav ift. hvilke indsatser, der tæller som indsats.",
        "Færre proceskrav ift. hvilke indsats, der tæller som indsats.",
    ),
    15: ("AMK supplerende målinger afskaffes", EMPTY),
    16: (
        "Mindre rigid styring på fokusmål.",
        "Mindre rigid styring på fokus mål.",
        "Mindre rigid styring på fokusmaal.",
    ),
    17: (
        "Enklere rammer for puljestyring/administration",
        "Enklere rammer for puljestyling/administration",
    ),
    18: (
        "Undlade konto 5/konto 6 opdeling af beskæftigelsesindsatsens finansiering",
        ORDER,
    ),
}
UNITS: Final[dict[int, tuple[str, ...]]] = {
    1: ("”Virksomhedsservice i kommuneklynger”", "”VIRKSOMHEDS-SERVICE”",
        "”erhvervshuse”", "”erhvervscentre”"),
    2: ("forsalg 1", "brancheforeninger", "brancheorganisationer"),
    3: ("samdrift om opgaven", "fælles løsning af opgaven", "fuldtidspersoner"),
    4: ("”Fælles udvikling af digitalisering”",
        "Kun enhed 4 har en indledende sætning før opgaverne"),
    5: ("Enheden hedder to ting",),
    6: ("involvering", "inddragelse", "Kun enhed 6 har én gruppe af modtagere"),
}  # fmt: skip
OF_ALL: Final = (
    "Begge kataloger kalder deres poster ”Forslag n”",
    "Samdriftkataloget kalder sig selv et andet bilag",
    "Forenklingskataloget kalder sig selv et andet bilag",
    "Oversigten over de 18 titler står kun i den ene tekstudgave",
    "Illustrationen har to navne",
    "Illustrationen har to sidetal",
    "Figuren ”3 Niveauer” har ingen navne på niveauerne",
    "Seks forslag nævnes ikke under nogen vision",
    "Flytning af VEU står under Forenklingsforslag, men er ingen af de 18",
)
SLIGHT: Final = ("Forenkle virksomhedsordninger.", "Mindre rigid styring")
HIDDEN: Final = re.compile(
    r'<span class="sr-only">.*?</span>|<del\b.*?</del>', re.DOTALL
)


def words_of(html: str) -> str:
    """What is read of a page by the eye, with single spaces."""
    text = unescape(re.sub(r"<[^>]*>", "", HIDDEN.sub("", html)))
    return re.sub(r"\s+", " ", text)


def test_each_contradiction_of_the_sources_is_read_where_it_belongs(
    client: Client,
) -> None:
    council = a_council()
    load_proposals(council)
    load_units(council)
    load_source_notes(council)
    client.force_login(a_user())

    every = "".join(
        words_of(client.get(f"/forslag/uens/?side={side}").text) for side in (1, 2)
    )
    listed = (
        *OF_ALL,
        *(text for told in (*PROPOSALS.values(), *UNITS.values()) for text in told),
    )
    # Where only a full stop or a space differs, the record's page alone tells it.
    assert [text for text in listed if text not in every] == [
        text for text in (*PROPOSALS[6], *PROPOSALS[16]) if text.startswith(SLIGHT)
    ]
    missing = []
    for url, wanted in (
        ("/forslag/3/", (*PROPOSALS[3], "Henviser til sig selv")),
        ("/forslag/6/", PROPOSALS[6]),
        ("/forslag/7/", PROPOSALS[7]),
        ("/forslag/9/", PROPOSALS[9]),
        ("/forslag/16/", PROPOSALS[16]),
        ("/samdrift/1/", UNITS[1]),
    ):
        page = words_of(client.get(url).text)
        missing += [(url, text) for text in wanted if text not in page]
    assert missing == []

    # The list says how many, without the two that differ in a full stop alone.
    listed_page = words_of(client.get("/forslag/").text)
    assert "11 titler er ikke ens" in listed_page
    assert "Forslag 3 henviser til sig selv." in listed_page
