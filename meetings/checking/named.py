"""Whether an answer names a person, as it must where pages were looked through. Pure.

Source: docs/rules.md R-58.
"""

from __future__ import annotations

import re
from typing import Final

WHO: Final = "Skriv navnet på den, der har set siderne igennem."
WHOLE: Final = "Skriv for- og efternavn på en person, der har set siderne igennem."
_MOST: Final = 80
# "Ida", "Ida-Marie", "O’Brien", "H."
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|[^\W\d_]\.")
_LEAST: Final = 2


def is_person(text: str) -> bool:
    """Whether a text is a name, "Ida M. Holm"; what one is, may stand after a comma.

    Two words begin with a capital, and there is no sentence.
    """
    name, _, post = " ".join(text.split()).partition(",")
    words = name.split()
    if len(text) > _MOST or not all(map(_WORD.fullmatch, words)):
        return False
    whole = [word for word in words if word[0].isupper() and not word.endswith(".")]
    most = len(words) - len(whole) <= len(whole)
    return len(whole) >= _LEAST and most and not set(post) & set(".!?:;")
