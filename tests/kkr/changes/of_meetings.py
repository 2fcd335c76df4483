"""What changes a meeting, called in ``world.a_world``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from meetings.services import (
    agenda,
    announcing,
    appendices,
    carrying,
    copying,
    minutes,
    sections,
    stated,
    written,
)
from meetings.services import meetings as meeting_services

if TYPE_CHECKING:
    from tests.kkr.changes import Act


CATALOGUE: Final[Any] = {"source": "proposals.simplification", "title": "Katalog"}

# Service → what it is called with. ``w`` is the world below; one word a row in it.
OF_A_MEETING: dict[str, Act] = {
    "agenda.create_item": lambda w: agenda.create_item(w.section, title="Ny", by=w.by),
    "agenda.edit_item": lambda w: agenda.edit_item(
        w.item, version=1, title="Ny", by=w.by
    ),
    "agenda.bring_back_version": lambda w: agenda.bring_back_version(
        w.edited, number=1, fields=["title"], version=2, by=w.by
    ),
    "agenda.move_item": lambda w: agenda.move_item(w.item, to=2, by=w.by),
    "agenda.step_item": lambda w: agenda.step_item(w.item, direction="ned", by=w.by),
    "agenda.remove_item": lambda w: agenda.remove_item(w.item, by=w.by),
    "agenda.restore_item": lambda w: agenda.restore_item(w.gone_item, by=w.by),
    "appendices.add_file": lambda w: appendices.add_file(
        w.item, path=w.path, name="brev.pdf", by=w.by
    ),
    "appendices.add_generated": lambda w: appendices.add_generated(
        w.item, **CATALOGUE, options={"catalogue": w.catalogue}, by=w.by
    ),
    "appendices.edit_appendix": lambda w: appendices.edit_appendix(
        w.letter, version=1, title="Nyt", by=w.by
    ),
    "appendices.replace_file": lambda w: appendices.replace_file(
        w.letter, path=w.path, name="nyt.pdf", by=w.by
    ),
    "appendices.put_file_back": lambda w: appendices.put_file_back(
        w.letter, file_pk=w.file, by=w.by
    ),
    "appendices.edit_options": lambda w: appendices.edit_options(
        w.generated, version=1, options={"catalogue": 2}, by=w.by
    ),
    "appendices.put_options_back": lambda w: appendices.put_options_back(
        w.generated, version=1, by=w.by
    ),
    "appendices.move_appendix": lambda w: appendices.move_appendix(
        w.letter, to=2, by=w.by
    ),
    "carrying.carry_appendix": lambda w: carrying.carry_appendix(
        w.letter, to=w.edited, by=w.by
    ),
    "appendices.remove_appendix": lambda w: appendices.remove_appendix(
        w.letter, by=w.by
    ),
    "appendices.restore_appendix": lambda w: appendices.restore_appendix(
        w.gone_letter, by=w.by
    ),
    "appendices.withdraw_appendix": lambda w: appendices.withdraw_appendix(
        w.sent, by=w.by
    ),
    "appendices.reinstate_appendix": lambda w: appendices.reinstate_appendix(
        w.withdrawn, by=w.by
    ),
    "announcing.announce_item": lambda w: announcing.announce_item(
        w.sent_item, fate="withdrawn", reason="Sagen er trukket.", by=w.by
    ),
    "announcing.announce_meeting": lambda w: announcing.announce_meeting(
        w.meeting, fate="cancelled", reason="Sne", by=w.by
    ),
    "meetings.edit_meeting": lambda w: meeting_services.edit_meeting(
        w.meeting, version=1, place="Sorø", by=w.by
    ),
    "stated.give_source": lambda w: stated.give_source(
        w.item, number="840.000", source="Avisen", by=w.by
    ),
    "stated.take_source_back": lambda w: stated.take_source_back(
        w.item, number="17", by=w.by
    ),
    "sections.edit_section": lambda w: sections.edit_section(
        w.section, version=1, title="Nyt", by=w.by
    ),
    "sections.move_section": lambda w: sections.move_section(w.section, to=1, by=w.by),
    "sections.remove_section": lambda w: sections.remove_section(w.empty, by=w.by),
    "sections.restore_section": lambda w: sections.restore_section(
        w.meeting, w.gone_section, by=w.by
    ),
}
OF_A_MEETING |= {
    "written.add_written": lambda w: written.add_written(w.item, title="Nyt", by=w.by),
    "written.add_word": lambda w: written.add_word(
        w.item, path=w.word, name="status.docx", by=w.by
    ),
    "written.add_block": lambda w: written.add_block(
        w.written, kind="text", heading="Nyt", text="<p>Ord.</p>", by=w.by
    ),
    "written.edit_block": lambda w: written.edit_block(
        w.block, version=1, heading="Nyt", by=w.by
    ),
    "written.move_block": lambda w: written.move_block(w.block, to=2, by=w.by),
    "written.remove_block": lambda w: written.remove_block(w.block, by=w.by),
    "written.restore_block": lambda w: written.restore_block(w.gone_block, by=w.by),
    "written.put_block_back": lambda w: written.put_block_back(
        w.block, version=1, by=w.by
    ),
}
# Service → and whether the meeting it takes from is changed too.
OF_TWO_MEETINGS: Final[dict[str, tuple[Act, bool]]] = {
    "copying.copy_item": (
        lambda w: copying.copy_item(w.item, to=w.next, by=w.by),
        False,
    ),
    "copying.carry_item": (
        lambda w: copying.carry_item(w.item, to=w.next, by=w.by),
        True,
    ),
    "minutes.put_on_agenda": (
        lambda w: minutes.put_on_agenda(w.meeting, to=w.next, by=w.by),
        False,
    ),
}
