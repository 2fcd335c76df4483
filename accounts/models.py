"""Users, councils, municipalities, organisations, and who sits where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from accounts.choices import Role
from core import clock, danish

if TYPE_CHECKING:
    from typing import Self


class Council(models.Model):
    """A KKR: the political council of a region's municipalities. There are five."""

    slug = models.SlugField(unique=True)
    name = models.CharField("navn", max_length=60)
    region = models.CharField("region", max_length=60, unique=True)

    class Meta:
        ordering = ("name", "pk")
        verbose_name = "KKR"

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """One of the 98 municipalities; ``population`` per 1 January 2022.

    ``health_cluster`` is the hospital that its cluster is named after; "" where the
    portal does not know it.
    """

    code = models.PositiveSmallIntegerField("kommunekode", unique=True)
    name = models.CharField("navn", max_length=40, unique=True)
    sort_key = models.CharField(max_length=120, editable=False)
    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="municipalities"
    )
    population = models.PositiveIntegerField("indbyggere")
    health_cluster = models.CharField("sundhedsklynge", max_length=40, blank=True)

    class Meta:
        ordering = ("sort_key", "pk")
        verbose_name = "kommune"

    def __str__(self) -> str:
        return f"{self.name} Kommune"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = danish.sort_key(self.name)
        super().save(*args, **kwargs)


class Organisation(models.Model):
    """A body that is neither council nor municipality, such as an Erhvervshus."""

    slug = models.SlugField(unique=True)
    name = models.CharField("navn", max_length=120)

    class Meta:
        ordering = ("name", "pk")
        verbose_name = "organisation"

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail."""

    def create_user(self, email: str, password: str | None, *, name: str) -> User:
        """Make a user who can sign in; ``None`` as password makes one who cannot."""
        user = self.model(email=self.normalize_email(email).casefold(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person who can sign in. ``name`` is what others see: often a function."""

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField("navn", max_length=120)
    is_active = models.BooleanField("aktiv", default=True)
    created_at = models.DateTimeField("oprettet", default=clock.now)

    # Set by ``accounts.backend``: the seats that were read with the user.
    own_seats: tuple[Membership, ...]

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("email", "pk")
        verbose_name = "bruger"
        constraints = (
            models.CheckConstraint(
                name="user_email_is_lower_case",
                condition=Q(email=models.functions.Lower("email")),
                violation_error_message="Skriv e-mailen med små bogstaver.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """The questions asked about who sits where."""

    def visible_to(self, user: User) -> Self:
        """Memberships of the councils that ``user`` administers."""
        return self.filter(
            council__memberships__user=user,
            council__memberships__role=Role.ADMINISTRATOR,
        )

    def for_list(self) -> Self:
        """All that a list row shows, by name; any other fetch raises."""
        return (
            self.select_related("user", "municipality", "organisation")
            .order_by("-user__is_active", "user__name", "pk")
            .fetch_mode(models.FETCH_RAISE)
        )


@pghistory.track()
class Membership(models.Model):
    """A seat: what one user is in one council, for which municipality or organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField("rolle", max_length=13, choices=Role)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("council__name", "pk")
        verbose_name = "plads"
        constraints = (
            models.UniqueConstraint(
                name="membership_one_seat_a_council",
                fields=("user", "council"),
                violation_error_message="Brugeren har allerede en rolle i dette KKR.",
            ),
            models.CheckConstraint(
                name="membership_role_known", condition=Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="membership_director_has_municipality",
                condition=~Q(role=Role.DIRECTOR) | Q(municipality__isnull=False),
                violation_error_message="En kommunaldirektør skal have en kommune.",
            ),
            models.CheckConstraint(
                name="membership_reporter_has_organisation",
                condition=~Q(role=Role.REPORTER) | Q(organisation__isnull=False),
                violation_error_message="En indberetter skal have en organisation.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} i {self.council}"

    @property
    def may_edit(self) -> bool:
        """The seat writes agendas and records."""
        return self.role in {Role.SECRETARIAT, Role.CHIEF}

    @property
    def may_publish(self) -> bool:
        """The seat sends what the secretariat has made."""
        return self.role == Role.CHIEF

    @property
    def place(self) -> str:
        """Whom the seat speaks for, as the header shows it."""
        if self.municipality is not None:
            return str(self.municipality)
        if self.organisation is not None:
            return str(self.organisation)
        return str(self.user)
