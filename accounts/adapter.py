"""How allauth works here: the secretariat makes users; nobody signs up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError

from accounts.tries import open_again, wait_words

if TYPE_CHECKING:
    from django.http import HttpRequest


TOO_MANY = "For mange forsøg."


class AccountAdapter(DefaultAccountAdapter):
    """Closed for sign-up; one answer for a wrong password and an unknown address."""

    error_messages = {  # noqa: RUF012 -- allauth's own shape
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "E-mail eller adgangskode er forkert.",
        "too_many_login_attempts": TOO_MANY,
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; say when the next may be made.

        Raises:
            ValidationError: there have been too many.
        """
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            key = self._get_login_attempts_cache_key(request, **credentials)
            moment = open_again(request, {"login_failed": key})
            if moment is None:
                raise
            raise ValidationError(f"{TOO_MANY} {wait_words(moment)}") from error

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False
