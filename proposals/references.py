"""References in texts: kept by key, read and printed with the number of today. Pure.

A text holds ``{{forenkling:key}}``. People read and write ``[forenkling 9]``; a record
that has no number any more is ``[forenkling: key]``. What is printed is "forenkling 9".

Source: docs/rules.md R-77.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from documents.tree import Reference, linked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from documents.tree import Inline

# The word that names a catalogue → what its records are called in keys.
OWNERS: Final = {"forenkling": "proposal", "samdrift": "unit"}
CATALOGUE_WORDS: Final = {owner: word for word, owner in OWNERS.items()}
BEGINS: Final = "{{"
TOKEN: Final = re.compile(r"\{\{(forenkling|samdrift):([a-z0-9-]+)\}\}")
_WRITTEN: Final = re.compile(
    r"\[\s*(forenkling|samdrift)(?:\s+(\d{1,4})|:\s*([a-z0-9-]+))\s*\]", re.IGNORECASE
)
# "forslag 9" is any catalogue's own; a date, a sum or "forslag 9.2" is none.
_TYPED: Final = re.compile(
    r"(?<![\w\[])(forenklingsforslag|forenkling|samdriftsenhed|samdrift|forslag)"
    r"[ \u00a0](\d{1,3})(?![\w\]]|[.,:/-]\d|\.\s+(?:januar|februar|marts|april|maj|juni"
    r"|juli|august|september|oktober|november|december))",
    re.IGNORECASE,
)
_WORDS: Final = ("forslag", "forenkling", "samdrift")
"""One of them is in every reference that was typed: to look for them costs little."""
_NAMED_BY: Final = {
    "forenklingsforslag": "forenkling",
    "forenkling": "forenkling",
    "samdriftsenhed": "samdrift",
    "samdrift": "samdrift",
}
_TAG: Final = re.compile(r"(<[^>]*>)")
NOTHING: Final = "henvisning til intet"


def token_of(word: str, key: str) -> str:
    """Give a reference as a text holds it."""
    return f"{{{{{word}:{key}}}}}"


@dataclass(frozen=True, slots=True)
class Name:
    """A record that can be referred to.

    Attributes:
        owner: "proposal" or "unit".
        number: of today; None: it is removed, and ``last`` is what it had.
    """

    owner: str
    key: str
    number: int | None
    title: str = ""
    last: int | None = None

    @property
    def word(self) -> str:
        """What its catalogue is called in a reference."""
        return CATALOGUE_WORDS[self.owner]

    @property
    def token(self) -> str:
        """The reference as a text holds it."""
        return token_of(self.word, self.key)

    @property
    def text(self) -> str:
        """The reference as it is printed."""
        return f"{self.word} {self.number or self.last}"

    @property
    def written(self) -> str:
        """The reference as a person writes it."""
        is_there = self.number is not None
        return f"[{self.word} {self.number}]" if is_there else written_key(self)

    @property
    def node(self) -> str:
        """Its key in documents."""
        return f"{self.owner}:{self.key}"

    @property
    def url(self) -> str:
        """Its page; "" while it has none."""
        path = "forslag" if self.owner == "proposal" else "samdrift"
        return f"/{path}/{self.number}/" if self.number is not None else ""

    @property
    def choice(self) -> str:
        """What it is called in a list of choices."""
        return f"{self.number}. {self.title}"


def written_key(name: Name) -> str:
    """Give a reference by its key, for a record without a number."""
    return f"[{name.word}: {name.key}]"


class Names:
    """The records that texts may refer to, by key and by today's number."""

    def __init__(self, names: Iterable[Name] = ()) -> None:
        self.by_token: dict[str, Name] = {}
        self._by_number: dict[tuple[str, int], Name] = {}
        self.add(names)

    @classmethod
    def of_rows(cls, rows: Iterable[Mapping[str, Any]]) -> Names:
        """Read mappings with ``owner``, ``key``, ``number``, ``title`` and ``last``."""
        return cls(Name(**row) for row in rows)

    def add(self, names: Iterable[Name]) -> None:
        """Know more records."""
        for name in names:
            self.by_token[name.token] = name
            if name.number is not None:
                self._by_number[name.word, name.number] = name

    def numbered(self, word: str, number: int) -> Name | None:
        """Give the record that has a number today."""
        return self._by_number.get((word, number))

    def present(self, owner: str) -> tuple[Name, ...]:
        """Give the records of a catalogue that have a number, by number."""
        found = [name for name in self._by_number.values() if name.owner == owner]
        return tuple(sorted(found, key=lambda name: name.number or 0))

    def with_numbers(self, numbers: Mapping[str, int]) -> Names:
        """Give the same names with other numbers: token → number."""
        return Names(
            Name(
                name.owner,
                name.key,
                numbers.get(token, name.number),
                name.title,
                name.last,
            )
            for token, name in self.by_token.items()
        )


NO_NAMES: Final = Names()


def tokens_in(*texts: str) -> tuple[str, ...]:
    """Give the references that texts hold, each once, in the order they are met."""
    with_any = (text for text in texts if BEGINS in text)
    found = (match[0] for text in with_any for match in TOKEN.finditer(text))
    return tuple(dict.fromkeys(found))


def parts(text: str, names: Names) -> Iterator[str | Name]:
    """Give a text's words, and between them the records it refers to.

    A reference to a record that nobody knows is given as words.
    """
    end = 0
    for match in TOKEN.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield names.by_token.get(match[0]) or f"({NOTHING})"
        end = match.end()
    if text[end:]:
        yield text[end:]


def plain(text: str, names: Names) -> str:
    """Give a text as it is printed; in HTML, the same with its markup."""
    if BEGINS not in text:
        return text
    return "".join(
        part.text if isinstance(part, Name) else part for part in parts(text, names)
    )


def written(text: str, names: Names) -> str:
    """Give a text as it stands in a form: ``[forenkling 9]``."""

    def one(match: re.Match[str]) -> str:
        name = names.by_token.get(match[0])
        return name.written if name else f"[{match[1]}: {match[2]}]"

    return TOKEN.sub(one, text)


def stored(text: str, names: Names) -> tuple[str, tuple[str, ...]]:
    """Read a text as it was written in a form.

    Returns:
        The text with its references kept by key; and those that lead nowhere, as they
        were written.
    """
    wrong: list[str] = []

    def one(match: re.Match[str]) -> str:
        word = match[1].lower()
        if match[2]:
            name = names.numbered(word, int(match[2]))
        else:
            name = names.by_token.get(token_of(word, match[3].lower()))
        if name is None:
            wrong.append(match[0])
            return match[0]
        return name.token

    found = _WRITTEN.sub(one, text)
    wrong += [token for token in tokens_in(found) if token not in names.by_token]
    return found, tuple(wrong)


def kept(text: str, known: Mapping[str, str]) -> str:
    """Put references back that a form showed: ``[forenkling 9]`` → what it stood for.

    Args:
        known: as written → token; what is no token is left alone.
    """

    def one(match: re.Match[str]) -> str:
        token = known.get(match[0], "")
        return token if TOKEN.fullmatch(token) else match[0]

    return _WRITTEN.sub(one, text) if known else text


def links(text: str, names: Names, owner: str) -> tuple[Reference, ...]:
    """Give the references of a text as links of a document, in their order.

    Args:
        owner: of the records of the document; a link to others may lead out of it.
    """
    return tuple(
        Reference(part.node, part.text, part.owner != owner)
        for part in parts(text, names)
        if isinstance(part, Name) and part.number is not None
    )


def line(text: str, names: Names, owner: str) -> tuple[Inline, ...]:
    """Give a text as inline parts of a document, likewise."""
    return linked(plain(text, names), links(text, names, owner))


def html(text: str, names: Names) -> SafeString:
    """Give a plain text with its references as links."""
    return _joined(text, names, conditional_escape)


def rich_html(text: str, names: Names) -> SafeString:
    """Give sanitised rich text with its references as links."""
    return _joined(text, names, mark_safe)


def _joined(text: str, names: Names, words: Callable[[str], str]) -> SafeString:
    found = (
        words(part) if isinstance(part, str) else _link(part)
        for part in parts(text, names)
    )
    return mark_safe("".join(found))  # noqa: S308 -- escaped, or sanitised when saved


def _link(name: Name) -> str:
    if not name.url:
        return format_html(
            '<span class="reference reference--gone">{} (fjernet)</span>', name.text
        )
    return format_html(
        '<a class="reference" href="{}" title="{}">{}</a>',
        name.url, name.title, name.text,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """A reference that was typed with a number, and that no renumbering follows.

    Attributes:
        text: as it was typed: "forslag 9".
        word: the catalogue it most likely names.
    """

    text: str
    word: str
    number: int


@lru_cache(maxsize=8192)
def typed_in(text: str, own: str) -> tuple[Typed, ...]:
    """Find references that were typed with numbers, each once.

    Args:
        own: the word of the catalogue that the text stands in; its "forslag 9" is its
            own ninth.
    """
    small = text.lower()
    if not any(word in small for word in _WORDS):
        return ()
    words = (" ".join(_TAG.sub(" ", text).split())) if "<" in text else text
    found = {
        match[0]: Typed(match[0], _NAMED_BY.get(match[1].lower(), own), int(match[2]))
        for match in _TYPED.finditer(words)
    }
    return tuple(found.values())


def follow(text: str, typed: str, token: str) -> str:
    """Make a typed reference one that follows: every place in the text that says it."""
    at = rf"(?<![\w\[]){re.escape(typed)}(?![\w\]])"
    return re.sub(at, lambda _: token, text)
