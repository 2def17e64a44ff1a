"""Requests of people who travel, eat out or plan their days."""

from generator.planted.requests import Call, Function, Parameter, Request
from generator.planted.wordings.words import CITIES, CITY, COINS, DAY, DAYS, HOURS, TIME

REQUESTS: tuple[Request, ...] = (
    Request(
        id="forecast",
        functions=(
            Function(
                "get_forecast",
                "Returns the weather that is expected in a city from a day on.",
                (CITY, DAY, Parameter("days", "integer", "How many days")),
            ),
            Function(
                "get_past_weather",
                "Returns the weather that a city has had before a day.",
                (CITY, DAY, Parameter("days", "integer", "How many days")),
            ),
        ),
        wordings=(
            "What will the weather be like in {city} for the {days} days from {day}?",
            "I arrive in {city} on {day} and stay {days} days. Get me the forecast for that time.",
        ),
        words={"city": CITIES, "day": DAYS},
        numbers={"days": (2, 9)},
        calls=(Call("get_forecast", {"city": "city", "date": "day", "days": "days"}),),
    ),
    Request(
        id="table",
        functions=(
            Function(
                "book_table",
                "Books a table in a restaurant.",
                (
                    Parameter("restaurant", "string", "Name of the restaurant"),
                    DAY,
                    TIME,
                    Parameter("guests", "integer", "Number of guests"),
                ),
            ),
            Function(
                "cancel_table",
                "Cancels a table that was booked in a restaurant.",
                (Parameter("restaurant", "string", "Name of the restaurant"), DAY, TIME),
            ),
        ),
        wordings=(
            "Please book a table for {guests} at {place} on {day} at {time}.",
            "On {day} we are {guests} people and want to eat at {place} from {time}. Reserve it.",
        ),
        words={
            "place": ("Blue Lantern", "Casa Olmo", "Golden Carp", "Old Mill", "Saffron House"),
            "day": DAYS,
            "time": HOURS,
        },
        numbers={"guests": (2, 12)},
        calls=(
            Call(
                "book_table",
                {"restaurant": "place", "date": "day", "time": "time", "guests": "guests"},
            ),
        ),
    ),
    Request(
        id="exchange",
        functions=(
            Function(
                "convert_currency",
                "Converts an amount of money at the rate of today.",
                (
                    Parameter("amount", "integer", "Amount to convert"),
                    Parameter("source", "string", "Currency of the amount, three letters"),
                    Parameter("target", "string", "Currency wanted, three letters"),
                ),
            ),
            Function(
                "get_rate_history",
                "Returns the exchange rates of past days.",
                (
                    Parameter("source", "string", "First currency, three letters"),
                    Parameter("target", "string", "Second currency, three letters"),
                    Parameter("days", "integer", "How many days"),
                ),
            ),
        ),
        wordings=(
            "How much is {amount} {source} in {target} today?",
            (
                "I have {amount} {source} in my purse. Change it to {target} for me, at the rate "
                "of today."
            ),
        ),
        words={"source": COINS[:4], "target": COINS[4:]},
        numbers={"amount": (25, 940)},
        calls=(
            Call(
                "convert_currency", {"amount": "amount", "source": "source", "target": "target"}
            ),
        ),
    ),
    Request(
        id="calendar",
        functions=(
            Function(
                "add_event",
                "Puts an event into the calendar.",
                (
                    Parameter("title", "string", "Title of the event"),
                    DAY,
                    TIME,
                    Parameter("minutes", "integer", "Length in minutes"),
                ),
            ),
            Function(
                "find_events",
                "Finds events of a title from a day on.",
                (Parameter("title", "string", "Title of the event"), DAY),
            ),
        ),
        wordings=(
            "Put {title} into my calendar for {day} at {time}, {minutes} minutes long.",
            "{title} takes {minutes} minutes and starts at {time} on {day}. Add it to my calendar.",
        ),
        words={
            "title": ("Dentist", "Choir practice", "Budget review", "Swimming", "Book club"),
            "day": DAYS,
            "time": HOURS,
        },
        numbers={"minutes": (20, 110)},
        calls=(
            Call(
                "add_event",
                {"title": "title", "date": "day", "time": "time", "minutes": "minutes"},
            ),
        ),
    ),
    Request(
        id="trains",
        functions=(
            Function(
                "search_trains",
                "Finds trains between two cities on a day.",
                (
                    Parameter("origin", "string", "City of departure"),
                    Parameter("destination", "string", "City of arrival"),
                    DAY,
                ),
            ),
            Function(
                "search_flights",
                "Finds flights between two cities on a day.",
                (
                    Parameter("origin", "string", "City of departure"),
                    Parameter("destination", "string", "City of arrival"),
                    DAY,
                ),
            ),
        ),
        wordings=(
            "Which trains go from {origin} to {target} on {day}, and which go back on {back}?",
            (
                "Find trains that take me on {day} to {target} from {origin}, and trains for the "
                "way back on {back}."
            ),
        ),
        words={"origin": CITIES[:5], "target": CITIES[5:], "day": DAYS[:3], "back": DAYS[3:]},
        numbers={},
        calls=(
            Call("search_trains", {"origin": "origin", "destination": "target", "date": "day"}),
            Call("search_trains", {"origin": "target", "destination": "origin", "date": "back"}),
        ),
    ),
)  # fmt: skip
"""Requests of people who travel, eat out or plan their days."""
