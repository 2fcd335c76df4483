"""What is found in our own records, titles and items."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from documents.checks import Subject, passages_of, run
from documents.fonts import drawable
from documents.tree import (
    Column,
    Document,
    Fact,
    Facts,
    Group,
    Missing,
    Paragraph,
    Point,
    Points,
    Reference,
    RichText,
    Row,
    Section,
    Source,
    Table,
    Value,
    Words,
)
from tests.documents.checks.makers import (
    catalogue,
    foreign,
    found,
    item,
    proposal,
    quotes,
    sentences,
)


def rich(html: str) -> Subject:
    section = Section("s:1", "Sag", blocks=(RichText("s:1/idea", "Ideen", html),))
    return catalogue(section)


@pytest.mark.parametrize(
    "text",
    [
        "Mødet holdes [indsæt dato] i Sorø.",
        "Prisen er TBD.",
        "Beløbet er xxx kr.",
        "Tekst følger.",
        "Lorem ipsum dolor sit amet.",
        "Formanden hedder N.N.",
    ],
)
def test_text_that_is_to_be_filled_in_is_an_error(text: str) -> None:
    assert len(found("placeholder", item(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The committee is asked to approve the budget for the coming year at once.",
        "Der Ausschuss wird gebeten, den Haushalt für das kommende Jahr anzunehmen.",
        "Kommunerne spørges, om de vil medfinansiere en regional filmfond i Østdanmark.",
        "Se [1] og [§ 4].",
        "Preparedness described; effect figure missing although promised earlier this year.",
        "Se https://example.org/content/ydelser/ivaerksaetter-det-her-foeles-som-at-bygge",
    ],
)
def test_a_text_in_a_real_language_is_no_filler(text: str) -> None:
    assert found("placeholder", item(text)) == []


def test_filler_is_named_by_the_heading_over_it() -> None:
    filler = "Hoste co medes nost, vilicae tum ina, norteri buntem et que ta perum nos."

    (flaw,) = found("placeholder", foreign("Forord", filler))

    assert flaw.sentence == "Forordet er ikke skrevet, kun fyldtekst."
    assert flaw.quote == "Hoste co medes nost"


def test_a_paragraph_that_a_list_goes_on_with_is_finished() -> None:
    assert (
        found("unfinished", rich("<p>KKR drøfter og</p><ul><li>en ting</li></ul>"))
        == []
    )
    assert quotes("unfinished", rich("<p>KKR drøfter og</p><p>Andet.</p>")) == [
        "KKR drøfter og"
    ]


def test_a_record_that_refers_to_itself_is_said_as_people_say_it() -> None:
    subject = catalogue(*(proposal(n, risk="Se forslag 3") for n in (1, 2, 3)))

    assert sentences(found("self-reference", subject)) == [
        "Forslag 3, risiko 1, henviser til sig selv."
    ]


def test_a_link_to_oneself_and_an_item_that_names_itself_are_found_too() -> None:
    link = Paragraph("s:1/p", "Se", ((Reference("s:1", "sag 1"),),))
    linked = catalogue(Section("s:1", "Sagen", label="Sag 1", blocks=(link,)))

    assert sentences(found("self-reference", linked)) == [
        "Sag 1 henviser til sig selv."
    ]
    assert sentences(found("self-reference", item("Det sker, jf. punkt 2.1."))) == [
        "Punkt 2.1 henviser til sig selv."
    ]


def test_references_to_what_is_not_there_are_dead() -> None:
    link = Paragraph("s:1/p", "Se", ((Reference("proposal:9", "forslag 9"),),))
    linked = catalogue(Section("s:1", "Sagen", blocks=(link,)))
    numbered = catalogue(proposal(1, risk="Se forslag 23"), proposal(2))
    said = item("Det hænger sammen med 2.1 Bilag 7 og punkt 2.9, men ikke 2.1 Bilag 1.")

    assert quotes("dead-reference", linked) == ["forslag 9"]
    assert quotes("dead-reference", numbered) == ["forslag 23"]
    assert quotes("dead-reference", said, foreign()) == ["2.1 Bilag 7", "punkt 2.9"]


def test_an_item_of_another_meeting_is_no_dead_reference() -> None:
    text = "KKR behandlede punkt 3.2 på sidste møde og punkt 4.1 i referatet."

    assert found("dead-reference", item(text)) == []


def test_a_link_into_another_document_of_the_packet_lives() -> None:
    link = Paragraph("s:1/p", "Se", ((Reference("proposal:1", "forslag 1"),),))
    linked = catalogue(Section("s:1", "Sagen", blocks=(link,)), label="2.1 Bilag 2")

    assert found("dead-reference", linked, catalogue(proposal(1))) == []


def test_a_typed_count_is_held_against_what_is_counted() -> None:
    three = catalogue(*map(proposal, (1, 2, 3)))
    wrong = item("KKR drøfter de 18 forenklingsforslag.")
    right = item("KKR drøfter de tre forslag. De 2 forslag, der haster, er først.")

    assert sentences(found("counts", wrong, three)) == [
        "Teksten siger 18 forenklingsforslag, men 2.1 Bilag 3 har 3. Ret tallet."
    ]
    assert found("counts", right, three) == []
    other = item("KKR drøfter de to forslag.", label="punkt 2.6")
    assert found("counts", other, three) == []


def test_the_points_of_a_list_are_counted_against_its_sentence() -> None:
    list_of_two = "<ul><li>Et</li><li>To</li></ul>"

    assert sentences(
        found("counts", rich(f"<p>KKR har bedt om tre ting:</p>{list_of_two}"))
    ) == ["Teksten siger tre ting, men listen har 2\xa0punkter. Ret det ene."]
    assert found("counts", rich(f"<p>KKR har bedt om to ting:</p>{list_of_two}")) == []


def sums(total: int) -> Subject:
    def cell(key: str, number: int | None) -> tuple[Value, ...]:
        if number is None:
            return (Value(key, missing=Missing.NOT_MEASURED),)
        return (Value(key, str(number), Decimal(number), Decimal(number)),)

    rows = tuple(Row(f"r:{n}", ((Words("R"),), cell(f"r:{n}/v", n))) for n in (2, 3))
    rows = (*rows, Row("r:x", ((Words("R"),), cell("r:x/v", None))))
    table = Table(
        "t", "Pladser", (Column("Navn"), Column("Antal")), (Group("g", "", rows),),
        total=Row("sum", ((Words("I alt"),), cell("sum/v", total))),
    )  # fmt: skip
    return catalogue(Section("s:1", "Sag", blocks=(table,)))


def test_a_sum_that_is_not_the_sum_of_its_rows_is_an_error() -> None:
    assert found("sums", sums(5)) == []
    assert sentences(found("sums", sums(6))) == [
        "Summen er skrevet som 6, men rækkerne giver 5. Ret summen eller rækkerne."
    ]


def with_figure(words: str, source: Source | None = None) -> Subject:
    value = Value("v", "12", Decimal(12), Decimal(12), "pct.", source=source)
    fact = Fact("s:1/figures", "Tal", ((value, Words(words)),))
    facts = Facts("s:1/facts", "Oplysninger", (fact,))
    return catalogue(Section("s:1", "Sag", blocks=(facts,)))


def test_a_figure_has_a_year_or_a_source() -> None:
    assert quotes("year-source", with_figure(" flere fleksjob")) == ["12\xa0pct."]
    assert found("year-source", with_figure(" flere fleksjob (2022)")) == []
    assert found("year-source", with_figure(" flere", Source("Jobindsats"))) == []
    assert quotes("year-source", item("Udgiften er 10,6 mia. kr. om året.")) == [
        "Udgiften er 10,6 mia. kr. om året."
    ]
    assert found("year-source", item("Udgiften var 10,6 mia. kr. i 2022.")) == []


def test_a_jump_in_numbers_is_found_and_a_letter_is_none() -> None:
    items = [item(label=f"punkt 2.{number}") for number in ("1", "2", "2a", "4")]
    bilag = [foreign(label=f"2.4 Bilag {number}") for number in ("1", "3", "3a")]

    assert quotes("numbering", *items, *bilag) == ["punkt 2.4", "2.4 Bilag 3"]
    assert quotes(
        "numbering", catalogue(*map(proposal, (1, 2, 4)), label="2.1 Bilag 1")
    ) == ["Forslag 3"]


def test_a_sign_that_paper_cannot_draw_is_named_with_its_place() -> None:
    assert 0x2603 not in drawable()
    subject = rich("<p>Kommune ☃ region</p>")

    (flaw,) = found("undrawable", subject)

    assert (flaw.where, flaw.key) == ("Sag, Ideen", "s:1/idea/p:1")
    assert "”☃” (U+2603, snowman)" in flaw.sentence
    assert found("undrawable", rich("<p>½ – ”æøå” 20\xa0% …</p>")) == []


def test_our_title_of_a_file_is_ours_whatever_the_file_holds() -> None:
    subject = foreign("☃ og [indsæt dato]", title="Notat ☃ [indsæt navn]")

    assert quotes("title-filler", subject) == ["[indsæt navn]"]
    assert [flaw.where for flaw in found("undrawable", subject)] == ["Titel"]


def test_titles_may_hold_years_and_final_editions() -> None:
    good = (
        "Godkendelse af endelig udgave af ”Sjælland baner vejen frem” (2024)",
        "Udvikling tæt på dig 2024-2034",
        "2019 Vedtægter for Greater Copenhagen EU Office",
        "Høringsudkast til Region Sjællands udviklingsstrategi",
    )

    assert [found("title-tail", item(title=title)) for title in good] == [[]] * 4


@pytest.mark.parametrize(
    "title",
    [
        "Budget v2",
        "Budget (1)",
        "Budget_ny",
        "Budget.docx",
        "UDKAST til budget",
        "Budget final",
    ],
)
def test_a_title_that_was_a_file_name_is_an_error_also_on_a_file(title: str) -> None:
    assert quotes("title-tail", foreign(title=title)) == [title]


def test_what_we_quote_from_others_is_not_our_spelling() -> None:
    assert found("misspelt", item("Kilden skriver ”fokusmaal” her.")) == []
    assert len(found("misspelt", item("Kilden skriver fokusmaal her."))) == 1


def test_names_abbreviations_and_addresses_are_not_spelt() -> None:
    text = (
        "Krzyrosiak, VEU, ESG og FilmFyn; se jobindsats.dk, a-kasser, Sydsjælland, "
        "225-timersreglen, kick-off og social- og sundhedsområdet."
    )

    for check in ("misspelt", "unknown-word", "broken-words"):
        assert found(check, item(text)) == []


def test_a_text_in_another_language_and_another_ending_are_not_misspelt() -> None:
    english = (
        "The measure was reached everywhere without any further political verdict."
    )

    assert found("misspelt", item(english)) + found("unknown-word", item(english)) == []
    assert (
        found("misspelt", item("Det præhospitale område er præhospital hjælp.")) == []
    )


def test_a_document_called_otherwise_than_we_call_it_is_told() -> None:
    assert found("document-title", catalogue()) == []
    assert sentences(
        found("document-title", replace(catalogue(), title="Katalog"))
    ) == [
        "Bilaget hedder ”Forenklingskatalog” på sin egen forside og ”Katalog” hos os. "
        "Brug én titel."
    ]


def test_every_text_of_a_document_has_a_place_and_a_heading_stands_before_its_own() -> (
    None
):
    blocks = (
        Points("s:1/gains", "Gevinster", ()),
        *proposal(1, risk="En risiko").blocks,
    )
    document = Document("d", "Titel", lead="Indledning", sections=(
        Section("s:1", "Sagen", label="Forslag 1", blocks=blocks),
    ))  # fmt: skip

    assert [(p.where, p.role, p.text) for p in passages_of(document)] == [
        ("Titel", "cover", "Titel"),
        ("Titel", "body", "Indledning"),
        ("Forslag 1", "heading", "Sagen"),
        ("Forslag 1", "heading", "Gevinster"),
        ("Forslag 1", "heading", "Risici"),
        ("Forslag 1, Risici, punkt 1", "body", "En risiko"),
    ]


def test_minutes_speak_of_the_agenda_they_are_of() -> None:
    blocks = (Points("a:1", "Beslutning", (Point("a:1/1", "Gælder 4.1 Bilag 2."),)),)
    agenda = catalogue(
        Section("a", "Punkter", label="2.1", blocks=blocks),
        title="Referat",
        label="2.1 Bilag 1",
    )
    minutes = replace(agenda, title="Referat af mødet", is_elsewhere=True)
    row = item("De 18 forenklingsforslag skal drøftes.")

    assert not run((row, minutes))
    assert quotes("dead-reference", row, agenda) == ["4.1 Bilag 2"]
