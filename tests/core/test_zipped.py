"""A zip that is sent as it is made."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from typing import TYPE_CHECKING

from core.zipped import CHUNK, Entry, stream

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGE = b"x" * (3 * CHUNK + 5)


def entries(*files: tuple[str, bytes]) -> Iterator[Entry]:
    for path, content in files:
        yield Entry(path, len(content), partial(io.BytesIO, content))


def test_what_goes_in_comes_out() -> None:
    given = {"Bilag/2.1 Bilag 1 Æbler.pdf": b"a", "stor.pdf": LARGE, "tom": b""}

    content = b"".join(stream(entries(*given.items())))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == given


def test_the_same_files_give_the_same_bytes() -> None:
    first, second = (b"".join(stream(entries(("a", LARGE)))) for _ in range(2))

    assert first == second


def test_no_more_than_a_chunk_is_held() -> None:
    assert max(map(len, stream(entries(("a", LARGE), ("b", LARGE))))) < CHUNK + 1000


def test_a_file_is_opened_when_its_turn_comes() -> None:
    opened: list[str] = []

    def entry(name: str) -> Entry:
        def open_() -> io.BytesIO:
            opened.append(name)
            return io.BytesIO(b"x")

        return Entry(name, 1, open_)

    pieces = stream([entry("a"), entry("b")])
    next(pieces)

    assert opened == ["a"]
