"""Whether a request may bring evidence: by its address, before any of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core import signing

from accounts.choices import Role
from resultcontracts.models.calls import SALT

if TYPE_CHECKING:
    from django.http import HttpRequest

    from accounts.models import Membership

LINKS: Final = "/indberet/"
OWN: Final = "/resultatkontrakt/"


def may_report(request: HttpRequest) -> bool:
    """Whether it comes by a link of ours, or from a house's own seat.

    What the link may open is asked by the page; here only that we made it.
    """
    if request.path.startswith(LINKS):
        token = request.path.removeprefix(LINKS).partition("/")[0]
        try:
            signing.Signer(salt=SALT).unsign_object(token)
        except (signing.BadSignature, ValueError):
            return False
        return True
    seat: Membership | None = getattr(request, "seat", None)
    return bool(request.path.startswith(OWN) and seat and seat.role == Role.REPORTER)
