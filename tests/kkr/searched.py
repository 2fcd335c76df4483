"""A small world to search in, and the words of a page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from core.search.indexing import index
from proposals.models import Proposal
from tests.makers_packets import GAINS, a_publication
from tests.makers_proposals import a_proposal


def a_world() -> Proposal:
    """A published meeting whose catalogue says what the council's proposal says today."""
    a_publication()
    row = a_proposal(1, title="Færre målgrupper", idea="", gains=GAINS, risks=())
    Proposal.objects.update(key="et")
    index()
    return row


def page_text(response: Any) -> str:
    """What a reader sees, spaces folded; the choices are left out."""
    html = response.content.decode().partition('class="columns__side')[0]
    whole = re.sub(r"</?mark[^>]*>", "", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", whole)).split())
