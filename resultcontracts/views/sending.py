"""A file that a result rests on, as a download: never shown, never run.

Source: docs/rules.md R-146.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from core.file_names import file_name
from documents.storage import files
from resultcontracts.choices import MeasurementState
from resultcontracts.queries.held import files_of
from resultcontracts.services.evidence import ENDINGS
from resultcontracts.views.finding import get_contract, readers_only

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from resultcontracts.models import Evidence


@require_safe
@readers_only
def evidence_file(request: PortalRequest, contract: str, pk: int) -> HttpResponse:
    """Give a file of a contract that the user reads.

    What rests on a number that is not approved is for the secretariat and the house.
    """
    own = get_contract(request, contract)
    row = files_of(own).select_related("measurement").filter(pk=pk).first()
    if row is None:
        raise Http404
    of = row.measurement
    is_open = of is None or of.state == MeasurementState.APPROVED
    is_near = request.seat.may_edit or request.seat.organisation_id == own.house_id
    if not (is_open or is_near):
        raise Http404
    answer: HttpResponse = send_evidence(row)
    return answer


def send_evidence(row: Evidence) -> Any:
    """Send a stored file under the name that it came with."""
    ending = ENDINGS.get(row.media_type, "bin")
    name = row.file_name.rpartition(".")[0] or row.file_name or row.title
    answer: Any = FileResponse(
        files().open(row.file),
        as_attachment=True,
        filename=file_name(name, ending),
        content_type=row.media_type,
    )
    answer["X-Robots-Tag"] = "noindex, noarchive"
    answer._csp_config = {**settings.SECURE_CSP, "sandbox": True}  # noqa: SLF001
    return answer
