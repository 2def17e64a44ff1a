"""Stories with units, time and counted places, with one number as the answer."""

from generator.planted.plans import Invention, Step, Story

STORIES: tuple[Story, ...] = (
    Story(
        id="laps",
        wordings=(
            (
                "{A}, who is {age} years old, cycles {laps} laps a day for {days} days. A lap "
                "takes {minutes} minutes. How many hours does {A} spend on the laps in all?"
            ),
            (
                "It takes {A} {minutes} minutes to cycle one lap. {A} is {age} years old and rides"
                " {laps} laps on each of {days} days. How many hours of riding is that?"
            ),
        ),
        quantities={
            "age": (17, 58, 1), "laps": (4, 12, 2), "days": (5, 25, 5), "minutes": (10, 50, 5),
        },
        steps=(
            Step("total", "laps * days", "number of laps"),
            Step("ridden", "total * minutes", "riding time in minutes"),
            Step("hours", "ridden / 60", "riding time in hours", "time-base"),
        ),
        inventions=(
            Invention("total", "On the first day {A} warms up with {v} more laps.", "+"),
            Invention("total", "We leave out {v} laps that were stopped by rain.", "-"),
        ),
        unit="hours",
    ),
    Story(
        id="juice",
        wordings=(
            (
                "{A} buys {bottles} bottles, each with {litres} litres of juice, for {guests} "
                "guests. How many glasses of {glass} millilitres can be poured from them?"
            ),
            (
                "There are {guests} guests at a party. {A} pours juice into glasses of {glass} "
                "millilitres and has {bottles} bottles of {litres} litres each. How many glasses "
                "can be filled?"
            ),
        ),
        quantities={
            "bottles": (8, 30, 1), "litres": (2, 5, 1), "guests": (31, 79, 1),
            "glass": (125, 500, 25),
        },
        steps=(
            Step("volume", "bottles * litres", "volume of the juice in litres"),
            Step("small", "volume * 1000", "volume of the juice in millilitres", "unit"),
            Step("glasses", "small / glass", "number of glasses"),
        ),
        inventions=(
            Invention("glasses", "About {v} glasses will be spilt.", "-"),
            Invention("glasses", "What is left in the fridge gives {v} glasses more.", "+"),
        ),
        unit="glasses",
    ),
    Story(
        id="ribbon",
        wordings=(
            (
                "A shop on {floors} floors has {rolls} rolls with {metres} metres of ribbon each. "
                "It is cut into pieces of {piece} centimetres, and {sold} of the pieces are sold. "
                "How many pieces are left?"
            ),
            (
                "{sold} pieces of ribbon are sold in a shop on {floors} floors. They were cut, "
                "{piece} centimetres each, from {rolls} whole rolls of {metres} metres. How many "
                "of the pieces are not sold?"
            ),
        ),
        quantities={
            "floors": (2, 4, 1), "rolls": (5, 16, 1), "metres": (12, 50, 2), "piece": (20, 80, 5),
            "sold": (51, 99, 1),
        },
        steps=(
            Step("ribbon", "rolls * metres", "length of the ribbon in metres"),
            Step("small", "ribbon * 100", "length of the ribbon in centimetres", "unit"),
            Step("pieces", "small / piece", "number of pieces"),
            Step("left", "pieces - sold", "number of pieces left"),
        ),
        inventions=(
            Invention("pieces", "Some {v} pieces come out too short.", "-"),
            Invention("pieces", "There are {v} pieces from last week.", "+"),
        ),
        unit="pieces",
    ),
    Story(
        id="eggs",
        wordings=(
            (
                "Each of {hens} hens lays {each} eggs a week. {A}, who has {cows} cows too, "
                "collects the eggs for {weeks} weeks and sells them by the dozen. How many dozen "
                "is that?"
            ),
            (
                "{A} keeps {cows} cows and {hens} hens. Every hen lays {each} eggs in a week. How "
                "many dozen eggs are there after {weeks} weeks?"
            ),
        ),
        quantities={
            "hens": (20, 60, 5), "each": (3, 6, 1), "cows": (7, 19, 1), "weeks": (2, 18, 2),
        },
        steps=(
            Step("weekly", "hens * each", "number of eggs in a week"),
            Step("eggs", "weekly * weeks", "number of eggs"),
            Step("dozens", "eggs / 12", "number of dozens", "unit"),
        ),
        inventions=(
            Invention("weekly", "The family eats {v} eggs a week.", "-"),
            Invention("eggs", "A neighbour adds {v} eggs.", "+"),
        ),
        unit="dozen",
    ),
    Story(
        id="hotline",
        wordings=(
            (
                "{A} answers calls for {hours} hours a day from a desk on floor {floor}. A call "
                "takes {each} minutes, and one follows the other. How many calls are answered in "
                "{days} days?"
            ),
            (
                "On floor {floor} {A} takes calls of {each} minutes, one after the other, {hours} "
                "hours a day. How many calls is that in {days} days?"
            ),
        ),
        quantities={
            "hours": (3, 9, 1), "floor": (16, 31, 1), "each": (2, 12, 1), "days": (5, 25, 1),
        },
        steps=(
            Step("minutes", "hours * 60", "working time a day in minutes", "time-base"),
            Step("calls", "minutes / each", "number of calls a day"),
            Step("all", "calls * days", "number of calls"),
        ),
        inventions=(
            Invention("minutes", "Breaks take up {v} minutes.", "-"),
            Invention("calls", "A colleague passes on {v} calls a day.", "+"),
        ),
        unit="calls",
    ),
    Story(
        id="fence",
        wordings=(
            (
                "A straight fence is {length} metres long and {height} centimetres high. Posts "
                "stand every {gap} metres, at both ends too. A post costs {price} euros, and the "
                "wire {wire} euros in all. What does the fence cost?"
            ),
            (
                "{A} builds a straight fence of {length} metres, {height} centimetres high, with a"
                " post at each end and one every {gap} metres between. The wire costs {wire} euros"
                " altogether and each post {price} euros. How many euros does {A} spend?"
            ),
        ),
        quantities={
            "length": (48, 180, 6), "height": (105, 195, 5), "gap": (2, 6, 1),
            "price": (8, 19, 1), "wire": (61, 99, 1),
        },
        steps=(
            Step("posts", "length / gap + 1", "number of posts", counts=True),
            Step("timber", "posts * price", "price of the posts in euros"),
            Step("cost", "timber + wire", "price of the fence in euros"),
        ),
        inventions=(
            Invention("posts", "A gate needs {v} posts more.", "+"),
            Invention("timber", "With a discount of {v} euros we have less to pay.", "-"),
        ),
        unit="euros",
    ),
    Story(
        id="novel",
        wordings=(
            (
                "{A} reads a book of {pages} pages from page {first} to page {last}, both "
                "included, at {pace} pages a day, and takes {minutes} minutes for it each day. How"
                " many minutes does the reading take in all?"
            ),
            (
                "Of a book with {pages} pages, {A} has to read page {first} through page {last}, "
                "both of them too. Each day {A} reads {pace} pages in {minutes} minutes. What is "
                "the total reading time in minutes?"
            ),
        ),
        quantities={
            "pages": (410, 520, 1), "first": (12, 90, 1), "last": (150, 390, 1),
            "pace": (8, 18, 1), "minutes": (21, 55, 1),
        },
        steps=(
            Step("read", "last - first + 1", "number of pages to read", counts=True),
            Step("days", "read / pace", "number of days"),
            Step("time", "days * minutes", "reading time in minutes"),
        ),
        inventions=(
            Invention("days", "A pause in the middle adds {v} days.", "+"),
            Invention("time", "Skimming saves {v} minutes.", "-"),
        ),
        unit="minutes",
    ),
)  # fmt: skip
"""Stories with units, time and counted places, with one number as the answer."""
