"""Stories that ask for two numbers."""

from generator.planted.plans import Invention, Step, Story

STORIES: tuple[Story, ...] = (
    Story(
        id="coat",
        wordings=(
            (
                "A coat that costs {price} euros is sold for {pct} percent less. {A} pays for it "
                "with {money} euros. What does the coat cost now, and how much money does {A} get "
                "back?"
            ),
            (
                "{A} has {money} euros and buys a coat. Its price of {price} euros has been cut by"
                " {pct} percent. What does {A} pay, and how many euros are left after that?"
            ),
        ),
        quantities={"price": (200, 800, 100), "pct": (5, 45, 5), "money": (850, 1500, 50)},
        steps=(
            Step("cut", "price * pct / 100", "reduction in euros", "percentage"),
            Step("paid", "price - cut", "new price in euros"),
            Step("change", "money - paid", "money left in euros"),
        ),
        inventions=(
            Invention("paid", "A voucher takes off {v} euros more.", "-"),
            Invention("paid", "Wrapping costs {v} euros on top.", "+"),
        ),
        unit="euros",
        asked=("paid", "change"),
    ),
    Story(
        id="tickets",
        wordings=(
            (
                "{A} buys {adults} tickets for adults at {pa} euros and {children} tickets for "
                "children at {pc} euros each, and pays with {money} euros. How much do the tickets"
                " cost in all, and how much change is due?"
            ),
            (
                "Tickets are {pa} euros for an adult and {pc} euros for a child. {A} takes "
                "{adults} for adults and {children} for children out of a budget of {money} euros."
                " What is the price of all tickets together, and what remains of the budget?"
            ),
        ),
        quantities={
            "adults": (3, 9, 1), "pa": (14, 29, 1), "children": (4, 15, 1), "pc": (5, 13, 1),
            "money": (400, 600, 10),
        },
        steps=(
            Step("grown", "adults * pa", "price of the tickets for adults"),
            Step("small", "children * pc", "price of the tickets for children"),
            Step("total", "grown + small", "price of all tickets"),
            Step("change", "money - total", "money that remains"),
        ),
        inventions=(
            Invention("total", "The booking fee adds {v} euros.", "+"),
            Invention("small", "Small children are free, which saves {v} euros.", "-"),
        ),
        unit="euros",
        asked=("total", "change"),
    ),
    Story(
        id="warehouse",
        wordings=(
            (
                "A warehouse takes in {crates} crates with {size} lamps each and sells {sold} "
                "lamps. The others go to {shops} shops in equal parts. How many lamps are there "
                "after the sale, and how many does each shop get?"
            ),
            (
                "{crates} crates of {size} lamps arrive at a warehouse. {sold} of the lamps are "
                "sold, and {shops} shops share the rest equally. How many lamps are not sold, and "
                "how many go to each shop?"
            ),
        ),
        quantities={
            "crates": (12, 36, 1), "size": (14, 40, 1), "sold": (45, 240, 1), "shops": (3, 9, 1),
        },
        steps=(
            Step("full", "crates * size", "number of lamps that arrive"),
            Step("left", "full - sold", "number of lamps after the sale"),
            Step("each", "left / shops", "number of lamps for each shop"),
        ),
        inventions=(
            Invention("full", "In transport {v} lamps break.", "-"),
            Invention("left", "Customers return {v} lamps.", "+"),
        ),
        unit="lamps",
        asked=("left", "each"),
    ),
    Story(
        id="savings",
        wordings=(
            (
                "{A} and {B} put aside money every day of the week, {x} euros and {y} euros. After"
                " {weeks} weeks they buy a present for {gift} euros. How much do they have then, "
                "and how much had they saved before?"
            ),
            (
                "For {weeks} weeks {A} saves {x} euros and {B} saves {y} euros on each and every "
                "day. Then {gift} euros go into a present. How many euros remain, and how many "
                "were there before the present?"
            ),
        ),
        quantities={
            "x": (2, 12, 1), "y": (3, 15, 1), "weeks": (4, 16, 1), "gift": (25, 99, 1),
        },
        steps=(
            Step("both", "x + y", "money put aside in a day"),
            Step("days", "weeks * 7", "number of days", "time-base"),
            Step("saved", "both * days", "money saved"),
            Step("rest", "saved - gift", "money that remains"),
        ),
        inventions=(
            Invention("saved", "The bank adds {v} euros of interest.", "+"),
            Invention("days", "On {v} holidays they put nothing aside.", "-"),
        ),
        unit="euros",
        asked=("rest", "saved"),
    ),
    Story(
        id="meadow",
        wordings=(
            (
                "A meadow is {length} metres long and {width} metres wide and feeds {goats} goats."
                " How many square metres does it have, and how many metres is it around?"
            ),
            (
                "{goats} goats graze on a meadow with sides of {length} and {width} metres. What "
                "is its area in square metres, and what is the length of its border in metres?"
            ),
        ),
        quantities={"length": (45, 95, 1), "width": (12, 40, 1), "goats": (5, 11, 1)},
        steps=(
            Step("area", "length * width", "area in square metres"),
            Step("half", "length + width", "length of two sides in metres"),
            Step("border", "half * 2", "length of the border in metres"),
        ),
        inventions=(
            Invention("border", "The gate takes away {v} metres.", "-"),
            Invention("area", "A hut covers {v} square metres of it.", "-"),
        ),
        asked=("area", "border"),
    ),
    Story(
        id="dinner",
        wordings=(
            (
                "{friends} friends have dinner at table {table}. They order {dishes} dishes at "
                "{pd} euros and {drinks} drinks at {pw} euros each, and share the bill in equal "
                "parts. How much is the bill, and how much does each of them pay?"
            ),
            (
                "The orders at table {table} are {dishes} dishes for {pd} euros each and {drinks} "
                "drinks for {pw} euros each. The {friends} friends who sit there pay the same "
                "amount each. What is the bill, and what does one of them pay?"
            ),
        ),
        quantities={
            "friends": (4, 9, 1), "table": (20, 40, 1), "dishes": (6, 15, 1), "pd": (11, 24, 1),
            "drinks": (5, 19, 1), "pw": (3, 8, 1),
        },
        steps=(
            Step("food", "dishes * pd", "price of the dishes in euros"),
            Step("drink", "drinks * pw", "price of the drinks in euros"),
            Step("bill", "food + drink", "bill in euros"),
            Step("each", "bill / friends", "part of each friend in euros"),
        ),
        inventions=(
            Invention("bill", "A tip of {v} euros goes on top.", "+"),
            Invention("drink", "Water for {v} euros is missing from the list.", "+"),
        ),
        unit="euros",
        asked=("bill", "each"),
    ),
)  # fmt: skip
"""Stories that ask for two numbers."""
