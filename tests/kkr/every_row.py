"""A council with one row of everything, and where each route finds its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core import clock
from meetings.models import (
    AgendaItem,
    FollowUp,
    ItemTemplate,
    Meeting,
    Member,
    Withdrawal,
    WordOriginal,
)
from meetings.municipality.page import slug_of
from proposals.choices import PointKind
from proposals.models import (
    CrossReference,
    Dependency,
    Figure,
    PositionCall,
    Proposal,
    SavedView,
    SheetImport,
)
from questions.models import Question
from resultcontracts.choices import Status
from resultcontracts.models import (
    Claim,
    ContractImport,
    Evidence,
    HouseQuestion,
    Round,
)
from tests.kkr.routes import SPECIAL
from tests.makers_around import a_group, a_note, a_vision
from tests.makers_contracts import a_contract, a_goal, a_measure, a_measurement
from tests.makers_packets import a_meeting, a_packet, a_user
from tests.makers_proposals import (
    a_proposal,
    a_reading,
    a_shared_point,
    a_step,
    a_unit,
    point_of,
)
from tests.makers_questions import a_place, a_question
from tests.makers_written import a_block, a_picture, a_written

if TYPE_CHECKING:
    from accounts.models import Council, User

DRAFT = "2023-12-13"
THEME, SHARED = "tema-1", "taet-samspil"
VISION, NOTE = "vision-1", "uens-1"


def places(council: Council) -> dict[str, dict[str, Any]]:
    """Make the council's rows; give a route's name → the parts of its address."""
    theme, shared = {"key": THEME}, {"key": SHARED}
    found: dict[str, dict[str, Any]] = {
        **SPECIAL,
        "proposals:theme": theme,
        "proposals:theme-removal": theme,
        "proposals:shared-point": shared,
        "proposals:shared-units": shared,
        "proposals:shared-removal": shared,
        "proposals:vision": {"key": VISION},
        "proposals:vision-removal": {"key": VISION},
        **{
            f"proposals:source-note{end}": {"key": NOTE}
            for end in ("", "-edit", "-removal")
        },
    }
    found |= _of_question(council)
    pks = _of_meeting(council) | _of_proposal(council) | _of_unit(council)
    user = a_user(council, email=f"ny@{council.slug}.example")
    user.name = word_of(council)
    user.save()
    pks |= dict.fromkeys(("view", "view-removal"), _a_saved_view(council, user))
    seat = user.memberships.get().pk
    pks |= dict.fromkeys(("user", "user-access", "user-removal"), seat)
    pks |= _of_sheets(council)
    found |= _of_written(council)
    of_contract = _of_contract(council, user)
    found |= _of_positions(council)
    found |= of_contract
    for name, pk in pks.items():
        space = {
            "memb": "meetings",
            "temp": "meetings",
            "user": "accounts",
            "appe": "meetings",
            "sect": "meetings",
            "with": "meetings",
            "task": "decisions",
        }
        found[f"{space.get(name[:4], 'proposals')}:{name}"] = {"pk": pk}
    return found


def word_of(council: Council) -> str:
    """A word that stands in the council's own rows only."""
    return f"Ord fra {council.slug}"


def _of_meeting(council: Council) -> dict[str, int]:
    """A draft with item 2.1, an appendix of data and a letter, and a built packet."""
    meeting = a_meeting(council, slug=DRAFT)
    meeting.place = word_of(council)
    meeting.save()
    section = meeting.sections.get()
    section.items.update(title=word_of(council))
    generated, letter = section.items.get().appendices.order_by("position")
    catalogue = a_proposal(3, council=council).catalogue_id
    generated.source, generated.options = (
        "proposals.simplification",
        {"catalogue": catalogue},
    )
    generated.save()
    a_packet(meeting)
    ends = ("", "-file", "-order", "-removal", "-withdrawal")
    return {
        **{f"appendix{end}": letter.pk for end in ends},
        "appendix-options": generated.pk,
        "template-removal": ItemTemplate.objects.create(
            council=council, name=word_of(council)
        ).pk,
        "withdrawal": Withdrawal.objects.create(
            meeting=meeting,
            version=1,
            name="Version 1",
            title=word_of(council),
            reason="Et navn",
            found_at=clock.now(),
            by="Chefen",
        ).pk,
        **dict.fromkeys(
            ("task", "task-state", "task-removal"),
            FollowUp.objects.create(
                meeting=meeting, text=word_of(council), owner="Sekretariatet"
            ).pk,
        ),
        "member": Member.objects.create(council=council, name=word_of(council)).pk,
        **{f"section{end}": section.pk for end in ("", "-order", "-removal")},
    }


def _of_contract(council: Council, user: User) -> dict[str, dict[str, Any]]:
    """A contract with one goal, one measure and its result, which a text contradicts.

    A round asks for the measure, a second result waits to be approved, and a spreadsheet
    to be confirmed.
    """
    contract = a_contract(council)
    goal = a_goal(contract, title=word_of(council))
    measure = a_measure(goal)
    result = a_measurement(measure, approver=user)
    Claim.objects.create(
        contract=contract, key="1", place="Notat", quote="Nået", about=["1"],
        verdict=Status.REACHED,
    )  # fmt: skip
    waiting = a_measurement(measure, approver=user, state="submitted")
    meeting = Meeting.objects.get(council=council, slug=DRAFT)
    about = Round.objects.create(
        contract=contract, meeting=meeting, measures=[measure.pk]
    )
    asked = HouseQuestion.objects.create(
        round=about, finding="verdict:1", text=word_of(council), asked_by="x"
    )
    file = Evidence.objects.create(goal=goal, title=word_of(council), file=a_picture())
    own = {"part": "maalepunkt", "pk": measure.pk}
    sheet = ContractImport.objects.create(
        contract=contract, name=word_of(council), sent_by="x", content=[]
    )
    return {
        **{f"resultcontracts:part{end}": own for end in ("", "-edit", "-removal")},
        "resultcontracts:figure": {"pk": result.pk},
        "resultcontracts:approval": {"pk": waiting.pk},
        "resultcontracts:report-question": {"pk": asked.pk},
        "resultcontracts:evidence-file": {"pk": file.pk},
        **{
            f"resultcontracts:sheet{end}": {"pk": sheet.pk}
            for end in ("", "-rest", "-undo")
        },
    }


def _of_written(council: Council) -> dict[str, dict[str, Any]]:
    """A written appendix with a text, a picture and a Word file."""
    item = AgendaItem.objects.get(
        section__meeting__council=council, section__meeting__slug=DRAFT
    )
    row = a_written(item, word_of(council))
    block, picture = a_block(row), a_block(row, "picture")
    WordOriginal.objects.create(
        appendix=row, file=a_picture(), name="status.docx", size=9
    )
    own = {"pk": row.pk, "key": block.key}
    return {
        "meetings:written": {"pk": row.pk},
        "meetings:word-file": {"pk": row.pk},
        "meetings:block-new": {"pk": row.pk},
        "meetings:block-picture": {"pk": row.pk, "name": f"{picture.file}.png"},
        **{f"meetings:block{end}": own for end in ("", "-order", "-removal")},
    }


def _of_proposal(council: Council) -> dict[str, int]:
    """Proposal 1 with points, a figure, a step, and a reference to 2; 9 is removed."""
    title = word_of(council)
    row, other = (a_proposal(n, council=council, title=title) for n in (1, 2))
    point = point_of(row, PointKind.GAIN, 1).pk
    figure = Figure.objects.create(proposal=row, position=1, printed="1", what="x").pk
    link = CrossReference(proposal=row, to=other, position=1, wording="jf. 2")
    link.save()
    step = a_step(row, who=title).pk
    gone = a_proposal(9, council=council, title=title)
    Proposal.objects.filter(pk=gone.pk).update(number=None, removed_number=9)
    return {
        **{f"point{end}": point for end in ("", "-order", "-removal")},
        **{f"figure{end}": figure for end in ("", "-removal")},
        **dict.fromkeys(("reference", "link-removal"), link.pk),
        **dict.fromkeys(("step", "step-removal"), step),
        "reading-removal": a_reading(row, title).pk,
    }


def _of_question(council: Council) -> dict[str, dict[str, Any]]:
    """A draft that asks one municipality, known to nobody but the secretariat."""
    question = a_question(f"By i {council.slug}", council=council)
    Question.objects.filter(pk=question.pk).update(note=word_of(council))
    own = {"pk": question.pk}
    ends = (
        "", "-edit", "-removal", "-send", "-remind", "-extend", "-close",
        "-recipients", "-call-back", "-reopen",
    )  # fmt: skip
    return {
        **{f"questions:question{end}": own for end in ends},
        "questions:answers-file": own,
        "questions:answer": {**own, "recipient": question.recipients.get().pk},
    }


def _of_sheets(council: Council) -> dict[str, int]:
    """A spreadsheet of each catalogue that waits to be confirmed."""
    one, other = (
        SheetImport.objects.create(
            catalogue=council.catalogues.get(kind=kind),
            name=word_of(council),
            sent_by="x",
            content=[],
        ).pk
        for kind in ("simplification", "cooperation")
    )
    names = ("proposal-sheet", "sheet-rest", "sheet-undo")
    return {**dict.fromkeys(names, one), "unit-sheet": other}


def _a_saved_view(council: Council, user: User) -> int:
    """A view that all who write in the council share."""
    return SavedView.objects.create(
        council=council,
        user=user,
        kind="simplification",
        name=word_of(council),
        query="sorter=titel",
        is_shared=True,
    ).pk


def _of_positions(council: Council) -> dict[str, dict[str, Any]]:
    """A draft of a call, and the one municipality that it is to ask."""
    catalogue = Proposal.objects.filter(catalogue__council=council)[0].catalogue
    place = a_place(f"By i {council.slug}", council)
    PositionCall.objects.create(
        council=council,
        catalogue=catalogue,
        records=list(catalogue.proposals.values_list("pk", flat=True)),
        municipalities=[place.pk],
        due_on=clock.today(),
        note=word_of(council),
    )
    own = {"place": slug_of(place)}
    return {
        "municipality": own,
        "municipality-file": own,
        "proposals:positions-of": {"code": place.code},
        "proposals:positions-cell": {"number": 1, "code": place.code},
    }


def _of_unit(council: Council) -> dict[str, int]:
    """Units 1 and 2, which share a point; 1 leans on 2."""
    title = word_of(council)
    unit, other = (a_unit(n, council=council, title=title) for n in (1, 2))
    a_shared_point(unit, other)
    to = Dependency(unit=unit, to=other, kind="placed_with", text="samme")
    to.save()
    a_vision(council, unit, title=title)
    a_note(council, unit, about=title)
    group = a_group(unit, title).pk
    return {
        "own-wording": point_of(unit, PointKind.ATTENTION, 1).pk,
        "point-move": point_of(unit, PointKind.TASK, 1).pk,
        "link-kind": to.pk,
        **dict.fromkeys(("cluster", "cluster-removal"), group),
    }
