"""What a file may do: whatever it is dressed as, and wherever it stands, it is judged."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from documents.intake import Limits
from documents.intake.child import answer_for
from documents.intake.lastlook import refuse_what_acts
from documents.intake.scan import RefusedError
from tests.documents import acting
from tests.documents import flawed as f
from tests.documents import hostile as h
from tests.documents.telling import CANARY, SECRET, annotated, changed

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = [(dressed, stands) for dressed in acting.DRESSED for stands in acting.STANDS]


def judged(content: bytes) -> tuple[str, Pdf | None, tuple[str, ...]]:
    """The refusal of ``content``, or its cleaned copy and what was taken out."""
    out = io.BytesIO()
    answer = answer_for(io.BytesIO(content), out, Limits())
    if "refused" in answer:
        return answer["refused"], None, ()
    return "", Pdf.open(out), tuple(answer["facts"]["removed"])


# The library warns of a field without a form when the hostile file is made.
@pytest.mark.filterwarnings("ignore:.*form widget")
@pytest.mark.parametrize(("dressed", "stands"), CASES)
def test_no_action_comes_out_however_it_is_dressed(dressed: str, stands: str) -> None:
    for does in acting.does_in(stands):
        source = acting.made(does, dressed, stands)

        refused, clean, removed = judged(h.written(source))

        if does.startswith("launch"):
            assert refused == "launch", does
            continue
        assert (refused, bool(removed)) == ("", True), does
        assert clean is not None
        for action in acting.live(clean):
            assert str(action.S) in acting.MAY_STAY, does
            assert CANARY.encode() not in action.unparse(resolved=True), does


@pytest.mark.parametrize(("dressed", "stands"), CASES)
def test_the_last_look_alone_would_refuse_it(dressed: str, stands: str) -> None:
    for does in acting.does_in(stands):
        with pytest.raises(RefusedError) as refusal:
            refuse_what_acts(acting.made(does, dressed, stands))

        assert refusal.value.code == "active", does


def called(key: str, value: Callable[[Pdf], Any]) -> Callable[[Pdf], None]:
    """The catalog has an entry."""
    return lambda pdf: pdf.Root.__setitem__("/" + key, value(pdf))


def named(tree: str) -> Callable[[Pdf], None]:
    """The file has a name tree with the word in it."""
    holder = lambda _: Dictionary({"/" + tree: h.named(Dictionary(X=SECRET))})  # noqa: E731
    return called("Names", holder)


def drawing(**entries: Any) -> Callable[[Pdf], None]:
    """The page calls a drawing that has ``entries``."""

    def change(pdf: Pdf) -> None:
        form = Stream(pdf, b"0 0 9 9 re f", **entries)
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array([0, 0, 9, 9])
        pdf.pages[0].add_resource(pdf.make_indirect(form), Name.XObject, Name.Fm)
        pdf.pages[0].contents_add(b"/Fm Do")

    return change


def content_of_another_file(pdf: Pdf) -> None:
    """The page's content says that it is somewhere else."""
    content = Stream(pdf, b"0 0 9 9 re f", F=SECRET, FFilter=Name.ASCIIHexDecode)
    pdf.pages[0].obj.Contents = pdf.make_indirect(content)


def file_called_a_font(key: str) -> Callable[[Pdf], None]:
    """A file inside, which calls itself a font."""

    def change(pdf: Pdf) -> None:
        stream = pdf.make_indirect(Stream(pdf, CANARY.encode()))
        inner = Dictionary(Type=Name.Font, F=stream)
        spec = Dictionary(F=String("a"), EF=inner)
        pdf.pages[0].obj[key] = inner if key == "/EF" else Array([spec])

    return change


ELSEWHERE: dict[str, Callable[[Pdf], object]] = {
    "attached, with an address too": annotated(
        Subtype=Name.FileAttachment,
        S=Name.URI,
        URI=String("https://a.dk"),
        FS=Dictionary(F=SECRET),
    ),
    "film in an element": annotated(
        Subtype=Name.Screen, S=Name.Div, P=Name.X, MK=Dictionary(CA=SECRET)
    ),
    "attached, without a place": lambda pdf: pdf.pages[0].obj.__setitem__(
        "/Annots",
        Array([Dictionary(Subtype=Name.FileAttachment, FS=Dictionary(F=SECRET))]),
    ),
    "rich media": annotated(
        Subtype=Name.RichMedia, RichMediaContent=Dictionary(X=SECRET)
    ),
    "space": annotated(Subtype=Name("/3D"), **{"3DD": Dictionary(X=SECRET)}),
    "script by name": named("JavaScript"),
    "films by name": named("Renditions"),
    "files by name": named("EmbeddedFiles"),
    "addresses by name": named("URLS"),
    "pages by name": named("Templates"),
    "anything by name": named("Kanariefugl"),
    "address of all links": called("URI", lambda _: Dictionary(Base=SECRET)),
    "articles": called("Threads", lambda _: Array([Dictionary(I=SECRET)])),
    "portfolio": called("Collection", lambda _: Dictionary(D=SECRET)),
    "requirements": called("Requirements", lambda _: Array([Dictionary(X=SECRET)])),
    "content of another file": content_of_another_file,
    "page of another file": drawing(Ref=Dictionary(F=SECRET, Page=0)),
    "drawing with a file": drawing(AF=Array([Dictionary(F=SECRET)])),
    "file called a font": file_called_a_font("/EF"),
    "file among fonts": file_called_a_font("/AF"),
    "script of a drawing in space": drawing(OnInstantiate=SECRET),
    "script without a kind": annotated(Subtype=Name.Link, A=Dictionary(JS=SECRET)),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_nothing_of_it_is_left_in_the_copy(name: str) -> None:
    refused, clean, _ = judged(changed(ELSEWHERE[name]))

    assert refused == ""
    assert clean is not None
    for item in clean.objects:
        if isinstance(item, Stream):
            assert CANARY.encode() not in item.read_bytes()
            item = item.stream_dict  # noqa: PLW2901
        if isinstance(item, (Dictionary, Array)):
            assert CANARY.encode() not in item.unparse(resolved=True)


@pytest.mark.parametrize("role", ["Launch", "JavaScript", "Hide", "URI", "Named"])
def test_an_element_may_have_the_name_of_an_action_as_its_role(role: str) -> None:
    def renamed(pdf: Pdf) -> None:
        f.role("LI", role)(pdf)
        f.roles(**{role: Name.LI})(pdf)

    refused, clean, removed = judged(f.flawed(renamed))

    assert (refused, removed) == ("", ())
    assert clean is not None
    assert len(f.elements(clean, role)) == 1


@pytest.mark.parametrize("name", ["AA", "EF", "AF", "JS", "A", "URI", "Hide"])
def test_a_font_may_be_called_anything(name: str) -> None:
    pdf = h.plain()
    fonts = pdf.pages[0].obj.Resources.Font
    fonts["/" + name] = pdf.make_indirect(fonts.F1)
    fonts["/" + name].FontDescriptor = Dictionary(Type=Name.FontDescriptor)

    refused, clean, removed = judged(h.written(pdf))

    assert (refused, removed) == ("", ())
    assert clean is not None
    assert "/" + name in clean.pages[0].obj.Resources.Font


@pytest.mark.parametrize(
    "action",
    [
        h.address("https://www.kum.dk/a?b=c:d"),
        h.address("mailto:kkr@example.org"),
        h.address("tel:+4512345678"),
        h.address("www.kum.dk/side"),
        Dictionary(S=Name.Named, N=Name.NextPage),
        Dictionary(S=Name.GoTo, D=String("sted")),
        Dictionary(S=Name.GoTo, D=String("sted"), P=Name.X),
    ],
)
def test_what_only_leads_somewhere_stays(action: Dictionary) -> None:
    refused, clean, removed = judged(h.with_link(action))

    assert (refused, removed) == ("", ())
    assert clean is not None
    (kept,) = acting.live(clean)
    assert kept.S == action.S
