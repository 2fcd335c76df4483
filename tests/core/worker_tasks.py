"""Tasks that only the worker's tests defer."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.db import transaction

from core.jobs import THREE_ATTEMPTS, HopelessError, app, given_up


def note(folder: str, word: str) -> None:
    """Add a line to the folder's notes."""
    with (Path(folder) / "notes").open("a", encoding="utf-8") as file:
        file.write(f"{word}\n")


@app.task(name="tests.write", retry=THREE_ATTEMPTS)
def write(folder: str, word: str) -> None:
    note(folder, word)


@app.task(name="tests.slow", retry=THREE_ATTEMPTS)
def slow(folder: str, seconds: float) -> None:
    note(folder, "begun")
    time.sleep(seconds)
    note(folder, "done")


@app.task(name="tests.kill", retry=THREE_ATTEMPTS)
def kill(folder: str) -> None:
    note(folder, "kill")
    os._exit(9)


@app.task(name="tests.fail", retry=THREE_ATTEMPTS)
def fail(folder: str) -> None:
    note(folder, "fail")
    raise ValueError


@app.task(name="tests.hopeless", retry=THREE_ATTEMPTS)
def hopeless(folder: str) -> None:
    note(folder, "hopeless")
    message = "Filen findes ikke."
    raise HopelessError(message)


@app.task(name="tests.defer_and_fail", retry=THREE_ATTEMPTS)
def defer_and_fail(folder: str) -> None:
    with transaction.atomic():
        write.defer(folder=folder, word="never")
        message = "Fortrudt."
        raise HopelessError(message)


@given_up("tests.kill")
@given_up("tests.fail")
@given_up("tests.hopeless")
def told(cause: str, *, folder: str) -> None:
    note(folder, cause)
