"""Things to be put in order, rows to be kept track of, and how both are told."""

from typing import NamedTuple


class Collection(NamedTuple):
    """A kind of things with two measures."""

    id: str
    things: str
    """What they are, in the plural."""
    members: tuple[str, ...]
    """Names of things."""
    strangers: tuple[str, ...]
    """Names of things that are in no item."""
    unit: str
    """Unit of the measure asked for."""
    ends: tuple[str, str]
    """Superlatives of its low and its high end."""
    comparatives: tuple[str, str]
    """Comparatives of the same."""
    range: tuple[int, int]
    """Lowest and highest value."""
    other: str
    """Name of the other measure."""
    other_unit: str
    other_ends: tuple[str, str]
    other_range: tuple[int, int]
    wordings: tuple[str, ...] = (
        "Here are some {things}. List their names from the {first} to the {last}.",
        "Put these {things} in order, the {first} one at the front and the {last} one at the end.",
        "Make a ranking of the {things} below: {first} at the head, {last} at the tail.",
    )
    """Texts; the third is held out."""


class Row(NamedTuple):
    """A row whose members change places."""

    id: str
    place: str
    """Where the row is."""
    members: tuple[str, ...]
    wordings: tuple[str, ...] = (
        (
            "{place} stand, from left to right: {row}. {moves} Who stands where in the end, from "
            "left to right?"
        ),
        (
            "From left to right there are {row} {place}. {moves} Give the names from left to right "
            "after all that."
        ),
        (
            "The order {place} is {row}, read from the left. {moves} Report the final order, read "
            "from the left."
        ),
    )
    """Texts; the third is held out."""


COLLECTIONS: tuple[Collection, ...] = (
    Collection(
        "parcels-by-weight", "parcels",
        ("Adler", "Birke", "Cedar", "Distel", "Erle", "Farn", "Ginster", "Holly", "Iris"),
        ("Jasmin", "Klee"), "kilograms", ("lightest", "heaviest"), ("lighter", "heavier"),
        (11, 48), "price", "euros", ("cheapest", "dearest"), (52, 99),
    ),
    Collection(
        "rivers-by-length", "rivers",
        ("Aldra", "Brenna", "Corva", "Delm", "Estrel", "Fjola", "Garn", "Hessa", "Inda"),
        ("Jorda", "Kvern"), "kilometres", ("shortest", "longest"), ("shorter", "longer"),
        (120, 480), "depth", "metres", ("shallowest", "deepest"), (5, 60),
    ),
    Collection(
        "runners-by-time", "runners",
        ("Amir", "Britt", "Chen", "Dora", "Emil", "Fatma", "Gil", "Heidi", "Ilja"),
        ("Jana", "Kofi"), "seconds", ("fastest", "slowest"), ("faster", "slower"),
        (52, 98), "age", "years", ("youngest", "oldest"), (17, 49),
    ),
    Collection(
        "towers-by-height", "towers",
        ("Arkon", "Belvar", "Cimra", "Dunmor", "Elvas", "Fenix", "Gorlo", "Hamar", "Irun"),
        ("Jelen", "Kestra"), "metres", ("lowest", "highest"), ("lower", "higher"),
        (61, 199), "size", "rooms", ("smallest", "largest"), (4, 58),
    ),
    Collection(
        "films-by-length", "films",
        ("Ash Road", "Blue Hour", "Cold Tea", "Dry Land", "East Wind", "Far Shore", "Green Door"),
        ("High Tide", "Iron Key"), "minutes", ("shortest", "longest"), ("shorter", "longer"),
        (81, 178), "fame", "prizes", ("least decorated", "most decorated"), (1, 29),
    ),
)  # fmt: skip

ROWS: tuple[Row, ...] = (
    Row("shelf-row", "on a shelf", ("atlas", "novel", "comic", "diary", "essay", "fable", "guide")),
    Row("queue-row", "in a queue", ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gus")),
    Row("stable-row", "in a stable", ("Astra", "Bruno", "Caspar", "Donna", "Erna", "Fips")),
)

FILTERS = (
    "Leave out every one whose {measure} is above {limit} {unit}.",
    "Those of which the {measure} is more than {limit} {unit} do not belong in the list.",
    "Skip those if their {measure} is over {limit} {unit}.",
)
DROPPED = (
    "{names} must be left out: the {measure} is above {limit} {unit}.",
    "Not in the list, since the {measure} is above {limit} {unit}: {names}.",
    "First of all, {names} falls away, with the {measure} over {limit} {unit}.",
)
GONE = (
    "{name} has been sold by now, so it cannot be listed.",
    "{name} is no longer there and need not be listed.",
    "Since {name} was withdrawn last week, it gets no place.",
)
FIRSTS = (
    "{name} comes first with {value}.",
    "The list begins with {name} ({value}).",
    "At the head: {name}, {value}.",
)
NEXTS = (
    "Then {name} with {value}.",
    "{name} follows ({value}).",
    "After that {name}, {value}.",
    "Next is {name} with {value}.",
    "{name} comes next ({value}).",
    "Behind it {name}, {value}.",
)
COMPARISONS = (
    "{a} is {word} than {b}, as {x} stand against {y}.",
    "Note that {a} ({x}) is {word} than {b} ({y}).",
    "{x} for {a} and {y} for {b} mean that {a} is {word}.",
)
MOVES = (
    "{a} and {b} change places.",
    "{a} swaps places with {b}.",
    "An exchange of {a} and {b} takes place.",
)
TRACKED = (
    "After {a} and {b} change places: {row}.",
    "{a} and {b} swap, which gives {row}.",
    "Exchange {a} and {b}; the row is then {row}.",
)
INVENTED_MOVES = (
    "Later {a} and {b} change places once more, which gives {row}.",
    "In between somebody swaps {a} and {b} as well: {row}.",
    "On top of that, {a} and {b} are exchanged in the evening; now it is {row}.",
)
