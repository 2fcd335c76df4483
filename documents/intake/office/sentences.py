"""The Danish sentences about Word files: why one is refused, and what is left behind."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "empty": (
        "Filen er tom. Vælg filen igen, eller bed afsenderen om at sende den på ny."
    ),
    "too_large": (
        "Filen fylder mere end 50 MB. Gem den med mindre billeder, eller vedhæft den "
        "som PDF."
    ),
    "not_word": (
        "Indholdet er ikke et Word-dokument (.docx). Åbn filen i Word, og gem den som "
        "Word-dokument, eller vedhæft en PDF."
    ),
    "old": (
        "Filen er beskyttet med adgangskode eller i et gammelt Word-format (.doc). Åbn "
        "den i Word, og gem den som Word-dokument (.docx) uden adgangskode."
    ),
    "damaged": (
        "Filen er beskadiget og kan ikke læses. Åbn den i Word, og gem den på ny, "
        "eller vedhæft en PDF."
    ),
    "paths": (
        "Filen er pakket, så dele af den ville blive lagt uden for den selv. Åbn den i "
        "Word, og gem den på ny."
    ),
    "too_heavy": (
        "Filen fylder for meget, når den pakkes ud, eller tager for lang tid at læse. "
        "Del den i flere, eller vedhæft en PDF."
    ),
    "macros": (
        "Filen indeholder makroer. Gem den i Word som almindeligt dokument (.docx) uden "
        "makroer."
    ),
    "entities": (
        "Filen henter eller mangedobler tekst på en måde, som Word ikke selv bruger "
        "(XML-entiteter). Åbn den i Word, og gem den på ny."
    ),
    "dde": (
        "Filen har et felt, der kan starte et program på læserens computer (DDE). "
        "Fjern feltet i Word, og gem filen på ny."
    ),
    "no_text": (
        "Filen har hverken tekst eller billeder, der kan læses. Vedhæft en PDF i stedet."
    ),
}

# What was not carried over, in the order in which it is told.
NOTES: Final = {
    "comments": "Kommentarer er udeladt.",
    "deleted": (
        "Filen har ændringer, der ikke er godkendt: det indsatte er taget med, det "
        "slettede er udeladt."
    ),
    "headers": "Sidehoved og sidefod er udeladt.",
    "contents": "Indholdsfortegnelsen er udeladt; pakken laver sin egen.",
    "textboxes": "Tekst i tekstbokse er flyttet ned efter det afsnit, de stod ved.",
    "charts": "Diagrammer er udeladt. Skriv deres nøgletal ind, og tegn dem her.",
    "shapes": "Tegninger, figurer og SmartArt er udeladt.",
    "equations": "Formler er udeladt.",
    "embedded": "Filer, der lå inde i filen, er udeladt.",
    "linked": (
        "Billeder og tekster, der skulle hentes et andet sted fra, er udeladt: "
        "portalen henter intet."
    ),
    "template": "Filens skabelon hentes ikke.",
    "links": "Links til filer på afsenderens computer er gjort til tekst.",
    "footnotes": "Fodnoter står samlet under ”Noter”.",
    "pictures": (
        "Billeder i et format, der ikke er PNG eller JPEG, eller som ikke kunne læses, "
        "er udeladt."
    ),
    "many_pictures": "Der er kun taget de første 40 billeder med.",
    "alternatives": (
        "Et eller flere billeder er uden beskrivelse. Skriv, hvad de viser, under hvert "
        "billede."
    ),
    "colours": "Skrifttyper, farver, understregning og kolonner er udeladt.",
}
