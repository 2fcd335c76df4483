"""Word files made by hand, part by part: real ones, and hostile ones."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Mapping

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
MATHS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_SPACES: Final = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="{MATHS}" xmlns:a="{DRAWING}/main"'
    f' xmlns:pic="{DRAWING}/picture" xmlns:wp="{DRAWING}/wordprocessingDrawing"'
)
_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
_STYLES: Final = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in {
        "Titel": "Title",
        "Overskrift1": "heading 1",
        "Overskrift2": "heading 2",
        "Indholdsfortegnelse1": "toc 1",
    }.items()
)


def p(text: str, style: str = "", more: str = "") -> str:
    """A paragraph."""
    own = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{own}<w:r><w:t xml:space="preserve">{text}</w:t></w:r>{more}</w:p>'


def table(*rows: tuple[str, ...]) -> str:
    """A table."""
    cells = (
        "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(cells)}</w:tbl>"


def picture(relation: str, alternative: str = "", way: str = "embed") -> str:
    """A paragraph with a picture."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="b" descr="{alternative}"/>'
        "<a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:{way}="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def field(told: str) -> str:
    """A field, its order cut in two runs as Word does."""
    half = len(told) // 2
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>'
        for part in (told[:half], told[half:])
    )
    begin, end = (
        f'<w:r><w:fldChar w:fldCharType="{e}"/></w:r>' for e in ("begin", "end")
    )
    return f"<w:p>{begin}{runs}{end}</w:p>"


def a_png(size: tuple[int, int] = (60, 40)) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (18, 69, 107)).save(out, "PNG")
    return out.getvalue()


def relation(key: str, kind: str, target: str, *, is_outside: bool = False) -> str:
    """A line of a part's relations."""
    mode = ' TargetMode="External"' if is_outside else ""
    return f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{mode}/>'


def a_word(
    body: str = "",
    *,
    relations: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A Word file.

    Args:
        body: the paragraphs of its text.
        relations: more lines of the document's relations.
        parts: more parts of the package, or others in place of the usual ones.
    """
    own = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{RELS}">{relation("rId1", "officeDocument", "word/document.xml")}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}">{relation("s1", "styles", "styles.xml")}{relations}</Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{_STYLES}</w:styles>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body or p('Ord.')}</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**own, **(parts or {})}.items():
            archive.writestr(name, content)
    return out.getvalue()


def a_report() -> bytes:
    """A report with chapters, a list, a table, a picture, a footnote and a link."""
    note = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{p("Optalt i 2022.")}'
        "</w:footnote></w:footnotes>"
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    link = '<w:hyperlink r:id="l1"><w:r><w:t>kkr.dk</w:t></w:r></w:hyperlink>'
    body = "".join((
        p("Status på praktikpladser", "Titel"),
        p("Baggrund\t3", "Indholdsfortegnelse1"),
        p("Baggrund", "Overskrift1"),
        p("Der mangler pladser.", more=mark),
        p("Se ", more=link),
        p("I tal", "Overskrift2"),
        table(("Uddannelse", "Pladser"), ("Lærer", "297")),
        p("Næste skridt", "Overskrift1"),
        p("Kommunerne svarer."),
        picture("b1", "Et kort over Sjælland"),
    ))  # fmt: skip
    relations = (
        relation("b1", "image", "media/image1.png")
        + relation("f1", "footnotes", "footnotes.xml")
        + relation("l1", "hyperlink", "https://www.kkr.dk/", is_outside=True)
    )
    more: dict[str, str | bytes] = {
        "word/footnotes.xml": note,
        "word/media/image1.png": a_png(),
    }
    return a_word(body, relations=relations, parts=more)
