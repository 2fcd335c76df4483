"""Appendices written in the portal: begun, read as they stand, written block by block."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core.drafts.keeping import close_posted
from core.drafts.offering import key_of, offer
from core.errors import RuleViolationError
from core.notices import Undo, say
from documents.inlines import Place as Medium
from documents.storage import files
from documents.uploads import RefusedFileError
from meetings.choices import BlockKind
from meetings.forms.written import WrittenForm
from meetings.services import written as service
from meetings.views.appendices import appendix_or_404, is_gone, said_removed
from meetings.views.files import guarded
from meetings.views.finding import own_meeting_or_404
from meetings.views.items import item_or_404
from meetings.views.locked import show_locked
from meetings.views.meetings import name_of
from meetings.written.document import document_of, value_of, why_no_chart
from meetings.written.forming import word_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from documents.tree import Block, Value
    from meetings.models import AgendaItem, Appendix, WrittenBlock

WRITE = "meetings/written_new.html"
WRITTEN = "meetings/written.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as its appendix's page shows it.

    Attributes:
        block: the Document's, of a text, picture or chart; None where it has none.
        value: of a key figure.
        trouble: what has to be done before it can be printed; "" for nothing.
    """

    row: WrittenBlock
    block: Block | None
    value: Value | None
    trouble: str
    is_first: bool
    is_last: bool

    @property
    def next_kind(self) -> str:
        """What is most often put right below it, as addresses say it."""
        return "noegletal" if self.value else "tekst"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def appendix_write(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Begin an appendix that is written here, empty or from a Word file."""
    row = item_or_404(request, own_meeting_or_404(request, slug), number)
    meeting, form, refusal = row.section.meeting, WrittenForm(), ""
    if request.method == "POST":
        is_word = request.POST.get("form") == "word"
        if not is_word:
            form = WrittenForm(request.POST)
        try:
            made = _from_word(request, row) if is_word else _begun(request, row, form)
        except (RefusedFileError, RuleViolationError) as error:
            refusal = str(error)
        else:
            if made is not None:
                return redirect(address_of(made))
    elif meeting.is_locked:
        return show_locked(request, meeting, "Skriv et bilag")
    offer(request, form, f"et nyt bilag til punkt {row.number}",
          key=f"{key_of(row)}:bilag")  # fmt: skip
    context = around(row) | {"form": form, "refusal": refusal}
    status = 422 if request.method == "POST" else 200
    return render(request, WRITE, context, status=status)


def _begun(
    request: PortalRequest, row: AgendaItem, form: WrittenForm
) -> Appendix | None:
    if not form.is_valid():
        return None
    made = service.add_written(row.pk, by=request.user, **form.cleaned_data)
    close_posted(request)
    say(request, f"{made.label} er oprettet. Skriv det første afsnit.")
    return made


def _from_word(request: PortalRequest, row: AgendaItem) -> Appendix:
    upload: Any = request.FILES.get("word")
    if upload is None:
        raise RefusedFileError("Vælg en Word-fil.")
    path = Path(upload.temporary_file_path())
    made = service.add_word(row.pk, path=path, name=upload.name, by=request.user)
    say(request, f"{made.label} er lavet af {upload.name}. Læs det igennem.")
    return made


def address_of(row: Appendix) -> str:
    """Give the address where a written appendix is written."""
    item = row.item
    return reverse(
        "meetings:written", args=[item.section.meeting.slug, item.slug, row.pk]
    )


def written_or_404(request: PortalRequest, slug: str, pk: int) -> Appendix:
    """Give a written appendix of a meeting that the user edits.

    What is typed is saved in a removed one too, and it is said that it is removed.

    Raises:
        Http404: there is none, it is removed, or it is not the user's.
    """
    row = appendix_or_404(request, slug, pk)
    if not row.is_written or (is_gone(row) and request.method != "POST"):
        raise Http404
    return row


def back_at(
    request: PortalRequest,
    row: Appendix,
    words: str,
    undo: Undo | None = None,
    at: str = "",
) -> HttpResponse:
    """Say what was done, and show the appendix again, or that it was removed meanwhile."""
    if is_gone(row):
        return said_removed(request, row, "er rettet", words)
    say(request, words, undo=undo)
    return redirect(f"{address_of(row)}{f'#{at}' if at else ''}")


@require_safe
@editors_only
def written(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
) -> HttpResponse:
    """Show a written appendix as it stands, each block with what can be done to it."""
    row = written_or_404(request, slug, pk)
    meeting = row.item.section.meeting
    blocks = list(row.blocks.present())
    context = around(row.item) | {
        "appendix": row,
        "shown": _shown(row, blocks),
        "place": Medium("page", 1),
        "word": word_of(row),
        "is_locked": meeting.is_locked,
        "last": len(blocks),
    }
    return render(request, WRITTEN, context)


def _shown(row: Appendix, blocks: list[WrittenBlock]) -> tuple[Shown, ...]:
    document = document_of(row, blocks)
    by_key = {block.key: block for block in document.blocks}
    found: list[Shown] = []
    above: list[WrittenBlock] = []
    for at, block in enumerate(blocks):
        is_figure, is_chart = (
            block.kind == kind for kind in (BlockKind.FIGURE, BlockKind.CHART)
        )
        if not is_chart and not (is_figure and above and above[-1] is blocks[at - 1]):
            above = []
        if is_figure:
            above.append(block)
        own = by_key.get(f"{document.key}/{block.key}")
        value = value_of(block, block.key) if is_figure else None
        ends = (at == 0, at == len(blocks) - 1)
        found.append(Shown(block, own, value, _trouble(block, above), *ends))
    return tuple(found)


def _trouble(block: WrittenBlock, above: list[WrittenBlock]) -> str:
    if block.kind == BlockKind.CHART:
        return why_no_chart(above)
    is_mute = block.kind == BlockKind.PICTURE and not block.alternative
    return "Skriv, hvad billedet viser. Mødet kan ikke sendes før." if is_mute else ""


@require_safe
@editors_only
def block_picture(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
    name: str,
) -> HttpResponse:
    """Show a picture of a written appendix to those who write it."""
    row = written_or_404(request, slug, pk)
    file, _, ending = name.partition(".")
    if not row.blocks.filter(file=file, file_format=ending).exclude(file="").exists():
        raise Http404
    return picture_answer(file, ending, is_public=False)


def picture_answer(file: str, ending: str, *, is_public: bool) -> HttpResponse:
    """Send a stored picture."""
    answer = FileResponse(files().open(file), content_type=f"image/{ending}")
    return cast("HttpResponse", guarded(answer, is_public=is_public))


@require_safe
@editors_only
def word_file(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
) -> HttpResponse:
    """Fetch the Word file that an appendix was made of, byte for byte."""
    row = written_or_404(request, slug, pk)
    word = word_of(row)
    if word is None:
        raise Http404
    answer = FileResponse(
        files().open(word.file),
        as_attachment=True,
        filename=word.name if word.name.endswith(".docx") else f"{word.name}.docx",
        content_type="application/octet-stream",
    )
    return cast("HttpResponse", guarded(answer, is_public=False))


def around(item: AgendaItem) -> dict[str, Any]:
    """Give what every page under an item needs."""
    meeting = item.section.meeting
    return {"item": item, "meeting": meeting, "meeting_title": name_of(meeting)}
