"""Every check, in the order a reader meets them: docs/checks.md is this table."""

from __future__ import annotations

from typing import Final

from documents.checks import (
    counts,
    cpr,
    figures,
    fillers,
    reading,
    references,
    signs,
    spelling,
    status,
    titles,
    twice,
    wording,
)
from documents.checks.values import Check

TITLES: Final = "Titler og henvisninger"
FIGURES: Final = "Tal og frister"
WORDS: Final = "Sprog og tegn"
OUTSIDE: Final = "Bilag, der kommer udefra"
PERSONS: Final = "Personoplysninger"

CHECKS: Final[tuple[Check, ...]] = (
    Check(
        "title-tail", "Filnavn i titlen", TITLES,
        "Ender en af vores titler som et filnavn, eller siger den UDKAST eller final?",
        "error", "error", status.title_tails,
    ),
    Check(
        "title-filler",
        "Titel, der ikke er færdig",
        TITLES,
        "Er der noget i vores titler, der ikke er udfyldt?",
        "error",
        "error",
        fillers.untitled,
    ),
    Check(
        "status", "Udkast eller endelig", TITLES,
        "Siger forsiden udkast, hvor vi siger endelig, eller omvendt?",
        "error", "error", status.contradictions, looks_across=True,
    ),
    Check(
        "status-unsaid", "Udkast, som vi ikke nævner", TITLES,
        "Siger forsiden udkast, uden at vi gør det?",
        "warning", "warning", status.unsaid, looks_across=True,
    ),
    Check(
        "document-title", "To titler på ét bilag", TITLES,
        "Hedder bilaget det samme hos os som på sin egen forside?",
        "warning", "warning", titles.own_and_document,
    ),
    Check(
        "working-title", "Gammel titel", TITLES,
        "Står der en anden udgave af forsidens titel inde i bilaget?",
        "warning", "warning", titles.working,
    ),
    Check(
        "titles", "Titler i lister", TITLES,
        "Hedder det samme i oversigten og i brødteksten?",
        "warning", "warning", titles.lists, looks_across=True,
    ),
    Check(
        "self-reference", "Henviser til sig selv", TITLES,
        "Henviser et forslag eller et punkt til sig selv?",
        "error", "", references.to_itself,
    ),
    Check(
        "dead-reference", "Henviser til intet", TITLES,
        "Findes det, der henvises til, i pakken?",
        "error", "", references.dead, looks_across=True,
    ),
    Check(
        "misspelt-reference", "Stavefejl i henvisning", TITLES,
        "Er ordet foran et nummer stavet rigtigt?",
        "warning", "warning", references.misspelt,
    ),
    Check(
        "relative-reference", "Henviser til et sted på siden", TITLES,
        "Kan henvisningen forstås uden at se siden?",
        "warning", "warning", references.relative,
        gathered="Bilaget har {count} henvisninger, der kun kan forstås på siden selv.",
    ),
    Check(
        "other-numbers", "Bilagets egne numre", TITLES,
        "Henviser et bilag udefra til bilag, der hedder noget andet i pakken?",
        "", "warning", references.other_numbers, looks_across=True,
    ),
    Check(
        "own-number", "Bilagets nummer på forsiden", TITLES,
        "Kalder bilaget sig selv det, det hedder i pakken?",
        "", "warning", references.cover_numbers,
    ),
    Check(
        "numbering", "Huller i numre", TITLES,
        "Springer numrene på punkter, bilag, forslag eller paragraffer?",
        "warning", "warning", counts.gaps, looks_across=True,
    ),
    Check(
        "same-labels", "Samme nummer to steder", TITLES,
        "Har to bilag et ”Forslag 1”?",
        "warning", "", counts.same_labels, looks_across=True,
    ),
    Check(
        "counts", "Skrevne antal", FIGURES,
        "Er der så mange, som teksten siger?",
        "error", "warning", counts.typed_counts, looks_across=True,
    ),
    Check(
        "sums", "Summer", FIGURES,
        "Er summen i en tabel summen af dens rækker?",
        "error", "", counts.sums,
    ),
    Check(
        "year-source", "År og kilde", FIGURES,
        "Har hvert tal et år eller en kilde?",
        "warning", "", figures.unsourced,
    ),
    Check(
        "percentages", "Procenter", FIGURES,
        "Passer procenten med de tal, den er regnet af?",
        "warning", "warning", figures.recalculated,
    ),
    Check(
        "price-years", "Prisår", FIGURES,
        "Er en besparelse regnet af beløb i samme års priser?",
        "warning", "warning", figures.price_years,
    ),
    Check(
        "two-figures", "Ét tal på to måder", FIGURES,
        "Giver to bilag det samme tal forskelligt?",
        "warning", "warning", twice.two_ways, looks_across=True,
    ),
    Check(
        "two-years", "Ét tal med to årstal", FIGURES,
        "Har det samme tal to forskellige årstal?",
        "warning", "warning", twice.two_years,
    ),
    Check(
        "two-definitions", "Ét mål for to grupper", FIGURES,
        "Måles det samme for to forskellige aldersgrupper?",
        "warning", "warning", twice.two_definitions,
    ),
    Check(
        "placeholder", "Fyldtekst", WORDS,
        "Er der fyldtekst eller felter, der ikke er udfyldt?",
        "error", "warning", fillers.placeholders,
    ),
    Check(
        "unfinished", "Ufærdige sætninger", WORDS,
        "Ender et afsnit midt i en sætning?",
        "error", "warning", fillers.unfinished,
    ),
    Check(
        "doubled-signs", "Dobbelte tegn", WORDS,
        "Står der to tegn i træk?",
        "warning", "warning", signs.doubled,
        gathered="Der står to tegn i træk {count} steder.",
    ),
    Check(
        "stray-digits", "Løse cifre", WORDS,
        "Hænger der cifre efter et punktum?",
        "warning", "warning", signs.stray_digits,
    ),
    Check(
        "slug", "Rester af et program", WORDS,
        "Er der et trykmærke, en filsti eller et brudt felt i teksten?",
        "error", "warning", signs.slugs,
        gathered="Der er rester af et program {count} steder, fx et trykmærke.",
    ),
    Check(
        "undrawable", "Tegn, der ikke kan trykkes", WORDS,
        "Kan papirets skrift tegne alle tegn?",
        "error", "error", signs.undrawable,
    ),
    Check(
        "broken-words", "Delte ord", WORDS,
        "Er der mellemrum eller bindestreg midt i ord, eller er ord løbet sammen?",
        "warning", "warning", spelling.broken,
        gathered="Der er mellemrum eller bindestreg inde i {count} ord.",
    ),
    Check(
        "split-compound", "Ord i to", WORDS,
        "Er et ord skrevet i to her og i ét andre steder?",
        "warning", "warning", wording.split_compounds, looks_across=True,
        gathered="{count} ord er skrevet i to her og i ét andre steder.",
    ),
    Check(
        "misspelt", "Stavefejl", WORDS,
        "Er et ord ét bogstav fra et ord, der findes?",
        "warning", "warning", spelling.misspelt,
        gathered="Der er formentlig stavefejl i {count} ord.",
    ),
    Check(
        "unknown-word", "Ukendte ord", WORDS,
        "Står vores ord i ordlisten?",
        "warning", "", spelling.unknown,
    ),
    Check(
        "variants", "Navne på to måder", WORDS,
        "Er navne og fagord skrevet ens i hele pakken?",
        "warning", "warning", wording.variants, looks_across=True,
    ),
    Check(
        "wording", "Smuttere", WORDS,
        "Er der ord to gange eller forvekslet ”at” og ”af”?",
        "warning", "warning", wording.slips,
        gathered="Der er sproglige smuttere {count} steder.",
    ),
    Check(
        "running-foot", "Sidefod i teksten", OUTSIDE,
        "Er en sidefod kommet med ind i teksten?",
        "", "warning", reading.feet,
    ),
    Check(
        "reading-order", "Læserækkefølge", OUTSIDE,
        "Læses overskrifter sammen med deres tekst, og forsiden først?",
        "", "warning",
        lambda subjects: (
            *reading.bare_headings(subjects), *reading.late_front(subjects),
        ),
        gathered="Teksten læses i forkert rækkefølge {count} steder.",
    ),
    Check(
        "contents", "Indholdsliste", OUTSIDE,
        "Peger indholdslisten på sider, der findes?",
        "", "warning", reading.contents,
    ),
    Check(
        "alternatives", "Billeder uden tekst", OUTSIDE,
        "Er der noget, en skærmlæser ikke kan sige, og intet resumé?",
        "", "warning", reading.alternatives,
    ),
    Check(
        "cpr", "Cpr-numre", PERSONS,
        "Er der tal, der kan være cpr-numre?",
        "error", "error", cpr.possible, may_override=True,
    ),
)  # fmt: skip
