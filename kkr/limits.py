"""The portal's limits, one table: what is too much, and what happens then.

Each value is read from where it is enforced, so that the page cannot say anything else.

Source: docs/rules.md R-130.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import editors_only
from core import formats
from core.drafts.keeping import KEPT_FOR, MOST_DRAFTS, MOST_LETTERS
from core.search.question import LONGEST_QUESTION, MOST_WORDS
from core.sheets.values import LONGEST, MOST_COLUMNS
from documents.intake.office.door import LIMITS as WORD
from documents.intake.office.reading import MOST_LETTERS as WORD_LETTERS
from documents.intake.office.reading import MOST_PICTURES
from documents.intake.raster.door import LIMITS as PICTURE
from documents.intake.raster.redraw import MOST_POINTS
from documents.intake.sheets.door import LIMITS as SHEET
from documents.intake.sheets.sentences import MOST_ROWS
from documents.intake.verdict import MIB, Limits
from documents.printing.renderers import BYTES_A_BUILD, PROCESSES, SECONDS_A_PIECE
from meetings.models.comment import MOST_LETTERS as COMMENT_LETTERS
from meetings.services.packets import BUILDS_A_USER
from proposals.models import Point, Position, Proposal, Theme
from proposals.queries import answer_pages, matrix
from resultcontracts.models import HouseQuestion, Measurement
from resultcontracts.services import evidence
from resultcontracts.services.reporting import MOST_LETTERS as REPORT_LETTERS

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpResponse

    from accounts.access import PortalRequest

PAGE: Final = "home/limits.html"
PDF: Final = Limits()
REFUSED: Final = "Filen afvises med en grund. Resten tages ind."
TOLD: Final = "Skemaet vises igen med det, du skrev, og en fejl ved feltet."
UNREAD: Final = "Skemaet afvises, og intet gemmes. Gå tilbage, og del teksten."
PAGED: Final = "Resten står på de næste sider."


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit.

    Attributes:
        what: what is limited.
        most: how much it may be, in words.
        beyond: what happens with more.
    """

    what: str
    most: str
    beyond: str


def limits() -> tuple[tuple[str, tuple[Limit, ...]], ...]:
    """Give all limits, group by group."""
    return (
        ("Filer", _files()),
        ("Regneark", _sheets()),
        ("Skemaer og tekst", _texts()),
        ("Lister", _lists()),
        ("Dannelse af sider og PDF", _prints()),
    )


@require_safe
@editors_only
def limits_page(request: PortalRequest) -> HttpResponse:
    """Show the table."""
    return render(request, PAGE, {"groups": limits()})


def _files() -> tuple[Limit, ...]:
    own = formats.number
    heavy = f"{_size(PDF.memory_bytes)}, {own(PDF.cpu_seconds)} sekunders arbejde"
    return (
        Limit("PDF", _size(settings.UPLOAD_MAX_BYTES), REFUSED),
        Limit("Sider i en PDF", own(PDF.max_pages), REFUSED),
        Limit("Én del af en PDF, pakket ud", _size(PDF.max_stream_bytes), REFUSED),
        Limit("Word-fil", _size(WORD.max_bytes), REFUSED),
        Limit("Tegn i en Word-fil", own(WORD_LETTERS), REFUSED),
        Limit(
            "Billeder i en Word-fil",
            own(MOST_PICTURES),
            "Resten udelades, og det siges.",
        ),
        Limit("Billede", _size(PICTURE.max_bytes), REFUSED),
        Limit("Punkter i et billede", own(MOST_POINTS), REFUSED),
        Limit("At læse en fil", heavy, REFUSED),
        Limit("Dokumentation ved et tal", _size(settings.EVIDENCE_MAX_BYTES), REFUSED),
        Limit("Filer ved ét tal", own(evidence.MOST), evidence.TOO_MANY),
        Limit(
            "Filer på én gang",
            own(settings.UPLOAD_MAX_FILES),
            "De øvrige nævnes ved navn og tages ikke ind.",
        ),
        Limit(
            "Filer i én forespørgsel",
            own(settings.DATA_UPLOAD_MAX_NUMBER_FILES),
            "Hele forespørgslen afvises.",
        ),
    )


def _sheets() -> tuple[Limit, ...]:
    whole = "Filen afvises, og intet indlæses."
    return (
        Limit("Et regneark (.xlsx eller CSV)", _size(SHEET.max_bytes), whole),
        Limit("Rækker", formats.number(MOST_ROWS), whole),
        Limit("Kolonner", formats.number(MOST_COLUMNS), whole),
        Limit("Tegn i et felt", formats.number(LONGEST), whole),
    )


def _texts() -> tuple[Limit, ...]:
    fields = (
        ("Temaets titel", Theme, "title"),
        ("Forslagets titel", Proposal, "title"),
        ("Forslagets idé, med formatering", Proposal, "idea"),
        ("Gevinst, risiko eller andet punkt", Point, "text"),
        ("Begrundelse for en holdning", Position, "reason"),
        ("Hvorfor et tal sendes retur", Measurement, "returned_reason"),
        ("Erhvervshusets svar om en modsigelse", HouseQuestion, "answer"),
    )
    rows = [(what, _longest(model, name)) for what, model, name in fields]
    rows.append(("Kommentar til et punkt", COMMENT_LETTERS))
    return (
        *(Limit(what, _letters(most), TOLD) for what, most in rows),
        Limit(
            "Alt i ét skema, uden filer",
            _size(settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
            UNREAD,
        ),
        Limit(
            "Felter i ét skema",
            formats.number(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS),
            UNREAD,
        ),
        Limit(
            "En kladde", _letters(MOST_LETTERS), "Kladden gemmes ikke, og det siges."
        ),
        Limit(
            "Kladde til en indberetning",
            _letters(REPORT_LETTERS),
            "Kladden gemmes ikke, og det siges.",
        ),
        Limit(
            "Dine kladder",
            formats.number(MOST_DRAFTS),
            f"De ældste slettes. En kladde ligger i {KEPT_FOR.days} dage.",
        ),
        Limit(
            "Søgning",
            f"{_letters(LONGEST_QUESTION)}, {MOST_WORDS} ord",
            "Resten af søgningen læses ikke, og det siges.",
        ),
    )


def _lists() -> tuple[Limit, ...]:
    rows, columns = matrix.MOST_ROWS, matrix.MOST_COLUMNS
    return (
        Limit("Holdninger i matrixen", f"{rows} rækker, {columns} kommuner", PAGED),
        Limit("En kommunes svar", f"{answer_pages.ON_A_PAGE} på en side", PAGED),
    )


def _prints() -> tuple[Limit, ...]:
    given_up = "Delen opgives og meldes som fejlet. De næste dele dannes."
    return (
        Limit("Én del af en pakke", f"{SECONDS_A_PIECE} sekunder", given_up),
        Limit("Hukommelse til én del", _size(BYTES_A_BUILD // PROCESSES), given_up),
        Limit(
            "Hukommelse til at danne en pakke",
            _size(BYTES_A_BUILD),
            "De dele, der dannes samtidig, deler den.",
        ),
        Limit(
            "Pakker, du venter på",
            formats.number(BUILDS_A_USER),
            "Det siges, hvilke du venter på. En mere bygges ikke, før en er færdig.",
        ),
        Limit("Dele, der dannes samtidig", formats.number(PROCESSES), "Resten venter."),
    )


def _size(size: int) -> str:
    """Give a limit that is set in whole units of 1,048,576 bytes."""
    return f"{formats.number(size // MIB)}{formats.NBSP}MB"


def _longest(model: type[Model], name: str) -> int:
    field: Any = model._meta.get_field(name)  # noqa: SLF001 -- Django's
    longest: int = field.max_length
    return longest


def _letters(count: int) -> str:
    return f"{formats.number(count)}{formats.NBSP}tegn"
