"""Stories of the family of units and time; every one of them is held out."""

from generator.planted.plans import Falsehood, Invention, Step, Story

STORIES: tuple[Story, ...] = (
    Story(
        id="pump",
        wordings=(
            (
                "Water station {A} lifts {rate} litres a second through pipe {pipe}. How many "
                "cubic metres does it lift in {minutes} minutes?"
            ),
            (
                "Pipe {pipe} at station {A} carries {rate} litres every second and is open for "
                "{minutes} minutes. What volume passes, in cubic metres?"
            ),
            (
                "At {A}, pipe {pipe} has a flow of {rate} litres a second. Opened for {minutes} "
                "minutes, how much does it deliver in cubic metres?"
            ),
        ),
        quantities={"rate": (25, 90, 5), "pipe": (3, 24, 1), "minutes": (20, 95, 5)},
        steps=(
            Step("seconds", "minutes * 60", "opening time in seconds", "time-base"),
            Step("litres", "rate * seconds", "volume in litres"),
            Step("cubic", "litres / 1000", "volume in cubic metres", "unit"),
        ),
        inventions=(
            Invention("seconds", "The valve needs {v} seconds to open.", "-"),
            Invention("cubic", "The tank above adds {v} cubic metres.", "+"),
        ),
        falsehoods=(
            Falsehood(
                "litres",
                (
                    "Volume is flow and time added together.",
                    "What flows through is the sum of flow and time.",
                    "A volume comes from adding the flow to the time.",
                ),
                "rate + seconds",
                "wrong-formula",
            ),
        ),
    ),
    Story(
        id="shift",
        wordings=(
            (
                "{A} works {hours} hours and {extra} minutes a day, {days} days in all, in team "
                "{team}. An order takes {each} minutes. How many orders does {A} finish?"
            ),
            (
                "In team {team} one order takes {each} minutes. On {days} days {A} is at work for "
                "{hours} hours and {extra} minutes a day. What number of orders gets done?"
            ),
            (
                "Every day of work has {hours} hours and {extra} minutes for {A} from team "
                "{team}; {days} days are worked, {each} minutes for each order. Count the orders."
            ),
        ),
        quantities={
            "hours": (3, 8, 1), "extra": (10, 50, 5), "days": (9, 24, 1), "team": (25, 40, 1),
            "each": (5, 8, 1),
        },
        steps=(
            Step("whole", "hours * 60", "minutes of the full hours", "time-base"),
            Step("daily", "whole + extra", "working time a day in minutes"),
            Step("total", "daily * days", "working time in minutes"),
            Step("orders", "total / each", "number of orders"),
        ),
        inventions=(
            Invention("daily", "Lunch takes {v} minutes of that.", "-"),
            Invention("total", "A late day adds {v} minutes.", "+"),
        ),
        unit="orders",
    ),
    Story(
        id="rope",
        wordings=(
            (
                "Dock {dock} stores {coils} coils of rope, {metres} metres on each. {A} cuts "
                "{used} centimetres off one of them. How many centimetres of rope remain in all?"
            ),
            (
                "There are {coils} coils at dock {dock}, each with {metres} metres of rope. After "
                "{A} has used up {used} centimetres, what length is there, in centimetres?"
            ),
            (
                "{A} needs {used} centimetres of the rope at dock {dock}, where {coils} coils of "
                "{metres} metres are kept. Give the rest of the rope in centimetres."
            ),
        ),
        quantities={
            "dock": (2, 9, 1), "coils": (13, 28, 1), "metres": (30, 75, 1), "used": (120, 980, 10),
        },
        steps=(
            Step("length", "coils * metres", "length of the rope in metres"),
            Step("small", "length * 100", "length of the rope in centimetres", "unit"),
            Step("left", "small - used", "length of the rest in centimetres"),
        ),
        inventions=(
            Invention("left", "Knots take {v} centimetres.", "-"),
            Invention("length", "A loose end gives {v} metres.", "+"),
        ),
        unit="centimetres",
    ),
    Story(
        id="medicine",
        wordings=(
            (
                "Ward {ward} has {grams} grams of a powder. A dose is {dose} milligrams, and {A} "
                "gives {daily} doses a day. For how many days does the powder last?"
            ),
            (
                "{A} hands out {daily} doses of {dose} milligrams a day on ward {ward} from a "
                "stock of {grams} grams. After how many days is the stock used up?"
            ),
            (
                "A dose of powder has {dose} milligrams. Ward {ward}, where {A} gives {daily} of "
                "them daily, holds {grams} grams. State the number of days covered."
            ),
        ),
        quantities={
            "ward": (31, 49, 1), "grams": (12, 96, 6), "dose": (125, 750, 125),
            "daily": (3, 9, 1),
        },
        steps=(
            Step("small", "grams * 1000", "powder in milligrams", "unit"),
            Step("doses", "small / dose", "number of doses"),
            Step("days", "doses / daily", "number of days"),
        ),
        inventions=(
            Invention("doses", "Some {v} doses get lost.", "-"),
            Invention("doses", "The next ward gives {v} doses.", "+"),
        ),
        unit="days",
    ),
    Story(
        id="voyage",
        wordings=(
            (
                "A ship with {crew} people aboard sails {days} days at {speed} kilometres an "
                "hour, day and night. It then has {rest} kilometres to go. How long is the whole "
                "way in kilometres?"
            ),
            (
                "Day and night a ship of {crew} people makes {speed} kilometres an hour. After "
                "{days} days {rest} kilometres of the way are left. What is the way from start "
                "to end, in kilometres?"
            ),
            (
                "{rest} kilometres before its harbour a ship has sailed for {days} days without a "
                "stop at {speed} kilometres an hour, with {crew} people. Give the full way in "
                "kilometres."
            ),
        ),
        quantities={
            "crew": (41, 58, 1), "days": (3, 9, 1), "speed": (14, 38, 1), "rest": (85, 420, 5),
        },
        steps=(
            Step("hours", "days * 24", "sailing time in hours", "time-base"),
            Step("done", "speed * hours", "way sailed in kilometres"),
            Step("way", "done + rest", "whole way in kilometres"),
        ),
        inventions=(
            Invention("hours", "In fog {v} hours are lost.", "-"),
            Invention("done", "The current carries it {v} kilometres.", "+"),
        ),
        falsehoods=(
            Falsehood(
                "done",
                (
                    "The way covered is speed and time added together.",
                    "A way is the sum of speed and time.",
                    "One gets a way by adding the time to the speed.",
                ),
                "speed + hours",
                "wrong-formula",
            ),
        ),
        unit="kilometres",
    ),
    Story(
        id="calendar-days",
        wordings=(
            (
                "From day {first} to day {last} of the year, both days too, {A} swims {lengths} "
                "lengths of {pool} metres daily in lane {lane}. How many kilometres is that?"
            ),
            (
                "Lane {lane}, {pool} metres long: there {A} swims {lengths} lengths on every day "
                "from day {first} through day {last} of the year, both included. How many "
                "kilometres in total?"
            ),
            (
                "{A} swims each day, beginning with day {first} and ending with day {last} of "
                "the year, both counted: {lengths} lengths of {pool} metres in lane {lane}. Give "
                "the sum in kilometres."
            ),
        ),
        quantities={
            "first": (31, 90, 1), "last": (105, 190, 1), "lengths": (16, 48, 4),
            "pool": (25, 50, 25), "lane": (2, 8, 1),
        },
        steps=(
            Step("days", "last - first + 1", "number of days", counts=True),
            Step("each", "lengths * pool", "metres on a day"),
            Step("metres", "days * each", "metres in all"),
            Step("kilometres", "metres / 1000", "kilometres in all", "unit"),
        ),
        inventions=(
            Invention("days", "On {v} days the pool is shut.", "-"),
            Invention("each", "A cool-down adds {v} metres.", "+"),
        ),
        unit="kilometres",
    ),
)  # fmt: skip
"""Stories whose steps turn on units, time and dates."""
