"""The ministry's form: sums, the cell that is probably wrong, and what is not filled."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, product
from typing import TYPE_CHECKING

import pytest

from dimensioning.shares.exact import SharesError
from dimensioning.shares.form import (
    EmptyCell,
    Form,
    State,
    Sum,
    WrongCell,
    WrongLine,
    WrongTargets,
    column_targets,
    findings,
)
from dimensioning.shares.table import Tie
from dimensioning.shares.words import forms
from dimensioning.shares.words.terms import Terms
from tests.dimensioning.published import DAY, SCHOOL, SOCIAL, filled, specialisations

if TYPE_CHECKING:
    from dimensioning.shares.grid import Cell

KINDS = (DAY, SCHOOL, SOCIAL)
NAMES = Terms({"UCL Erhvervsakademi og professionshøjskole": "UCL"})


def example() -> Form:
    """Give the form of six institutions on its way."""
    found = filled("form")
    names = tuple(found)
    targets = {name: total for name, (total, _) in found.items()}
    columns = column_targets(targets, specialisations())
    assert not isinstance(columns, Tie)
    cells: dict[Cell, int | None] = dict(
        zip(
            product(names, KINDS),
            chain.from_iterable(row for _, row in found.values()),
            strict=True,
        )
    )
    return Form(names, KINDS, cells, targets, columns)


def small(*cells: int | None, rows: tuple[int | None, ...] = (10, 10), columns: tuple[int | None, ...] = (10, 10)) -> Form:  # fmt: skip
    """Give a form of two rows and two columns."""
    keys = list(product("ab", "xy"))
    return Form(
        ("a", "b"),
        ("x", "y"),
        dict(zip(keys, cells, strict=True)),
        dict(zip("ab", rows, strict=True)),
        dict(zip("xy", columns, strict=True)),
    )


def test_the_form_on_its_way_names_two_cells_and_writes_neither() -> None:
    form = example()

    assert [form.column_targets[kind] for kind in KINDS] == [1581, 973, 1499]
    sums = [form.row(row) for row in form.rows]
    assert [total.value for total in sums] == [980, 747, 589, 255, 812, 548]
    assert [forms.sum_words(total) for total in sums] == [
        "stemmer", "stemmer", "stemmer", "1 ikke udfyldt", "stemmer", "27 for meget",
    ]  # fmt: skip
    columns = [form.column(kind) for kind in KINDS]
    assert [total.value for total in columns] == [1581, 1000, 1350]
    assert [forms.sum_words(total) for total in columns] == ["stemmer", "27 for meget", "1 ikke udfyldt"]  # fmt: skip
    assert form.whole == Sum(3931, 17, 18, 4053)
    assert forms.whole_words(form.whole) == "17 af 18 udfyldt"
    wrong, empty = findings(form)
    assert wrong == WrongCell((form.rows[5], SCHOOL), 27, 152)
    assert isinstance(empty, EmptyCell)
    assert (empty.cell, empty.for_both) == (("UC Nordjylland", SOCIAL), 149)
    assert forms.finding(wrong, NAMES) == (
        f"UCL, {SCHOOL}: 27 for meget.",
        "Rækken og kolonnen er begge 27 for høje og mødes i dette felt. 125 får begge til at stemme.",
    )
    assert forms.finding(empty, NAMES) == (
        f"UC Nordjylland, {SOCIAL}: ikke udfyldt.",
        "149 får række og kolonne til at stemme.",
    )
    assert form.cells[wrong.cell] == 152
    assert form.agrees(["Professionshøjskolen Absalon"])
    assert not form.agrees(form.rows)
    mended = replace(form, cells={**form.cells, wrong.cell: 125, empty.cell: 149})
    assert findings(mended) == ()
    assert mended.agrees(form.rows)
    assert forms.whole_words(mended.whole) == "stemmer"


def test_the_paper_form_counts_only_the_rows_that_are_answered() -> None:
    found = filled("paper")
    cells: dict[Cell, int | None] = {
        (name, kind): value
        for name, (_, values) in found.items()
        for kind, value in zip(KINDS, values, strict=True)
    }
    targets = {name: total for name, (total, _) in found.items()}
    names = tuple(filled("form"))
    form = Form(names, KINDS, cells, targets, {}, frozenset(names) - set(targets))

    assert [form.column(kind).value for kind in KINDS] == [757, 297, 699]
    assert [(form.column(kind).filled, form.column(kind).of) for kind in KINDS] == [(3, 3), (2, 3), (3, 3)]  # fmt: skip
    assert form.whole == Sum(1753, 8, 9, 1857)
    rows = [form.row(row) for row in form.here]
    assert [total.value for total in rows] == [747, 589, 417]
    assert [forms.control(total) for total in (*rows, form.whole)] == ["Stemmer", "Stemmer", "104 mangler", "104 mangler"]  # fmt: skip
    assert forms.note(form, NAMES) == (
        "Felterne giver 1.753 ad begge veje. Samlet antal er 1.857. Forskellen på 104 er det ene felt, "
        f"der ikke er udfyldt: UCL, {SCHOOL}. Et tomt felt tæller ikke som nul."
    )  # fmt: skip
    [empty] = findings(form)
    assert forms.finding(empty, NAMES)[1] == "104 får rækken til at stemme."


@pytest.mark.parametrize(
    ("form", "found", "words"),
    [
        (small(5, 5, 5, 5), (), ()),
        (small(3, 5, 5, 5), (WrongCell(("a", "x"), -2, 3),), ("a, x: 2 for lidt.",)),
        (small(7, 5, 6, 4), (WrongLine("row", "a", 2), WrongLine("column", "x", 3), WrongLine("column", "y", -1)),
         ("a: 2 for meget.", "x: 3 for meget.", "y: 1 for lidt.")),
        # Two rows that are equally off: no cell is named.
        (small(7, 5, 5, 7, columns=(12, 10)), (WrongTargets(20, 22), WrongLine("row", "a", 2), WrongLine("row", "b", 2), WrongLine("column", "y", 2)),
         ("Rækkerne skal give 20 og kolonnerne 22.", "a: 2 for meget.", "b: 2 for meget.", "y: 2 for meget.")),
        # The value that would mend it is no number of places.
        (small(1, 13, 13, 3, rows=(10, 16), columns=(10, 16)), (WrongLine("row", "a", 4), WrongLine("column", "x", 4)),
         ("a: 4 for meget.", "x: 4 for meget.")),
        (small(12, None, 0, 5), (WrongLine("row", "a", 2), WrongLine("row", "b", -5), WrongLine("column", "x", 2), EmptyCell(("a", "y"), None, 5)),
         ("a: 2 for meget.", "b: 5 for lidt.", "x: 2 for meget.", "a, y: ikke udfyldt.")),
        (small(None, None, 5, 5), (EmptyCell(("a", "x"), None, 5), EmptyCell(("a", "y"), None, 5)), ("a, x: ikke udfyldt.", "a, y: ikke udfyldt.")),
        (small(5, None, 5, 5, columns=(10, 9)), (WrongTargets(20, 19), EmptyCell(("a", "y"), 5, 4)), ("Rækkerne skal give 20 og kolonnerne 19.", "a, y: ikke udfyldt.")),
        (small(5, 5, 5, 5, rows=(None, 10), columns=(None, None)), (), ()),
        (small(0, 0, 0, 0, rows=(0, 0), columns=(0, 0)), (), ()),
    ],
)  # fmt: skip
def test_what_does_not_agree(
    form: Form, found: tuple[object, ...], words: tuple[str, ...]
) -> None:
    told = findings(form)

    assert told == found
    assert tuple(forms.finding(one, NAMES)[0] for one in told) == words


def test_what_is_missing_is_never_nought() -> None:
    empty = small(None, None, None, None, rows=(None, 10), columns=(None, None))

    assert (empty.row("a").value, empty.whole.value, empty.whole.target) == (None, None, None)  # fmt: skip
    assert (empty.row("a").state, forms.sum_words(empty.row("a"))) == (State.OPEN, "2 ikke udfyldt")  # fmt: skip
    assert small(5, 5, 5, 5, rows=(None, 10)).row("a").state == State.NO_TARGET
    assert forms.sum_words(small(5, 5, 5, 5, rows=(None, 10)).row("a")) == ""
    assert column_targets({"a": 5, "b": None}, specialisations()) == dict.fromkeys(KINDS)  # fmt: skip
    assert isinstance(column_targets({"a": 750}, specialisations()), Tie)
    assert forms.note(empty, NAMES) == "Ingen felter er udfyldt. Et tomt felt tæller ikke som nul."  # fmt: skip
    assert forms.note(small(5, 5, 5, 5), NAMES) == "Felterne giver 20 ad begge veje. Samlet antal er 20."  # fmt: skip
    assert forms.note(small(5, 5, 5, 6), NAMES).endswith("Samlet antal er 20. Forskellen er 1.")  # fmt: skip
    assert forms.note(small(5, 5, 5, 5, rows=(None, 10)), NAMES).endswith("Ikke alle samlede antal er udfyldt.")  # fmt: skip
    assert forms.note(small(5, None, None, 5), NAMES) == "Felterne giver 10 ad begge veje. Samlet antal er 20. To felter er ikke udfyldt: a, y og b, x. Et tomt felt tæller ikke som nul."  # fmt: skip
    assert forms.note(small(10, None, 5, 5), NAMES).endswith("Ét felt er ikke udfyldt: a, y. Et tomt felt tæller ikke som nul.")  # fmt: skip
    both = forms.finding(EmptyCell(("a", "y"), 5, 4), NAMES)[1]
    assert both == "5 får rækken til at stemme, 4 får kolonnen til det."
    assert forms.finding(EmptyCell(("a", "y"), None, 4), NAMES)[1] == "4 får kolonnen til at stemme."  # fmt: skip
    assert forms.finding(EmptyCell(("a", "y"), None, None), NAMES)[1] == ""
    assert forms.finding(WrongTargets(4053, 4050), NAMES) == ("Rækkerne skal give 4.053 og kolonnerne 4.050.", "Forskellen er 3.")  # fmt: skip
    assert forms.finding(WrongCell(("a", "x"), -2, 3), NAMES)[1] == "Rækken og kolonnen er begge 2 for lave og mødes i dette felt. 5 får begge til at stemme."  # fmt: skip
    with pytest.raises(SharesError):
        small(-1, 5, 5, 5).row("a")
