"""What the text of pages tells: tidied, letter-spaced words, the language it is in."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter

# Longer texts are cut: no page that a person reads holds as much.
MAX_PAGE_CHARACTERS = 200_000
# A word has so many letters at least before it counts as letter-spaced.
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_] ){3,}[^\W\d_](?![^\W_])")
_WORD = re.compile(r"[^\W\d_]+")
# Words that are frequent in one language and rare or absent in the others.
_FREQUENT = {
    "da": "og at det er til på med af den som ikke der ved fra skal kan har et blev",
    "en": "the of and to is that for with as on are this be by from which will it",
    "sv": "och att det är som på för med av den inte till ett från ska kan har vid",
    "nb": "og å det er til på med av den som ikke ved fra skal kan har et ble fra",
    "de": "der die und das ist nicht mit von den auf für eine dem sich auch werden",
}
_SETS = {tag: frozenset(words.split()) for tag, words in _FREQUENT.items()}
_FEWEST_WORDS = 40
_FEWEST_OWN = 5
_LEAD = 2
_LINE = re.compile(
    r'<line xMin="[\d.e+-]+" yMin="([\d.e+-]+)" xMax="[\d.e+-]+" yMax="([\d.e+-]+)">'
    r"(.*?)</line>",
    re.DOTALL,
)
_LETTERS = re.compile(r"<word [^>]*>(.*?)</word>", re.DOTALL)
MAX_HEADING = 200
_MAX_LINES = 2000
_SAME_HEIGHT = 0.06
_FEWEST_LETTERS = 3


def tidy(text: str) -> str:
    """``text`` with newlines as the only control characters, composed, cut if endless."""
    kept = "".join(
        char if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"} else " "
        for char in text[:MAX_PAGE_CHARACTERS].replace("\r\n", "\n")
    )
    lines = (line.rstrip() for line in unicodedata.normalize("NFC", kept).split("\n"))
    return "\n".join(lines).strip()


def is_spaced(text: str) -> bool:
    """Whether a word is letter-spaced, so that it is read out letter by letter."""
    return bool(_SPACED.search(text))


def language_of(texts: tuple[str, ...]) -> str:
    """The language the texts seem to be in: "da", "en", "sv", "nb", "de"; "" if unsure."""
    words = Counter(word.lower() for text in texts for word in _WORD.findall(text))
    scores = {tag: _score(words, few) for tag, few in _SETS.items()}
    best, second = sorted(scores, key=lambda tag: -scores[tag])[:2]
    if scores[best] < max(_FEWEST_WORDS, words.total() / 20):
        return ""
    # What the two languages share tells nothing.
    lead = _score(words, _SETS[best] - _SETS[second])
    behind = _score(words, _SETS[second] - _SETS[best])
    return best if lead > _LEAD * behind + _FEWEST_OWN else ""


def _score(words: Counter[str], few: frozenset[str]) -> int:
    return sum(words[word] for word in few)


def largest_line(layout: str) -> str:
    """The largest line of a page, and those as large that follow it; "" if none.

    Args:
        layout: what ``pdftotext -bbox-layout`` writes of one page.
    """
    lines = [
        (float(bottom) - float(top), _plain(inside))
        for top, bottom, inside in _LINE.findall(layout)[:_MAX_LINES]
    ]
    lines = [
        line for line in lines if sum(map(str.isalpha, line[1])) >= _FEWEST_LETTERS
    ]
    if not lines:
        return ""
    tallest = max(height for height, _ in lines)
    heading = ""
    for height, text in lines:
        if height >= tallest * (1 - _SAME_HEIGHT):
            heading = f"{heading} {text}".strip()
        elif heading:
            break
    return heading if len(heading) <= MAX_HEADING else ""


def _plain(inside: str) -> str:
    """The words of a line, without its marks."""
    words = (html.unescape(word) for word in _LETTERS.findall(inside))
    return " ".join(tidy(" ".join(words)).split())
