"""Pictures of pages: one a page, made once, and a page that cannot be drawn is left out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from documents.models import PagePicture
from documents.pictures import PAGES_AT_A_TIME, make_pictures, make_some
from documents.printing import paper
from documents.printing.pdf import print_html
from documents.storage import files, keep
from documents.tree import pieces
from tests.documents.documents_to_print import document, long_idea, record

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.django_db


def stored(paragraphs: int) -> str:
    section = record(idea=long_idea(paragraphs))
    return keep(ContentFile(print_html(paper.html_of(pieces(document(section))[1]))))


def pages(rows: Iterable[PagePicture]) -> list[tuple[int, int, int]]:
    return [(row.page, row.width, row.height) for row in rows]


def test_each_page_gets_a_picture_of_its_size() -> None:
    name = stored(12)

    make_pictures(name)

    rows = list(PagePicture.objects.filter(of=name))
    assert pages(rows) == [(1, 910, 1287), (2, 910, 1287)]
    with Image.open(files().open(rows[0].file)) as picture:
        assert picture.format == "PNG"
        assert picture.convert("1").getextrema() == (0, 255)


def test_only_missing_pictures_are_made() -> None:
    name = stored(30)
    make_pictures(name)
    before = PagePicture.objects.get(of=name, page=1)
    PagePicture.objects.filter(of=name, page=2).delete()

    make_pictures(name)

    assert PagePicture.objects.get(of=name, page=1).pk == before.pk
    assert PagePicture.objects.filter(of=name).count() == 3


def test_a_page_that_cannot_be_drawn_leaves_the_others() -> None:
    with pikepdf.open(files().open(stored(30))) as pdf:
        pdf.pages[1].obj.MediaBox = pikepdf.Array([0, 0, 1_000_000, 1_000_000])
        out = io.BytesIO()
        pdf.save(out)
    name = keep(ContentFile(out.getvalue()))

    make_pictures(name)

    assert [page for page, _, _ in pages(PagePicture.objects.filter(of=name))] == [1, 3]


def test_a_long_file_is_drawn_a_few_pages_at_a_time() -> None:
    name = stored(120)

    last = make_some(name)

    assert last == PAGES_AT_A_TIME
    assert PagePicture.objects.filter(of=name).count() == PAGES_AT_A_TIME
    assert make_some(name, after=last) == 10
    assert make_some(name, after=10) is None
