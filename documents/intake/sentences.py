"""The Danish sentences of the intake: refusals, notes, and names that are safe to show."""

from __future__ import annotations

import unicodedata

from documents.intake.verdict import MIB, Limits

REFUSALS = {
    "password": (
        "Filen er beskyttet med adgangskode og kan ikke sættes ind i pakken. "
        "Bed afsenderen om en fil uden adgangskode, "
        "eller gem den igen uden beskyttelse."
    ),
    "damaged": (
        "Filen er beskadiget og kan ikke læses. Bed afsenderen om at sende den igen, "
        "eller åbn den i det program, den er lavet i, og gem den som PDF på ny."
    ),
    "empty": (
        "Filen er tom. Vælg filen igen, eller bed afsenderen om at sende den på ny."
    ),
    "not_pdf": (
        "Indholdet er ikke en PDF. Åbn filen i det program, den er lavet i, "
        "og gem den som PDF."
    ),
    "too_large": (
        "Filen fylder mere end {megabytes} MB. Gem den med mindre billeder, "
        "eller del den i flere bilag."
    ),
    "launch": (
        "Filen kan starte et program på læserens computer. Bed afsenderen om en fil "
        "uden den slags handlinger, eller udskriv den til en ny PDF."
    ),
    "active": (
        "Filen indeholder handlinger, som ikke kunne fjernes. Udskriv den til en ny "
        "PDF, eller bed afsenderen om en fil uden dem."
    ),
    "xfa": (
        "Filen er en dynamisk formular (XFA), som kun kan vises i et bestemt program. "
        "Åbn den i det program, og udskriv den til en ny PDF."
    ),
    "no_pages": (
        "Filen har ingen sider. Åbn den i det program, den er lavet i, "
        "og gem den som PDF på ny."
    ),
    "too_many_pages": ("Filen har mere end {pages} sider. Del den i flere bilag."),
    "too_heavy": (
        "Filen kræver for meget tid eller hukommelse at læse. Udskriv den til en ny "
        "PDF, eller bed afsenderen om en enklere udgave."
    ),
}

NOTES = {
    "javascript": "Scripts (JavaScript) er fjernet.",
    "opening": "Handlinger, der går i gang af sig selv, er fjernet.",
    "embedded": (
        "Filer, der lå inde i filen, er fjernet. "
        "Skal de med, så tilføj dem som egne bilag."
    ),
    "protection": "Beskyttelsen mod ændringer er fjernet i pakkens kopi.",
    "links": "Links til filer på afsenderens computer er fjernet.",
    "sending": "Knapper, der sender eller henter oplysninger, er fjernet.",
    "program": "Knapper, der styrer læserens program, er fjernet.",
    "media": "Lyd, film og 3D er fjernet.",
    "form": "Udfyldningsfelter er gjort til fast tekst.",
    "signature": (
        "Den digitale underskrift gælder kun den oprindelige fil, som er gemt uændret."
    ),
    "author": ("Oplysninger om, hvem der lavede filen, er fjernet. Titlen er beholdt."),
    "title": ("Et tal, der kan være et cpr-nummer, er fjernet fra filens titel."),
    "comments": (
        "Kommentarer og navne på dem, der skrev dem, er fjernet. "
        "Streger, markeringer og stempler på siden er der stadig."
    ),
    "layers": "Skjulte lag er fjernet. Det, der ses på siderne, er uændret.",
    "revisions": "Tidligere udgaver, der lå gemt i filen, er fjernet.",
    "photographs": "Oplysninger om sted og kamera i fotografier er fjernet.",
    "size": (
        "Sider med en umulig størrelse er sat til en, som kan vises og udskrives."
    ),
    "repaired": "Fejl i filens opbygning er rettet i pakkens kopi.",
}

MAX_NAME = 80
# How much of a long name's ending stays: "endelig.pdf".
ENDING = 12


def danish_number(number: int) -> str:
    """``number`` with a full stop between thousands: 2.000."""
    return f"{number:,}".replace(",", ".")


def refusal_reason(code: str, limits: Limits | None = None) -> str:
    """What is wrong with a file and what to do, in Danish, without its name.

    Raises:
        KeyError: ``code`` is none of ``REFUSALS``.
    """
    limits = limits or Limits()
    return REFUSALS[code].format(
        megabytes=limits.max_bytes // MIB, pages=danish_number(limits.max_pages)
    )


def refusal_sentence(filename: str, code: str, limits: Limits | None = None) -> str:
    """The whole message for a refused file, its name first.

    Raises:
        KeyError: ``code`` is none of ``REFUSALS``.
    """
    return f"{safe_name(filename)} blev ikke modtaget. {refusal_reason(code, limits)}"


def safe_name(filename: str) -> str:
    """A file's name that can be shown: one line, no path, at most 80 characters.

    Control and direction marks (right-to-left overrides turn "gpj.exe" around) and
    lone surrogates are dropped; a long name keeps its beginning and its ending.
    """
    last = filename.replace("\\", "/").rstrip("/").rpartition("/")[2]
    spaced = "".join(" " if char.isspace() else char for char in last)
    shown = "".join(c for c in spaced if unicodedata.category(c)[0] != "C")
    name = " ".join(unicodedata.normalize("NFC", shown).split())
    if len(name) > MAX_NAME:
        name = f"{name[: MAX_NAME - ENDING - 1].rstrip()}…{name[-ENDING:].lstrip()}"
    return name if name.strip(".") else "Filen"
