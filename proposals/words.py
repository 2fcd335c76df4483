"""The Danish words for kinds of points, in the forms that sentences need. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from proposals.choices import PointKind


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind of point in words.

    Attributes:
        slug: its place in addresses.
        one, the_one, many: "gevinst", "gevinsten", "gevinster".
        heading: over the list.
    """

    kind: PointKind
    slug: str
    one: str
    the_one: str
    many: str
    heading: str

    @property
    def is_counted(self) -> bool:
        """What stands after the points in the source is none of them."""
        return self.kind != PointKind.EXTRA

    @property
    def empty_error(self) -> str:
        """What an empty text is answered with."""
        return f"Skriv {self.the_one}, eller slet punktet."

    @property
    def a_new(self) -> str:
        """The label of a new one: "Ny gevinst", "Nyt opmærksomhedspunkt"."""
        return f"{'Ny' if self.the_one.endswith('en') else 'Nyt'} {self.one}"

    @property
    def counted(self) -> str:
        """The words for the filter ``counted``: one, many, none."""
        return f"{self.one},{self.many},ingen {self.many}"

    @property
    def label(self) -> str:
        """The word as a label begins: "Gevinst"."""
        return self.one.capitalize()


WORDS: Final = {
    words.kind: words
    for words in (
        KindWords(
            PointKind.GAIN, "gevinst", "gevinst", "gevinsten", "gevinster", "Gevinster"
        ),
        KindWords(PointKind.RISK, "risiko", "risiko", "risikoen", "risici", "Risici"),
        KindWords(
            PointKind.ATTENTION,
            "opmaerksomhedspunkt",
            "opmærksomhedspunkt",
            "opmærksomhedspunktet",
            "opmærksomhedspunkter",
            "Opmærksomhedspunkter",
        ),
        KindWords(
            PointKind.TASK,
            "opgave",
            "opgave",
            "opgaven",
            "opgaver",
            "Opgaver, der løses sammen",
        ),
        KindWords(
            PointKind.EXTRA,
            "desuden",
            "tilføjelse",
            "tilføjelsen",
            "tilføjelser",
            "Desuden",
        ),
    )
}
BY_SLUG: Final = {words.slug: words for words in WORDS.values()}


@dataclass(frozen=True, slots=True)
class LinkWords:
    """What links between records of a kind are called.

    Attributes:
        heading, to, back: over all of them, those to others, and those from others.
        the_one: stands before the other's name.
        name, wording: formats of the other's number, and of the source's words.
        left: format of the numbers that still lean on a removed one.
    """

    heading: str
    to: str
    back: str
    add: str
    the_one: str
    name: str
    wording: str
    left: str


LINK_WORDS: Final = {
    "proposal": LinkWords(
        heading="Henvisninger",
        to="Henviser til",
        back="Henvises fra",
        add="Tilføj henvisning",
        the_one="henvisningen til",
        name="forenkling {}",
        wording="”{}”",
        left="Forslag {} henviser til det.",
    ),
    "unit": LinkWords(
        heading="Hænger sammen med",
        to="Peger på",
        back="Peger på denne",
        add="Tilføj sammenhæng",
        the_one="sammenhængen med",
        name="samdrift {}",
        wording="{}",
        left="Samdriftsenhed {} peger på den.",
    ),
}

# What a record's points may say, in the order of its page, and where each may move.
MOVES: Final = {
    "proposal": {
        PointKind.GAIN: [PointKind.RISK, PointKind.ATTENTION],
        PointKind.RISK: [PointKind.GAIN, PointKind.ATTENTION],
        PointKind.ATTENTION: [PointKind.GAIN, PointKind.RISK],
    },
    "unit": {
        # A gain needs somebody who gains: a form asks for that.
        PointKind.TASK: [PointKind.EXTRA, PointKind.GAIN, PointKind.ATTENTION],
        PointKind.EXTRA: [PointKind.TASK, PointKind.GAIN, PointKind.ATTENTION],
        PointKind.GAIN: [PointKind.TASK, PointKind.EXTRA, PointKind.ATTENTION],
        PointKind.ATTENTION: [PointKind.TASK, PointKind.EXTRA, PointKind.GAIN],
    },
}


def shortened(text: str, most: int = 90) -> str:
    """Give the text cut at a word, for a message: at most ``most`` signs and "…"."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(",;") + " …"
