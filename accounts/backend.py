"""The user and the user's seats in one query, since every page needs both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import Membership, User
from core.prepared import prepared

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet


# Every page asks it.
@prepared
def _seats_of(user: int) -> QuerySet[Membership]:
    rows = Membership.objects.filter(user=user)
    return rows.select_related("user", "council", "municipality", "organisation")


class SeatedBackend(AuthenticationBackend):
    """Sign-in as allauth does it; ``get_user`` brings the seats along."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """Give an active user with ``own_seats``; None for others. 1 query, 2 seatless."""
        seats = tuple(_seats_of(user_id))
        user = seats[0].user if seats else User.objects.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.own_seats = seats
        return user
