"""Search over everything that whoever asks may see; public too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.audiences import audiences_of
from core.search import entries
from core.search.finding import find, silent
from core.search.question import ask
from core.search.suggestions import suggestion
from kkr.search import page as shown
from kkr.search.asked import Asked, read
from meetings.editions.reading import own_council

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import VisitorRequest
    from core.search.question import Question


@require_safe
@login_not_required
def search(request: VisitorRequest) -> HttpResponse:
    """Show what is found; without a question, the field alone."""
    seat = request.seat or None
    kinds = {kind.key: kind.name for kind in entries.kinds().values()}
    own = own_council(seat)
    councils = shown.councils(own)
    asked = read(request.GET.dict(), councils=councils, kinds=kinds, own_council=own)
    audiences = audiences_of(seat)
    question = ask(asked.text, audiences, is_whole=asked.is_whole)
    found = find(
        question,
        audiences,
        asked.filters,
        page=asked.page,
        newest_first=asked.is_newest_first,
    )
    total = found.total(asked.filters)
    context: dict[str, Any] = {
        "is_search_page": True,
        "asked": asked,
        "question": question,
        "total": total,
        "everywhere": sum(found.counts.values()),
        "results": shown.results(found, question, councils, own),
        "choices": shown.choices(asked, found, councils, kinds),
        "compounds": shown.compounds(question),
        "narrowed_to": shown.narrowed_to(asked, councils, kinds),
        "silent": shown.without_text(found.silent),
        "pages": shown.pages(asked, total),
        "first_url": asked.address(),
        "order_url": asked.address(is_newest_first=not asked.is_newest_first),
        "whole_url": asked.address(is_whole=not asked.is_whole),
        "everywhere_url": Asked(asked.text, is_whole=asked.is_whole).address(),
    }
    if question.terms and not total:
        context |= _instead(asked, question, audiences)
    return render(request, "search/page.html", context)


def _instead(
    asked: Asked, question: Question, audiences: tuple[str, ...]
) -> dict[str, Any]:
    """What else could be searched for; a suggestion only if it gives something."""
    context: dict[str, Any] = {"single_words": shown.single_words(asked, question)}
    better = suggestion(question, audiences)
    if not better:
        return context
    other = ask(better, audiences, is_whole=asked.is_whole)
    count = find(other, audiences, asked.filters).total(asked.filters)
    if count:
        url = asked.address(text=better)
        context |= {"better": better, "better_count": count, "better_url": url}
    return context


@require_safe
@login_not_required
def without_text(request: VisitorRequest) -> HttpResponse:
    """List what has pages that cannot be searched."""
    found = silent(audiences_of(request.seat or None))
    return render(request, "search/without_text.html", {"rows": found})
