"""What is odd about an accepted file, in Danish: what is wrong, what is done, what helps.

Made of the stored facts each time it is shown, so better words need no new judgement.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from documents.intake.titles import looks_like_a_file_name
from documents.intake.verdict import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

type Tone = Literal["bad", "partial", "quiet"]

_LANGUAGES = {
    "da": "dansk",
    "en": "engelsk",
    "sv": "svensk",
    "nb": "norsk",
    "de": "tysk",
}
_NORWEGIAN = {"no", "nn"}
_SHEETS = {(210, 297): "A4", (297, 420): "A3", (420, 594): "A2", (594, 841): "A1",
           (841, 1189): "A0", (148, 210): "A5"}  # fmt: skip
_TOLERANCE_MM = 3
MOST_NAMED = 5
_ASK_AGAIN = "Bed afsenderen om den oprindelige fil, gemt som PDF fra programmet."
_NO_SCAN = (
    "Bed afsenderen om den oprindelige fil, gemt som PDF fra programmet og ikke scannet, "
    "eller om en scanning med tekstgenkendelse."
)
_TAGS = (
    "Bed afsenderen om at gemme filen som PDF med opmærkning "
    "(tags, dokumentstruktur til handicappede), ikke at udskrive den til PDF."
)


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that a person should know about a file, in whole Danish sentences.

    Attributes:
        key: what it is about, stable: "cpr", "covered", "untagged" …
        tone: "bad" stops a sending, "partial" is a warning, "quiet" is only said.
        wrong: what is wrong, with the pages where that helps.
        portal: what the portal does about it.
        sender: what the sender, or who uploads, could do; "" if nothing.
        pages: page numbers it is about; empty for the whole file.
        may_override: a named person may send nevertheless, and says why.
    """

    key: str
    tone: Tone
    wrong: str
    portal: str
    sender: str
    pages: tuple[int, ...] = ()
    may_override: bool = False


def advice_on(facts: Mapping[str, Any]) -> tuple[Advice, ...]:
    """All advice on a file, the gravest first; ``facts`` is ``Facts`` as JSON."""
    known = Facts.from_json(facts)
    found = [
        *_on_people(known),
        *_on_text(known),
        *_on_tags(known),
        *_on_words(known),
        *_on_sheets(known),
        *_on_what_was_removed(known),
    ]
    order = ("bad", "partial", "quiet")
    return tuple(sorted(found, key=lambda advice: order.index(advice.tone)))


def pages_in_words(pages: Sequence[int]) -> str:
    """Page numbers as one says them: "side 3", "side 3, 4 og 9", "side 1, 2 … og 40"."""
    each = [str(page) for page in sorted(set(pages))]
    if len(each) > MOST_NAMED:
        rest = len(each) - MOST_NAMED
        others = "1 anden side" if rest == 1 else f"{rest} andre sider"
        return f"side {', '.join(each[:MOST_NAMED])} og {others}"
    if len(each) == 1:
        return f"side {each[0]}"
    return f"side {', '.join(each[:-1])} og {each[-1]}"


def _on_people(facts: Facts) -> Iterator[Advice]:
    count = len(facts.cpr_pages) + len(facts.cpr_elsewhere)
    pages = tuple(sorted({*facts.cpr_pages, *facts.cpr_elsewhere} - {0}))
    if count:
        where = [f"på {pages_in_words(pages)}"] if pages else []
        if 0 in facts.cpr_elsewhere:
            where.append("i filens bogmærker eller billedtekster")
        numbers = "1 tal, der kan være et cpr-nummer" if count == 1 else (
            f"{count} tal, der kan være cpr-numre"
        )  # fmt: skip
        yield Advice(
            "cpr", "bad", f"Filen har {numbers}: {' og '.join(where)}.",
            "Portalen viser ikke tallene og stopper udsendelsen, til filen er erstattet, "
            "eller en navngiven person har skrevet, hvorfor den kan sendes.",
            "Bed afsenderen om en fil uden cpr-numre. De skal slettes i den oprindelige "
            "fil, ikke dækkes.", pages, may_override=True,
        )  # fmt: skip
    if facts.covered_pages:
        yield Advice(
            "covered", "bad",
            f"Tekst på {pages_in_words(facts.covered_pages)} er dækket, men ligger der "
            "stadig og kan læses og kopieres.",
            "Portalen ændrer ikke siderne. Den stopper udsendelsen, til filen er "
            "erstattet, eller en navngiven person har skrevet, hvorfor den kan sendes.",
            "Bed afsenderen om at slette teksten i den oprindelige fil eller bruge et "
            "program, der fjerner den, og gemme filen som PDF på ny.",
            facts.covered_pages, may_override=True,
        )  # fmt: skip
    if facts.unexamined_pages:
        yield Advice(
            "unexamined", "partial",
            f"{pages_in_words(facts.unexamined_pages).capitalize()} kunne ikke undersøges "
            "for dækket tekst: der er tegnet for meget.",
            "Portalen bruger siderne, som de er. Før udsendelse skal en person have set "
            "dem igennem og skrive sit navn.",
            "Bed afsenderen om en enklere udgave af siderne.", facts.unexamined_pages,
        )  # fmt: skip


def _on_text(facts: Facts) -> Iterator[Advice]:
    silent = facts.pages_without_text
    through = (
        "Før udsendelse skal en person have set dem igennem for cpr-numre og skrive sit "
        "navn, for det kan portalen ikke."
    )
    if facts.text == "none":
        yield Advice(
            "no_text", "partial", "Filen er scannet: siderne er billeder uden tekst.",
            "Portalen viser siderne, læser resuméet op i stedet og kan ikke søge i dem. "
            + through, _NO_SCAN, silent,
        )  # fmt: skip
    elif silent:
        yield Advice(
            "some_text", "partial",
            f"{pages_in_words(silent).capitalize()} er billeder uden tekst."
            if len(silent) > 1
            else f"{pages_in_words(silent).capitalize()} er et billede uden tekst.",
            "Portalen viser siderne, men kan hverken læse dem op eller søge i dem. "
            + through, _NO_SCAN, silent,
        )  # fmt: skip
    if facts.text != "none" and not facts.is_read:
        yield Advice(
            "unread", "partial", "Teksten i filen kunne ikke hentes ud.",
            "Portalen kan ikke søge i filen og har ikke ledt efter cpr-numre. Før "
            "udsendelse skal en person have set den igennem og skrive sit navn.",
            _ASK_AGAIN,
        )  # fmt: skip


def _on_tags(facts: Facts) -> Iterator[Advice]:
    if not facts.tagged and facts.text != "none":
        yield Advice(
            "untagged", "partial",
            "Filen er ikke mærket op, så overskrifter, lister og tabeller kan ikke læses "
            "op som det, de er.",
            "Portalen lader titel og resumé stå for siderne i pakken.", _TAGS,
        )  # fmt: skip
    if facts.problems and not facts.tagged:
        yield Advice(
            "letters", "partial", " ".join(facts.problems),
            "Portalen viser siderne, som de er, og siger på pakkens side, at "
            "pakken ikke lever op til kravene på grund af bilaget.",
            "Gem filen som PDF med skrifttyperne indlejret (PDF/A gør det altid).",
        )  # fmt: skip
    elif facts.problems:
        count = len(facts.problems)
        faults = "en fejl" if count == 1 else f"{count} slags fejl"
        yield Advice(
            "tags", "partial",
            f"Opmærkningen har {faults}. {' '.join(facts.problems)}",
            "Portalen bruger opmærkningen, som den er, og siger på pakkens "
            "side, at bilaget ikke lever op til kravene.", _TAGS,
        )  # fmt: skip
    if facts.spaced_pages:
        yield Advice(
            "spaced", "partial",
            f"Spærret skrift på {pages_in_words(facts.spaced_pages)}: ordene læses op "
            "bogstav for bogstav og findes ikke, når man søger.",
            "Portalen ændrer ikke siderne.",
            "Bed afsenderen om at bruge programmets tegnafstand i stedet for mellemrum.",
            facts.spaced_pages,
        )  # fmt: skip


def _on_words(facts: Facts) -> Iterator[Advice]:
    if not facts.title or looks_like_a_file_name(facts.title):
        wrong = "Filen har ingen titel." if not facts.title else (
            f"Filens egen titel er et filnavn: ”{facts.title}”."
        )  # fmt: skip
        yield Advice(
            "title", "quiet", wrong, "Portalen bruger den titel, du skriver.",
            "Skriv titlen i dokumentets egenskaber, før filen gemmes som PDF.",
        )  # fmt: skip
    said = facts.language.partition("-")[0].lower()
    said = "nb" if said in _NORWEGIAN else said
    if facts.tagged and not said:
        yield Advice(
            "language", "quiet", "Filen siger ikke, hvilket sprog den er på.",
            "Portalen læser den op som dansk.",
            "Vælg sproget i dokumentet, før filen gemmes som PDF.",
        )  # fmt: skip
    elif facts.tagged and facts.reads_as and said != facts.reads_as:
        yield Advice(
            "language", "partial",
            f"Filen siger, at den er på {_LANGUAGES.get(said, facts.language)}, men "
            f"teksten ligner {_LANGUAGES[facts.reads_as]}. Så bliver den læst op forkert.",
            "Portalen ændrer ikke filens sprog.",
            "Ret sproget i dokumentet, og gem det som PDF på ny.",
        )  # fmt: skip
    # Where the fonts are a problem, that is said already.
    if facts.missing_fonts and not facts.problems:
        names = ", ".join(facts.missing_fonts[:MOST_NAMED])
        yield Advice(
            "fonts", "quiet",
            f"Disse skrifttyper er ikke med i filen: {names}.",
            "Siderne vises med en skrifttype, der ligner, og kan se anderledes ud.",
            "Gem filen som PDF med skrifttyperne indlejret (PDF/A gør det altid).",
        )  # fmt: skip


def sheet_name(width_mm: float, height_mm: float) -> str:
    """A sheet's size as one says it: "A4", "A3", "338 × 190 mm"; turned counts the same."""
    short, long = sorted((width_mm, height_mm))
    for (one, other), name in _SHEETS.items():
        if abs(short - one) <= _TOLERANCE_MM and abs(long - other) <= _TOLERANCE_MM:
            return name
    return f"{round(width_mm)} × {round(height_mm)} mm"


def _on_sheets(facts: Facts) -> Iterator[Advice]:
    names = [sheet_name(page.width_mm, page.height_mm) for page in facts.pages]
    other = {name: count for name, count in Counter(names).items() if name != "A4"}
    if other:
        listed = ", ".join(list(other)[:MOST_NAMED])
        pages = tuple(number for number, name in enumerate(names, 1) if name != "A4")
        where = "Alle sider" if len(pages) == len(names) else (
            pages_in_words(pages).capitalize()
        )  # fmt: skip
        yield Advice(
            "sheets", "quiet", f"{where} har et andet format end A4: {listed}.",
            "Portalen beholder formatet. På papir i A4 bliver siderne formindsket.",
            "Små tal og tabeller kan blive ulæselige; bed om dem i A4.", pages,
        )  # fmt: skip
    turned = {page.width_mm > page.height_mm for page in facts.pages}
    if len(turned) > 1:
        yield Advice(
            "turned", "quiet", "Nogle sider er liggende og andre stående.",
            "Portalen beholder hver side, som den vender.", "",
        )  # fmt: skip


_REMOVED: dict[str, tuple[str, str]] = {
    "javascript": ("Filen indeholdt scripts (JavaScript).", ""),
    "opening": ("Filen satte handlinger i gang af sig selv.", ""),
    "embedded": (
        "Der lå andre filer inde i filen.",
        "Skal de med, så tilføj dem som egne bilag.",
    ),
    "links": ("Filen havde links til filer på afsenderens computer.", ""),
    "sending": ("Filen havde knapper, der sender eller henter oplysninger.", ""),
    "program": ("Filen havde knapper, der styrer læserens program.", ""),
    "media": ("Filen indeholdt lyd, film eller 3D.", ""),
    "author": (
        "Filen fortalte, hvem der har lavet den.",
        "Den oprindelige fil, som kun sekretariatet har, siger det stadig.",
    ),
    "title": (
        "Filens titel havde et tal, der kan være et cpr-nummer.",
        "Se, om det også står andre steder, før filen sendes.",
    ),
    "comments": (
        "Filen havde kommentarer.",
        "Er kommentarerne en del af sagen, så skriv dem i dokumentet.",
    ),
    "layers": (
        "Filen havde skjulte lag.",
        "Skal noget fra et skjult lag vises, så bed om en fil, hvor laget er synligt.",
    ),
    "revisions": (
        "Filen gemte tidligere udgaver af sig selv.",
        "Vælg ”Gem som” i stedet for ”Gem”, så følger de ikke med.",
    ),
    "photographs": ("Fotografier i filen fortalte, hvor og hvordan de er taget.", ""),
}


# What is wrong, what is done about it, what helps.
_MENDED: dict[str, tuple[str, str, str]] = {
    "protection": (
        "Filen var beskyttet mod ændringer.",
        "Beskyttelsen er fjernet i den kopi, portalen bruger.",
        "",
    ),
    "form": (
        "Filen havde felter til udfyldning.",
        "De er gjort til fast tekst i den kopi, portalen bruger.",
        "Mangler noget, så udfyld filen, og erstat den her.",
    ),
    "signature": (
        "Filen er underskrevet digitalt.",
        "Underskriften gælder kun den oprindelige fil, som er gemt uændret.",
        "",
    ),
    "size": (
        "Nogle sider havde en umulig størrelse.",
        "De er sat til en, som kan vises og udskrives.",
        "Se, om siderne er, som de skal være.",
    ),
    "repaired": (
        "Der var fejl i filens opbygning.",
        "De er rettet i den kopi, portalen bruger.",
        "Se filen igennem. Mangler noget, så bed om den igen.",
    ),
}


def _on_what_was_removed(facts: Facts) -> Iterator[Advice]:
    for key, (wrong, sender) in _REMOVED.items():
        if key in facts.removed:
            yield Advice(
                key, "quiet", wrong,
                "Det er fjernet i den kopi, portalen bruger, og som andre får.", sender,
            )  # fmt: skip
    for key, (wrong, portal, sender) in _MENDED.items():
        if key in facts.removed:
            yield Advice(key, "quiet", wrong, portal, sender)
