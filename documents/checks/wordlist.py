"""Danish words with their endings and compounds: a small reader of hunspell's files.

The list is the Danish dictionary that Debian packs as ``hunspell-da``. What is read of
it: stems, suffixes (two on each other at most) and the rules for compounds; prefixes
are left out. A list that is not installed knows nothing, and says so.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDERS: Final = ("/usr/share/hunspell", "/usr/share/myspell/dicts")
NAME: Final = "da_DK"
LONGEST: Final = 60
_ALONE, _BEGIN, _MIDDLE, _END = 1, 2, 4, 8
# Names of the flags that rule compounds, as the affix file calls them.
_RULES: Final = {
    "COMPOUNDBEGIN": "begin",
    "COMPOUNDMIDDLE": "middle",
    "COMPOUNDEND": "end",
    "ONLYINCOMPOUND": "inside",
    "NEEDAFFIX": "needs",
    "FORBIDDENWORD": "forbidden",
}
_LEAST: Final = 2
_LONG_PART: Final = 5
_LONGEST_ENDING: Final = 12
_MOST_KEPT: Final = 200_000
_COMPASS: Final = re.compile(r"(?:Nord|Syd|Øst|Vest|Midt)(?=[^\W\d_]{4})")
_TERMS: Final = Path(__file__).with_name("terms.txt")

type _Flags = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Suffix:
    flag: str
    strip: str
    condition: re.Pattern[str]
    goes_on: _Flags


type _Rules = dict[str, dict[str, list[_Suffix]]]


@dataclass(slots=True)
class WordList:
    """The words of a language.

    Attributes:
        stems: word → its sets of flags, as written; a word may stand several times.
        suffixes: ending → what it takes the place of → the rules that add it.
        joints: those of the suffixes that let a word begin or continue a compound.
        going_on: those that let another ending follow.
        second: those that may follow another ending.
        flags: what a flag means for compounds → its number.
        terms: further words, in lower case, that are right as they stand.
        openers: further words that begin compounds.
    """

    stems: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    suffixes: _Rules = field(default_factory=dict, repr=False)
    joints: _Rules = field(default_factory=dict, repr=False)
    going_on: _Rules = field(default_factory=dict, repr=False)
    second: _Rules = field(default_factory=dict, repr=False)
    flags: dict[str, str] = field(default_factory=dict)
    terms: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    _roles: dict[str, int] = field(default_factory=dict, repr=False)
    _joints: dict[str, int] = field(default_factory=dict, repr=False)
    _known: dict[str, bool] = field(default_factory=dict, repr=False)

    @property
    def is_empty(self) -> bool:
        """No list is installed; nothing can be said of any word."""
        return not self.stems

    def knows(self, word: str) -> bool:
        """Tell whether ``word`` is Danish, as it stands or in lower case.

        A word of several parts with hyphens is known when every part is. Without a list
        every word is known: nobody is warned of what cannot be judged.
        """
        if self.is_empty:
            return True
        if word not in self._known:
            self._forget()
            self._known[word] = len(word) <= LONGEST and any(
                self._is_word(form) for form in _forms(word)
            )
        return self._known[word]

    def lists(self, word: str) -> bool:
        """Tell whether ``word`` is one of the list's own, no compound of two."""
        return word in self.terms or bool(self._of(word) & _ALONE)

    def builds(self, word: str) -> bool:
        """Tell whether ``word`` is two longer words of the list, put together."""
        return any(
            self._links(word[:at]) & _BEGIN and self._of(word[at:]) & _END
            for at in range(_LONG_PART, len(word) - _LONG_PART + 1)
        )

    def _forget(self) -> None:
        """Keep what is remembered of words within bounds."""
        for kept in (self._roles, self._joints, self._known):
            if len(kept) > _MOST_KEPT:
                kept.clear()

    def _is_word(self, form: str) -> bool:
        if self.lists(form) or self._is_compound(form):
            return True
        parts = form.split("-")
        return len(parts) > 1 and all(
            not part or self._of(part) or self._is_compound(part) for part in parts
        )

    def _is_compound(self, word: str) -> bool:
        """Whether ``word`` is built of two words or more, each where it may stand."""
        last = len(word) - _LEAST
        if last < _LEAST or word in self.stems:
            return False
        reached = {
            at for at in range(_LEAST, last + 1) if self._links(word[:at]) & _BEGIN
        }
        for at in range(_LEAST, last + 1):
            if at not in reached:
                continue
            if self._of(word[at:]) & _END:
                return True
            reached |= {
                to
                for to in range(at + _LEAST, last + 1)
                if to not in reached and self._links(word[at:to]) & _MIDDLE
            }
        return False

    def _of(self, form: str) -> int:
        """The places a form can take: alone, or at the end of a compound."""
        if form not in self._roles:
            self._roles[form] = self._places(
                (*self._ended(form, self.suffixes), *self._ended_twice(form))
            )
        return self._roles[form]

    def _links(self, form: str) -> int:
        """The places a form can take before the end of a compound: begin, middle."""
        if form not in self._joints:
            found = self._places(self._ended(form, self.joints))
            self._joints[form] = found | _BEGIN * (form in self.openers)
        return self._joints[form]

    def _places(self, readings: Iterable[_Flags]) -> int:
        found = 0
        kinds = self.flags
        for flags in readings:
            if kinds["forbidden"] in flags:
                return 0
            if kinds["inside"] not in flags and kinds["needs"] not in flags:
                found |= _ALONE
            found |= _BEGIN * (kinds["begin"] in flags)
            found |= _MIDDLE * (kinds["middle"] in flags)
            found |= _END * (kinds["end"] in flags)
        return found

    def _ended(self, form: str, rules: _Rules) -> Iterator[_Flags]:
        """Read a form as a word of the list, by itself or with one ending."""
        for written in self.stems.get(form, ()):
            yield _split(written)
        for length in range(min(len(form), _LONGEST_ENDING)):
            for strip, found in rules.get(form[len(form) - length :], {}).items():
                stem = form[: len(form) - length] + strip
                for written in self.stems.get(stem, ()):
                    carried = _split(written)
                    for rule in found:
                        if rule.flag in carried and rule.condition.search(stem):
                            yield rule.goes_on

    def _ended_twice(self, form: str) -> Iterator[_Flags]:
        """Read a form as a word of the list with two endings."""
        for length in range(1, min(len(form), _LONGEST_ENDING)):
            rules = self.second.get(form[len(form) - length :], {})
            for strip, found in rules.items():
                stem = form[: len(form) - length] + strip
                for carried in self._ended(stem, self.going_on):
                    for rule in found:
                        if rule.flag in carried and rule.condition.search(stem):
                            yield rule.goes_on


@lru_cache(maxsize=1)
def words() -> WordList:
    """Give the installed list, read once a process; an empty one if there is none."""
    own = os.environ.get("KKR_WORD_LIST", "")
    for folder in (own, *FOLDERS) if own else FOLDERS:
        path = Path(folder) / f"{NAME}.dic"
        if path.exists():
            return read(path, _TERMS.read_text(encoding="utf-8").split("\n"))
    return WordList()


def read(path: Path, terms: Iterable[str] = ()) -> WordList:
    """Read ``NAME.dic`` and the ``NAME.aff`` beside it.

    Args:
        terms: further words, one an entry; one that ends in "-" begins compounds. Empty
            ones, and what begins with "#", are left out.

    Raises:
        OSError: one of the files cannot be read.
    """
    given = [term.strip().lower() for term in terms if term.strip()]
    own = [term for term in given if not term.startswith("#")]
    found = WordList(
        terms=frozenset(term for term in own if not term.endswith("-")),
        openers=frozenset(term[:-1] for term in own if term.endswith("-")),
    )
    rules = path.with_suffix(".aff").read_text(encoding="utf-8")
    found.flags = dict.fromkeys(_RULES.values(), "-")
    lines = [line.partition(" ") for line in rules.split("\n")]
    for name, _, rest in lines:
        if name in _RULES:
            found.flags[_RULES[name]] = rest.split()[0]
    suffixes = [
        suffix
        for name, _, rest in lines
        if name == "SFX" and (suffix := _suffix(rest.split()))
    ]
    _sort(found, suffixes)
    for line in path.read_text(encoding="utf-8").split("\n")[1:]:
        entry = line.split("\t", 1)[0].split(" ", 1)[0]
        stem, _, flags = entry.partition("/")
        if stem:
            found.stems[stem] = (*found.stems.get(stem, ()), flags)
    return found


def _suffix(parts: list[str]) -> tuple[str, _Suffix] | None:
    """Give the ending that a line adds, and its rule; None for the head of a group."""
    if len(parts) < 4:  # noqa: PLR2004 -- a head: flag, Y, count
        return None
    flag, strip, added, condition = parts[:4]
    ending, _, goes_on = added.partition("/")
    rule = _Suffix(
        flag,
        "" if strip == "0" else strip,
        re.compile(f"(?:{condition})$"),
        _split(goes_on),
    )
    return "" if ending == "0" else ending, rule


def _sort(found: WordList, suffixes: Iterable[tuple[str, _Suffix]]) -> None:
    """Lay the suffixes where they are looked up."""
    links = {found.flags["begin"], found.flags["middle"]}
    own = set(found.flags.values())
    every = list(suffixes)
    follow = frozenset(flag for _, rule in every for flag in rule.goes_on - own)
    for ending, rule in every:
        for rules, belongs in (
            (found.suffixes, True),
            (found.joints, not links.isdisjoint(rule.goes_on)),
            (found.going_on, not follow.isdisjoint(rule.goes_on)),
            (found.second, rule.flag in follow),
        ):
            if belongs:
                by_strip = rules.setdefault(ending, {})
                by_strip.setdefault(rule.strip, []).append(rule)


@lru_cache(maxsize=4096)
def _split(flags: str) -> _Flags:
    return frozenset(flags.split(",")) if flags else frozenset()


def _forms(word: str) -> Iterator[str]:
    """Give the ways a word may stand in the list: as it is, small, with one capital."""
    yield word
    small = word.lower()
    if small != word:
        yield small
        if word.isupper():
            yield word.capitalize()
    if small != word and small.endswith("s"):  # a name's genitive
        yield word[:-1]
    # Every place may have a north: "Sydsjælland", "Vestlolland".
    if place := _COMPASS.match(word):
        yield word[place.end() :].capitalize()
