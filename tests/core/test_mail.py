"""Mails are read as they were written."""

from __future__ import annotations

import email
import email.policy

import pytest

from core.mail import Mail

KKR = "møde 22. november 2023 i KKR Sjælland"


@pytest.mark.parametrize(
    "subject",
    [
        f"Dagsorden og bilag: KKR-{KKR}, version 1",
        f"Udsat til 29. november 2023: K17-{KKR}",
        f"Punkt 2.1 er udsat til 24. januar 2024: Styregruppe{KKR}",
        "Kun ASCII",
    ],
)
@pytest.mark.parametrize("policy", [email.policy.default, email.policy.SMTP])
def test_a_subject_comes_out_as_it_went_in(
    subject: str, policy: email.policy.EmailPolicy
) -> None:
    sent = Mail(subject, "Tekst med æ.", to=["a@b.dk"]).message(policy=policy)

    raw = sent.as_bytes()

    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert read["Subject"] == sent["Subject"] == subject
    assert b"?==?" not in raw
    assert max(map(len, raw.splitlines())) <= 78


def test_a_subject_of_two_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        Mail("Møde\nBcc: x@y.dk", "", to=["a@b.dk"]).message()
