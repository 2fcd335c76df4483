"""The Danish sentences about spreadsheets: why one is refused."""

from __future__ import annotations

from typing import Final

from core.sheets.semicolons import TOO_LONG, TOO_WIDE, too_many

MOST_ROWS: Final = 5000
REFUSALS: Final = {
    "empty": "Filen er tom. Hent regnearket igen fra portalen.",
    "too_large": "Filen fylder mere end 10 MB. Del den i flere filer.",
    "not_sheets": (
        "Indholdet er hverken et regneark (.xlsx) eller en CSV-fil. Åbn filen i "
        "regnearket, og gem den som Excel-projektmappe (.xlsx)."
    ),
    "old": (
        "Filen er beskyttet med adgangskode eller i et gammelt format (.xls). Gem den som "
        "Excel-projektmappe (.xlsx) uden adgangskode."
    ),
    "damaged": (
        "Filen er beskadiget og kan ikke læses. Åbn den i regnearket, og gem den på ny."
    ),
    "paths": (
        "Filen er pakket, så dele af den ville blive lagt uden for den selv. Åbn den i "
        "regnearket, og gem den på ny."
    ),
    "too_heavy": (
        "Filen fylder for meget, når den pakkes ud, eller tager for lang tid at læse. Del "
        "den i flere filer."
    ),
    "macros": (
        "Filen indeholder makroer. Gem den som almindelig Excel-projektmappe (.xlsx)."
    ),
    "entities": (
        "Filen henter eller mangedobler tekst på en måde, som et regneark ikke selv "
        "bruger. Hent regnearket igen fra portalen."
    ),
    "too_wide": TOO_WIDE,
    "too_many": too_many(MOST_ROWS),
    "too_long": TOO_LONG,
    "merged": (
        "Filen har mere end 1.000 flettede celler. Ophæv fletningerne, og skriv teksten i "
        "hver række."
    ),
}
