"""Requests around the house and the workshop."""

from generator.planted.requests import Call, Function, Parameter, Request
from generator.planted.wordings.words import PEOPLE, ROOM, ROOMS, TIME

REQUESTS: tuple[Request, ...] = (
    Request(
        id="heating",
        functions=(
            Function(
                "set_temperature",
                "Sets the temperature of a room.",
                (ROOM, Parameter("degrees", "integer", "Degrees Celsius")),
            ),
            Function(
                "read_temperature", "Reads the temperature of a room.", (ROOM,)
            ),
        ),
        wordings=(
            "Make it {degrees} degrees in the {room}, please.",
            "It is too cold in the {room}. I want {degrees} degrees there.",
        ),
        words={"room": ROOMS},
        numbers={"degrees": (16, 24)},
        calls=(Call("set_temperature", {"room": "room", "degrees": "degrees"}),),
    ),
    Request(
        id="lights",
        functions=(
            Function(
                "set_light",
                "Sets the brightness of the light in a room.",
                (ROOM, Parameter("percent", "integer", "Brightness from 0 to 100")),
            ),
            Function(
                "set_blind",
                "Sets how far the blind of a room is closed.",
                (ROOM, Parameter("percent", "integer", "0 is open, 100 is closed")),
            ),
        ),
        wordings=(
            (
                "Light in the {room} to {first} percent, then light in the {other} to {second} "
                "percent."
            ),
            (
                "I would like the light at {first} percent in the {room}, and after that at "
                "{second} percent in the {other}."
            ),
        ),
        words={"room": ROOMS[:4], "other": ROOMS[4:]},
        numbers={"first": (5, 45), "second": (50, 95)},
        calls=(
            Call("set_light", {"room": "room", "percent": "first"}),
            Call("set_light", {"room": "other", "percent": "second"}),
        ),
    ),
    Request(
        id="message",
        functions=(
            Function(
                "send_message",
                "Sends a text message to a contact.",
                (
                    Parameter("contact", "string", "Name of the contact"),
                    Parameter("text", "string", "What the message says"),
                ),
            ),
            Function(
                "draft_message",
                "Keeps a text message to a contact without sending it.",
                (
                    Parameter("contact", "string", "Name of the contact"),
                    Parameter("text", "string", "What the message says"),
                ),
            ),
        ),
        wordings=(
            'Send {person} a message that says "{text}".',
            'Text "{text}" to {person}, right away.',
        ),
        words={
            "person": PEOPLE,
            "text": (
                "I am on my way", "The keys are under the pot", "Lunch is ready",
                "Call me back tonight", "The train is late", "We meet at the bridge",
            ),
        },
        numbers={},
        calls=(Call("send_message", {"contact": "person", "text": "text"}),),
    ),
    Request(
        id="stock",
        functions=(
            Function(
                "order_parts",
                "Orders parts for the store.",
                (
                    Parameter("part", "string", "Name of the part"),
                    Parameter("quantity", "integer", "How many"),
                ),
            ),
            Function(
                "return_parts",
                "Sends parts back to the maker.",
                (
                    Parameter("part", "string", "Name of the part"),
                    Parameter("quantity", "integer", "How many"),
                ),
            ),
        ),
        wordings=(
            "Order {many} of the {part} and then {few} of the {other}.",
            "We are short of parts. Get {many} {part} first, {few} {other} after that.",
        ),
        words={
            "part": ("brackets", "hinges", "rivets", "washers"),
            "other": ("belts", "pulleys", "springs", "valves"),
        },
        numbers={"many": (110, 480), "few": (4, 36)},
        calls=(
            Call("order_parts", {"part": "part", "quantity": "many"}),
            Call("order_parts", {"part": "other", "quantity": "few"}),
        ),
    ),
    Request(
        id="timer",
        functions=(
            Function(
                "start_timer",
                "Starts a timer.",
                (
                    Parameter("label", "string", "What the timer is for"),
                    Parameter("minutes", "integer", "Minutes until it rings"),
                ),
            ),
            Function(
                "set_alarm",
                "Sets an alarm for a time of day.",
                (Parameter("label", "string", "What the alarm is for"), TIME),
            ),
        ),
        wordings=(
            "Start a timer called {label} for {minutes} minutes.",
            "In {minutes} minutes I have to be told about the {label}. Use a timer of that name.",
        ),
        words={"label": ("bread", "eggs", "laundry", "parking", "rice", "tea")},
        numbers={"minutes": (4, 75)},
        calls=(Call("start_timer", {"label": "label", "minutes": "minutes"}),),
    ),
)  # fmt: skip
"""Requests around the house and the workshop."""
