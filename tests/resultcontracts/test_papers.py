"""Result contracts on page and paper: figures as the facts have them, marks, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from accounts.models import Council
from documents.records import text
from documents.sources import source
from documents.tree import Document, Table, Value, walk
from resultcontracts.models import Contract
from tests.resultcontracts.loaded import loaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract() -> Contract:
    return loaded()


def test_try(contract):
    from pathlib import Path
    from documents.page import html_of
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    for name, more in (("contract",{}),("report",{}),("summary",{}),("goal",{"goal":"goal-3"}),("municipal",{"municipality":269}),("contradictions",{"which":"alle"})):
        src = source(f"resultcontracts.{name}")
        with CaptureQueriesContext(connection, ) as c:
            d = src.build({"contract": contract.pk, **more})
        form = src.form(council=contract.council)
        form.as_p()
        print(name, len(c), d.title, "|", d.lead, "|", src.made_of(d))
        from documents.prints import Order, print_now
        from documents.storage import files
        from tests.documents.pdf_makers import failures
        if name in ("summary","goal","municipal","contradictions"):
            row = print_now(Order(d, left="KKR", words="Udkast, side", foot="Udkast"))
            pdf = files().open(row.file).read()
            Path(f"/tmp/s13/papers_{name}.pdf").write_bytes(pdf)
            print(row.page_count, failures(pdf))
        import pickle
        Path(f"/tmp/s13/papers_{name}.html").write_text(str(html_of(d)))
        Path(f"/tmp/s13/papers_{name}.pickle").write_bytes(pickle.dumps(d))
