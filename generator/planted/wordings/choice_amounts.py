"""Multiple-choice stories of amounts."""

from generator.planted.plans import Falsehood, Invention, Step, Story

STORIES: tuple[Story, ...] = (
    Story(
        id="mean",
        wordings=(
            (
                "In {year} weeks of training {A} ran {a}, {b}, {c} and {d} kilometres in the last "
                "four of them. What is the mean of these four distances?"
            ),
            (
                "{A} has trained for {year} weeks. The distances of the last four weeks are {a}, "
                "{b}, {c} and {d} kilometres. What is their mean?"
            ),
        ),
        quantities={
            "year": (10, 30, 1), "a": (31, 75, 1), "b": (31, 75, 1), "c": (31, 75, 1),
            "d": (31, 75, 1),
        },
        steps=(
            Step("sum", "a + b + c + d", "sum of the distances"),
            Step("mean", "sum / 4", "mean distance"),
        ),
        inventions=(
            Invention("sum", "The warm-up adds {v} kilometres.", "+"),
            Invention("sum", "We subtract {v} kilometres that were walked.", "-"),
        ),
        falsehoods=(
            Falsehood(
                "mean",
                (
                    "The mean is always half of the sum.",
                    "To get a mean, one always halves the sum.",
                    "By definition, a mean is a sum cut into two halves.",
                ),
                "sum / 2",
                "wrong-definition",
            ),
        ),
    ),
    Story(
        id="town",
        wordings=(
            (
                "A town of {base} people on {area} square kilometres grows by {pct} percent in a "
                "year. In the year after, {gone} people move away. How many people live there "
                "then?"
            ),
            (
                "{gone} people leave a town, one year after it has grown by {pct} percent from "
                "{base} people. Its area is {area} square kilometres. How many people are left?"
            ),
        ),
        quantities={
            "base": (1500, 4500, 500), "area": (41, 95, 1), "pct": (2, 18, 2),
            "gone": (110, 199, 1),
        },
        steps=(
            Step("growth", "base * pct / 100", "number of new people", "percentage"),
            Step("large", "base + growth", "number of people after the growth"),
            Step("rest", "large - gone", "number of people in the end"),
        ),
        inventions=(
            Invention("large", "The {v} children born since have to be added.", "+"),
            Invention("large", "We take off {v} deaths.", "-"),
        ),
    ),
    Story(
        id="hall",
        wordings=(
            (
                "In a hall with {doors} doors the rows are numbered. Rows {first} to {last}, both "
                "included, are for sale, with {per} seats in a row. {sold} of these seats are "
                "sold. How many can still be had?"
            ),
            (
                "Seats in rows {first} through {last}, both of these too, are on sale; a row has "
                "{per} seats, and the hall has {doors} doors. How many seats remain after {sold} "
                "have been sold?"
            ),
        ),
        quantities={
            "doors": (2, 6, 1), "first": (7, 12, 1), "last": (21, 45, 1), "per": (13, 20, 1),
            "sold": (50, 140, 1),
        },
        steps=(
            Step("rows", "last - first + 1", "number of rows", counts=True),
            Step("seats", "rows * per", "number of seats on sale"),
            Step("rest", "seats - sold", "number of seats left"),
        ),
        inventions=(
            Invention("seats", "The press gets {v} seats for nothing.", "-"),
            Invention("seats", "With {v} folding seats there are more.", "+"),
        ),
    ),
    Story(
        id="parcels",
        wordings=(
            (
                "A firm with {staff} workers sends {na} parcels of {wa} kilograms, {nb} parcels of"
                " {wb} kilograms and {nc} parcels of {wc} kilograms in one van. What do the "
                "parcels weigh in all, in kilograms?"
            ),
            (
                "One van carries {na} parcels weighing {wa} kilograms each, {nb} weighing {wb} and"
                " {nc} weighing {wc}. The firm has {staff} workers. How many kilograms of parcels "
                "are in the van?"
            ),
        ),
        quantities={
            "staff": (41, 90, 1), "na": (8, 25, 1), "wa": (3, 11, 1), "nb": (6, 20, 1),
            "wb": (4, 14, 1), "nc": (3, 12, 1), "wc": (12, 24, 1),
        },
        steps=(
            Step("a", "na * wa", "weight of the first kind"),
            Step("b", "nb * wb", "weight of the second kind"),
            Step("c", "nc * wc", "weight of the third kind"),
            Step("all", "a + b + c", "weight of all parcels"),
        ),
        inventions=(
            Invention("all", "Packing adds {v} kilograms.", "+"),
            Invention("c", "Of the third kind, {v} kilograms go by train.", "-"),
        ),
    ),
    Story(
        id="pasture",
        wordings=(
            (
                "A shepherd of {age} years keeps {sheep} sheep and {n} times as many lambs, and "
                "sells {sold} of the lambs. How many animals does the shepherd keep, sheep and "
                "lambs together?"
            ),
            (
                "There are {sheep} sheep on a pasture and {n} times that number of lambs. {sold} "
                "lambs are sold by the shepherd, who is {age} years old. How many animals, sheep "
                "and lambs, stay?"
            ),
        ),
        quantities={
            "age": (24, 70, 1), "sheep": (23, 85, 1), "n": (2, 5, 1), "sold": (8, 22, 1),
        },
        steps=(
            Step("lambs", "sheep * n", "number of lambs born"),
            Step("kept", "lambs - sold", "number of lambs kept"),
            Step("all", "sheep + kept", "number of animals"),
        ),
        inventions=(
            Invention("kept", "A neighbour gives {v} lambs.", "+"),
            Invention("lambs", "Wolves take {v} lambs.", "-"),
        ),
    ),
)  # fmt: skip
"""Multiple-choice stories of amounts."""
