"""Everything in one run, the two ways of making a packet in turn."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from accounts.models import User
from bench import (
    changes,
    checks,
    chromium,
    joining,
    packet,
    pages,
    place,
    search,
    tenfold,
)
from bench.report import Figures, PacketFigures
from meetings.services import staleness
from meetings.services.publishing import latest_built, publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.packet import Built

    type Say = Callable[[str], None]

ROUNDS: Final = 5


def measure(say: Say) -> Figures:
    """Measure; ``say`` is told what is going on."""
    say("Loading the demo")
    with place.demo():
        packets = _packets(say)
        staleness.refresh(packet.meeting().pk)
        meeting = packet.meeting()
        chief = User.objects.get(email="chef@kkr.example")
        say("The checks before sending")
        checked = checks.checking(meeting.pk)
        checks.settle(meeting.pk, chief)
        publish(
            meeting.pk,
            packet_pk=latest_built(meeting),
            unapproved_because="Målingen skal sendes.",
            by=chief,
        )
        place.settle()
        say("Pages")
        once = pages.times()
        tenfold.grow()
        place.settle()
        say("Pages on ten times the data")
        tenfold_times = pages.times()
        say("Search over ten thousand documents")
        found = search.table(search.measure())
        say("Two versions compared")
        packet.warm("Bedre mulighed, til sammenligning")
        compared = changes.comparing(packet.meeting())
        return Figures(packets, once, tenfold_times, checked, compared, found)


def _packets(say: Say) -> PacketFigures:
    files = packet.uploaded_files()
    first = packet.cold()
    cold, ready, alone = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        page = chromium.write_page(first.printed, Path(folder))
        with chromium.running() as print_in:
            print_in(page, files)
            for turn in range(1, ROUNDS + 1):
                say(f"The packet with nothing cached, and Chromium: {turn} of {ROUNDS}")
                cold.append(packet.cold().seconds)
                ready.append(print_in(page, files))
                alone.append(chromium.print_alone(page, files))
        say("Memory")
        theirs, ours = chromium.memory(page), packet.cold_memory()
    say("The packet again")
    changed = [packet.warm(f"Bedre mulighed, prøve {n}").seconds for n in range(ROUNDS)]
    unchanged = [packet.unchanged() for _ in range(ROUNDS)]
    return PacketFigures(
        cold=median(cold),
        warm=median(changed),
        unchanged=median(built.seconds for built in unchanged),
        chromium=median(printed.seconds for printed in alone),
        chromium_ready=median(printed.seconds for printed in ready),
        chromium_pages=alone[-1].pages,
        html_pages=len(first.printed),
        joining=_joining(unchanged[-1]),
        memory=ours,
        chromium_memory=theirs,
    )


def _joining(built: Built) -> joining.Cost:
    given = built.joining.given
    return joining.cost_a_page(
        built.joining.parts, given["title"], given["fonts"], built.packet.page_count
    )
