"""Danish alphabetical order by an explicit key: the embedded server has no ICU.

Source: docs/rules.md R-17.
"""

from __future__ import annotations

_ALPHABET = {
    letter: f"{n:02d}" for n, letter in enumerate("abcdefghijklmnopqrstuvwxyzæøå")
}
_SAME = str.maketrans({"é": "e", "è": "e", "ä": "æ", "ö": "ø", "ü": "y"})


def sort_key(name: str) -> str:
    """Give a key that sorts names as Danes do: … x y z æ ø å, and "Aa" as "Å"."""
    folded = name.casefold().translate(_SAME).replace("aa", "å")
    return "".join(_ALPHABET.get(letter, f"-{letter}") for letter in folded)
