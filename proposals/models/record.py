"""What a proposal and a unit are alike: numbered records of a catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership
    from proposals.choices import CatalogueKind
    from proposals.models.catalogue import Catalogue

ONE_RECORD: Final = Q(proposal__isnull=True) ^ Q(unit__isnull=True)


class Part(Protocol):
    """A point, a figure or a term: it belongs to a proposal or to a unit."""

    @property
    def proposal(self) -> Record | None: ...
    @property
    def unit(self) -> Record | None: ...


def record_of(part: Part) -> Record:
    """Give the record that a part belongs to; needs it loaded."""
    record = part.proposal or part.unit
    assert record is not None  # noqa: S101 -- ONE_RECORD
    return record


class RecordQuerySet[R: models.Model](models.QuerySet[R]):
    """The questions the portal asks about the records of a catalogue."""

    def visible_to(self, seat: Membership) -> Self:
        """Records of the seat's council, if it writes there: all of them are drafts."""
        own = self.filter(catalogue__council=seat.council_id)
        return own if seat.may_edit else own.none()

    def present(self) -> Self:
        """Records that have not been removed."""
        return self.filter(number__isnull=False)


class Record(Versioned):
    """A numbered record of a catalogue.

    ``number`` is what is shown and may change; NULL: removed (``removed_number`` is what
    it had). ``key`` never changes.

    Attributes:
        word: begins its address, and names it: "forslag", "samdrift".
        owner: the field by which a part (a point, a figure, a term) points to it.
        catalogue_kind: of the catalogue that holds it.
    """

    word: ClassVar[str]
    owner: ClassVar[str]
    catalogue_kind: ClassVar[CatalogueKind]

    # What each kind declares by itself, or has from its parts.
    catalogue: models.ForeignKey[Catalogue, Catalogue]
    catalogue_id: int
    title: models.CharField[str, str]
    points: Any
    figures: Any
    terms: Any

    key = models.SlugField("nøgle", max_length=120, editable=False)
    number = models.PositiveSmallIntegerField("nummer", null=True, blank=True)
    removed_number = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.word} {self.number or self.removed_number}"

    def get_absolute_url(self) -> str:
        return reverse(f"proposals:{self.owner}", args=[self.number])
