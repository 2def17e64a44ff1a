"""Multiple-choice stories with units, time and counted places."""

from generator.planted.plans import Invention, Step, Story

STORIES: tuple[Story, ...] = (
    Story(
        id="tiles",
        wordings=(
            (
                "A floor of {length} by {width} decimetres is laid with square tiles of {side} "
                "decimetres. The room is {high} decimetres high. A tile costs {price} euros. What "
                "do the tiles cost?"
            ),
            (
                "Square tiles with a side of {side} decimetres cost {price} euros apiece. How many"
                " euros are needed to tile a floor {length} decimetres long and {width} decimetres"
                " wide in a room {high} decimetres high?"
            ),
        ),
        quantities={
            "length": (36, 72, 6), "width": (24, 54, 6), "side": (2, 6, 1), "high": (25, 31, 1),
            "price": (3, 14, 1),
        },
        steps=(
            Step("area", "length * width", "area of the floor"),
            Step("tile", "side * side", "area of a tile"),
            Step("tiles", "area / tile", "number of tiles"),
            Step("cost", "tiles * price", "price of the tiles"),
        ),
        inventions=(
            Invention("tiles", "Cutting waste calls for {v} tiles more.", "+"),
            Invention("tiles", "Cupboards save {v} tiles.", "-"),
        ),
    ),
    Story(
        id="journey",
        wordings=(
            (
                "A coach with {seats} seats drives {ha} hours at {va} kilometres an hour and then "
                "{hb} hours at {vb} kilometres an hour. What is its mean speed on the whole way, "
                "in kilometres an hour?"
            ),
            (
                "For {ha} hours a coach goes {va} kilometres an hour, for another {hb} hours {vb} "
                "kilometres an hour. It has {seats} seats. How many kilometres an hour is that on "
                "average over the whole time?"
            ),
        ),
        quantities={
            "seats": (21, 36, 1), "ha": (2, 7, 1), "va": (50, 110, 5), "hb": (2, 7, 1),
            "vb": (50, 110, 5),
        },
        steps=(
            Step("first", "va * ha", "length of the first part"),
            Step("second", "vb * hb", "length of the second part"),
            Step("way", "first + second", "length of the way"),
            Step("time", "ha + hb", "driving time"),
            Step("speed", "way / time", "mean speed"),
        ),
        inventions=(
            Invention("time", "Breaks add {v} hours.", "+"),
            Invention("way", "A detour adds {v} kilometres.", "+"),
            Invention("way", "A short cut saves {v} kilometres.", "-"),
        ),
    ),
    Story(
        id="lamps",
        wordings=(
            (
                "Along one side of a road of {length} metres a lamp stands every {gap} metres, at "
                "both ends too. The road is {wide} metres wide. Each lamp takes {watt} watts. How "
                "many watts do the lamps take?"
            ),
            (
                "A road is {length} metres long and {wide} metres wide. It has lamps of {watt} "
                "watts on one side, at its start, at its end and every {gap} metres between. What "
                "power in watts do they need together?"
            ),
        ),
        quantities={
            "length": (240, 960, 30), "gap": (12, 40, 2), "wide": (5, 11, 1), "watt": (45, 95, 5),
        },
        steps=(
            Step("lamps", "length / gap + 1", "number of lamps", counts=True),
            Step("power", "lamps * watt", "power in watts"),
        ),
        inventions=(
            Invention("lamps", "The crossing has {v} lamps more.", "+"),
            Invention("lamps", "Of these, {v} are switched off at night.", "-"),
        ),
    ),
    Story(
        id="flour",
        wordings=(
            (
                "A mill founded {years} years ago packs {kilos} kilograms of flour into bags of "
                "{bag} grams and puts {per} bags into each box. How many boxes does it fill?"
            ),
            (
                "{kilos} kilograms of flour are packed into bags of {bag} grams, and the bags into"
                " boxes of {per}. The mill is {years} years old. What is the number of boxes?"
            ),
        ),
        quantities={
            "years": (61, 140, 1), "kilos": (12, 90, 2), "bag": (250, 800, 50), "per": (3, 11, 1),
        },
        steps=(
            Step("grams", "kilos * 1000", "weight of the flour in grams", "unit"),
            Step("bags", "grams / bag", "number of bags"),
            Step("boxes", "bags / per", "number of boxes"),
        ),
        inventions=(
            Invention("bags", "Mice spoil {v} bags.", "-"),
            Invention("bags", "From the day before, {v} bags are left.", "+"),
        ),
    ),
    Story(
        id="presses",
        wordings=(
            (
                "{machines} presses make {rate} lids each in a minute. They run for {hours} hours."
                " {bad} lids are faulty and thrown away. How many good lids are made?"
            ),
            (
                "In {hours} hours of work, how many good lids come from {machines} presses, if "
                "each makes {rate} lids a minute and {bad} lids in all turn out faulty?"
            ),
        ),
        quantities={
            "machines": (3, 12, 1), "rate": (4, 18, 1), "hours": (2, 9, 1), "bad": (65, 240, 1),
        },
        steps=(
            Step("speed", "machines * rate", "number of lids a minute"),
            Step("minutes", "hours * 60", "running time in minutes", "time-base"),
            Step("lids", "speed * minutes", "number of lids"),
            Step("good", "lids - bad", "number of good lids"),
        ),
        inventions=(
            Invention("minutes", "Warming up takes {v} minutes.", "-"),
            Invention("lids", "A test run gives {v} lids more.", "+"),
        ),
    ),
    Story(
        id="watch",
        wordings=(
            (
                "A watch of {guards} guards lasts from day {first} to day {last} of a month, both "
                "included. Each day needs {hours} hours of duty, and an hour is paid {pay} euros. "
                "What does the watch cost?"
            ),
            (
                "From day {first} through day {last} of a month, both days too, a gate is kept by "
                "{guards} guards. That takes {hours} hours of duty a day at {pay} euros an hour. "
                "How many euros are paid?"
            ),
        ),
        quantities={
            "guards": (31, 45, 1), "first": (3, 9, 1), "last": (19, 30, 1), "hours": (5, 8, 1),
            "pay": (13, 18, 1),
        },
        steps=(
            Step("days", "last - first + 1", "number of days", counts=True),
            Step("duty", "days * hours", "hours of duty"),
            Step("cost", "duty * pay", "price of the watch"),
        ),
        inventions=(
            Invention("duty", "Handing over takes {v} hours more.", "+"),
            Invention("duty", "We leave out {v} hours of rest.", "-"),
        ),
    ),
)  # fmt: skip
"""Multiple-choice stories with units, time and counted places."""
