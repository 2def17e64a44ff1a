"""Stories of amounts, with one number as the answer."""

from generator.planted.plans import Invention, Step, Story

STORIES: tuple[Story, ...] = (
    Story(
        id="bakery",
        wordings=(
            (
                "{A} bakes {trays} trays of {per} rolls in a kitchen with {ovens} ovens. {burnt} "
                "rolls burn, and the rest are packed into bags of {bag}. How many bags are filled?"
            ),
            (
                "A kitchen has {ovens} ovens. {A} uses it to bake rolls, {per} on a tray, {trays} "
                "trays in all. Once {burnt} burnt rolls are thrown away, bags of {bag} rolls are "
                "filled with the others. What is the number of bags?"
            ),
        ),
        quantities={
            "trays": (6, 18, 1), "per": (15, 40, 1), "ovens": (2, 5, 1), "burnt": (7, 45, 1),
            "bag": (6, 14, 1),
        },
        steps=(
            Step("baked", "trays * per", "number of rolls baked"),
            Step("good", "baked - burnt", "number of rolls that can be sold"),
            Step("bags", "good / bag", "number of bags"),
        ),
        inventions=(
            Invention("good", "Say {v} rolls are kept back for the family.", "-"),
            Invention("baked", "A neighbour brings {v} rolls as well.", "+"),
        ),
        unit="bags",
    ),
    Story(
        id="outing",
        wordings=(
            (
                "For an outing of {km} kilometres a school hires {buses} buses with {seats} seats "
                "each. {pupils} pupils and {adults} adults come along. How many seats stay empty?"
            ),
            (
                "{pupils} pupils go on an outing together with {adults} adults. The school has "
                "hired {buses} buses, each with {seats} seats, for the {km} kilometres. How many "
                "seats are left over?"
            ),
        ),
        quantities={
            "km": (30, 95, 1), "buses": (3, 9, 1), "seats": (38, 62, 1), "pupils": (96, 240, 1),
            "adults": (10, 28, 1),
        },
        steps=(
            Step("places", "buses * seats", "number of seats"),
            Step("guests", "pupils + adults", "number of people who come"),
            Step("empty", "places - guests", "number of empty seats"),
        ),
        inventions=(
            Invention("guests", "The {v} drivers and guides need a seat too.", "+"),
            Invention("places", "Usually {v} seats are out of use.", "-"),
        ),
        unit="seats",
    ),
    Story(
        id="library",
        wordings=(
            (
                "A library that opened {years} years ago has {na} shelves of {pa} novels, {nb} "
                "shelves of {pb} histories and {nc} shelves of {pc} atlases. How many books are "
                "there?"
            ),
            (
                "On {na} shelves a library keeps {pa} novels each, on {nb} shelves {pb} histories "
                "each and on {nc} shelves {pc} atlases each. It opened {years} years ago. How many"
                " books does it hold altogether?"
            ),
        ),
        quantities={
            "years": (31, 90, 1), "na": (7, 19, 1), "pa": (21, 46, 1), "nb": (5, 14, 1),
            "pb": (18, 39, 1), "nc": (3, 9, 1), "pc": (11, 24, 1),
        },
        steps=(
            Step("novels", "na * pa", "number of novels"),
            Step("histories", "nb * pb", "number of histories"),
            Step("atlases", "nc * pc", "number of atlases"),
            Step("books", "novels + histories + atlases", "number of books"),
        ),
        inventions=(
            Invention("novels", "Of these, {v} novels will be out on loan.", "-"),
            Invention("books", "We add {v} books for the reading room.", "+"),
        ),
        unit="books",
    ),
    Story(
        id="stall",
        wordings=(
            (
                "At a stall {A} sells {na} crates of apples for {pa} euros each, {nb} crates of "
                "pears for {pb} euros each and {nc} crates of plums for {pc} euros each. The stall"
                " costs {rent} euros. How much is left when it is paid?"
            ),
            (
                "The rent of a stall is {rent} euros. From it {A} sells crates of fruit: {na} of "
                "apples at {pa} euros, {nb} of pears at {pb} euros, {nc} of plums at {pc} euros. "
                "How many euros does {A} have after the rent?"
            ),
        ),
        quantities={
            "na": (6, 15, 1), "pa": (9, 18, 1), "nb": (4, 13, 1), "pb": (11, 22, 1),
            "nc": (3, 12, 1), "pc": (13, 27, 1), "rent": (35, 95, 1),
        },
        steps=(
            Step("apples", "na * pa", "money from the apples"),
            Step("pears", "nb * pb", "money from the pears"),
            Step("plums", "nc * pc", "money from the plums"),
            Step("taken", "apples + pears + plums", "money taken"),
            Step("left", "taken - rent", "money left"),
        ),
        inventions=(
            Invention("taken", "Tips bring in {v} euros.", "+"),
            Invention("taken", "Petrol takes {v} euros of it.", "-"),
        ),
        unit="euros",
    ),
    Story(
        id="stamps",
        wordings=(
            (
                "{A} is {age} and has {x} stamps. {B} has {n} times as many as {A}, and {C} has "
                "{m} fewer than {B}. How many stamps do the three have together?"
            ),
            (
                "{B} owns {n} times as many stamps as {A}, who owns {x}. {C} owns {m} fewer than "
                "{B}. {A} is {age} years old. How many stamps is that for all three?"
            ),
        ),
        quantities={"age": (9, 16, 1), "x": (18, 64, 1), "n": (3, 8, 1), "m": (10, 49, 1)},
        steps=(
            Step("b", "x * n", "number of stamps that {B} has"),
            Step("c", "b - m", "number of stamps that {C} has"),
            Step("all", "x + b + c", "number of stamps of all three"),
        ),
        inventions=(
            Invention("c", "{C} finds {v} more in a drawer.", "+"),
            Invention("b", "{B} gives {v} of them away.", "-"),
        ),
        unit="stamps",
    ),
    Story(
        id="orchard",
        wordings=(
            (
                "In an orchard of {trees} trees {A} fills {x} baskets with {p} pears each, and {B}"
                " fills {y} baskets with {q} pears each. How many more pears has {A} picked than "
                "{B}?"
            ),
            (
                "{B} has picked {y} baskets of {q} pears in an orchard of {trees} trees, {A} {x} "
                "baskets of {p} pears. By how many pears is {A} ahead of {B}?"
            ),
        ),
        quantities={
            "trees": (51, 99, 1), "x": (12, 25, 1), "p": (31, 48, 1), "y": (5, 11, 1),
            "q": (17, 30, 1),
        },
        steps=(
            Step("first", "x * p", "number of pears that {A} picks"),
            Step("second", "y * q", "number of pears that {B} picks"),
            Step("lead", "first - second", "difference in pears"),
        ),
        inventions=(
            Invention("first", "Of these {v} are rotten.", "-"),
            Invention("second", "{B} also picks up {v} pears from the grass.", "+"),
        ),
        unit="pears",
    ),
    Story(
        id="pool",
        wordings=(
            (
                "A tap puts {tap} litres of water a minute into a pool of {size} litres, while "
                "{leak} litres a minute run out through a leak. The pool was empty at first. How "
                "much water is in it after {time} minutes?"
            ),
            (
                "An empty pool holds up to {size} litres. For {time} minutes {tap} litres a minute"
                " flow in and {leak} litres a minute flow out through a leak. How many litres are "
                "in the pool then?"
            ),
        ),
        quantities={
            "tap": (25, 60, 1), "size": (4000, 9000, 500), "leak": (3, 14, 1), "time": (20, 65, 1),
        },
        steps=(
            Step("filled", "tap * time", "water that flows in, in litres"),
            Step("lost", "leak * time", "water that flows out, in litres"),
            Step("water", "filled - lost", "water in the pool in litres"),
        ),
        inventions=(
            Invention("filled", "Rain brings {v} litres too.", "+"),
            Invention("lost", "In the sun {v} litres dry up as well.", "+"),
        ),
        unit="litres",
    ),
)  # fmt: skip
"""Stories of amounts, with one number as the answer."""
