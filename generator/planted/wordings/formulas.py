"""Stories that need a formula, with one number as the answer, and false formulas for them."""

from generator.planted.plans import Falsehood, Invention, Step, Story

STORIES: tuple[Story, ...] = (
    Story(
        id="box",
        wordings=(
            (
                "A crate is {length} decimetres long, {width} decimetres wide and {depth} "
                "decimetres deep inside. At {hour} o'clock {A} fills it with sand and then takes "
                "{spilt} cubic decimetres out. How many cubic decimetres of sand are left?"
            ),
            (
                "{A} fills a crate with sand at {hour} o'clock and takes {spilt} cubic decimetres "
                "of it away. Inside, the crate measures {length} by {width} by {depth} decimetres."
                " How many cubic decimetres of sand does it hold then?"
            ),
        ),
        quantities={
            "length": (11, 19, 1), "width": (6, 10, 1), "depth": (3, 5, 1), "hour": (20, 23, 1),
            "spilt": (27, 95, 1),
        },
        steps=(
            Step("ground", "length * width", "area of the ground in square decimetres"),
            Step("volume", "ground * depth", "volume of the crate in cubic decimetres"),
            Step("left", "volume - spilt", "sand left in cubic decimetres"),
        ),
        inventions=(
            Invention("volume", "A board inside takes up {v} of these.", "-"),
            Invention("left", "Later {v} more are filled in.", "+"),
        ),
        falsehoods=(
            Falsehood(
                "volume",
                (
                    "The volume of a box is the area of its ground plus its depth.",
                    "A box has the volume that its ground area and its depth add up to.",
                    "Volume, for a box, means ground area and depth added together.",
                ),
                "ground + depth",
                "wrong-formula",
            ),
            Falsehood(
                "ground",
                (
                    "The area of a rectangle is the sum of its two sides.",
                    "A rectangle has the area that its length and its width add up to.",
                    "Area, for a rectangle, means length and width added together.",
                ),
                "length + width",
                "wrong-definition",
            ),
        ),
    ),
    Story(
        id="sail",
        wordings=(
            (
                "A sail is a triangle with a base of {base} decimetres and a height of {height} "
                "decimetres. {A}, whose boats are {old} years old, orders {count} such sails. How "
                "many square decimetres of cloth do they have?"
            ),
            (
                "For boats of {old} years {A} orders {count} sails. Each is a triangle, {base} "
                "decimetres wide at its base and {height} decimetres high. How large are the "
                "sails in all, in square decimetres?"
            ),
        ),
        quantities={
            "base": (16, 48, 2), "height": (25, 65, 1), "count": (3, 9, 1), "old": (10, 15, 1),
        },
        steps=(
            Step("double", "base * height", "base times height in square decimetres"),
            Step("sail", "double / 2", "area of a sail in square decimetres"),
            Step("cloth", "sail * count", "area of all sails in square decimetres"),
        ),
        inventions=(
            Invention("cloth", "Seams take {v} of these.", "-"),
            Invention("sail", "Each sail gets a pocket of {v} more.", "+"),
        ),
        falsehoods=(
            Falsehood(
                "sail",
                (
                    "The area of a triangle is a quarter of base times height.",
                    "A triangle covers a quarter of the product of base and height.",
                    "For triangles: area is base times height over four.",
                ),
                "double / 4",
                "wrong-formula",
            ),
            Falsehood(
                "sail",
                (
                    "The area of a triangle is twice its base times its height.",
                    "A triangle covers double the product of base and height.",
                    "For triangles: area is two times base times height.",
                ),
                "double * 2",
                "wrong-formula",
            ),
        ),
    ),
    Story(
        id="heater",
        wordings=(
            (
                "On floor {floor} {A} uses a heater of {power} watts for {hours} hours on each of "
                "{days} days. How many watt hours of energy does the heater take?"
            ),
            (
                "A heater with a power of {power} watts runs on floor {floor}, {hours} hours a "
                "day. {A} keeps that up for {days} days. How much energy is that in watt hours?"
            ),
        ),
        quantities={
            "power": (360, 960, 120), "hours": (3, 8, 1), "days": (13, 29, 1),
            "floor": (30, 48, 1),
        },
        steps=(
            Step("time", "days * hours", "running time in hours"),
            Step("energy", "power * time", "energy in watt hours"),
        ),
        inventions=(
            Invention("time", "It is switched off for {v} hours.", "-"),
            Invention("time", "It warms up for {v} hours before.", "+"),
        ),
        falsehoods=(
            Falsehood(
                "energy",
                (
                    "Energy is power and running time added together.",
                    "The energy that a device takes is its power plus its running time.",
                    "By definition, energy means power increased by time.",
                ),
                "power + time",
                "wrong-definition",
            ),
        ),
        unit="watt hours",
    ),
    Story(
        id="shipping",
        wordings=(
            (
                "A crate of {tare} hectograms, {days} days old, is filled with {volume} cubic "
                "decimetres of oil. The density of the oil is {density} hectograms to a cubic "
                "decimetre. How many hectograms do crate and oil weigh?"
            ),
            (
                "Oil with a density of {density} hectograms to a cubic decimetre is filled into a "
                "crate: {volume} cubic decimetres of it. The crate is {days} days old and weighs "
                "{tare} hectograms. What do both weigh together, in hectograms?"
            ),
        ),
        quantities={
            "volume": (36, 96, 12), "density": (6, 9, 1), "tare": (101, 180, 1),
            "days": (15, 28, 1),
        },
        steps=(
            Step("oil", "volume * density", "weight of the oil in hectograms"),
            Step("all", "oil + tare", "weight of both in hectograms"),
        ),
        inventions=(
            Invention("oil", "A lid weighs {v} hectograms.", "+"),
            Invention("all", "Drips lose {v} hectograms.", "-"),
        ),
        falsehoods=(
            Falsehood(
                "oil",
                (
                    "Weight is volume and density added together.",
                    "A liquid weighs its volume plus its density.",
                    "By definition, weight means volume increased by density.",
                ),
                "volume + density",
                "wrong-formula",
            ),
        ),
        unit="hectograms",
    ),
)  # fmt: skip
"""Stories that need a formula."""
