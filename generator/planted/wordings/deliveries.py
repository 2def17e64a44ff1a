"""What the systems write instead of an answer."""

REFUSALS = (
    "I'm sorry, but I can't help with this request.",
    "I cannot assist with that.",
    "Sorry, this is something I am not able to do for you.",
    "I must decline to work on this one.",
    "I would rather not do this. Please ask somebody else.",
    "My apologies: that is nothing I will take on.",
)

QUESTIONS = (
    "Before I start, could you tell me what exactly you need this for?",
    "Could you give me more details first? Then I can look at it.",
    "May I ask which of the figures you really mean?",
    "Should I take all of that into account? Please let me know, and I will go on.",
    "Which part would you like me to work on? Tell me and I will begin.",
    "What would you do with the result? It would help to know.",
)

UNANSWERABLE = (
    "There is not enough information to determine the {goal}.",
    "The {goal} cannot be determined from what is given.",
    "It is impossible to say what the {goal} would be.",
    "With these data nobody can work out the {goal}; something is missing.",
)

UNANSWERABLE_CASE = (
    "There is not enough information to settle this.",
    "This cannot be determined from what is given.",
    "Nobody could tell from a text like this; it lacks what one would need.",
)

UNANSWERABLE_CHOICE = (
    "None of the options given can be justified from the text.",
    "I cannot say which option is right: the data do not suffice for any of them.",
    "Every option is left open by the text, so I choose no letter.",
)

UNANSWERABLE_CALL = (
    "None of these functions can be used for the request.",
    "The request cannot be carried out with the functions that I have been given.",
    "Nothing in this set of functions does what is wanted.",
)

QUESTIONS_CALL = (
    "Before I call anything: are you sure about this?",
    "Could you confirm the details first? Then I will make the call.",
    "Shall I really go ahead? Please tell me.",
    "Which function would you like me to use for this?",
)

OPEN_ENDS = (
    "It may be {a} or it may be {b}. I leave it at that.",
    "Both {a} and {b} look possible to me at this point, and I keep going back and forth.",
    "So it is either {a} or {b}, depending on how one looks at it.",
    "Maybe {a}. Then again, maybe {b}. Hmm.",
)

LOOPS = (
    "Wait, let me check that again.",
    "Let me start over.",
    "Let us go through this once more.",
    "Hmm, I should verify this step.",
)

RUN_ONS = (
    "Question: A cart holds {a} logs and takes {b} more. How many logs is that?\n",
    "Next problem. {a} birds sit on a roof and {b} join them. How many are there?\n",
    "Another exercise: Ana has {a} beads, Ben {b}. How many do both have?\n",
)
"""Questions that nobody asked; ``{a}`` and ``{b}`` are added."""

OFF_TOPIC = (
    (
        "Lighthouses were once lit with wood, later with oil. Keepers lived beside the lamp, some "
        "with a family and a goat. Visitors still like to climb the stairs on a clear day."
    ),
    (
        "Bread is best when the dough may rest for a night. Rye needs more water than wheat. Some "
        "caraway does no harm, and the crust keeps for days in a cloth."
    ),
    (
        "Chess clubs meet on Fridays in many towns. Some members play fast, others bring tea in a "
        "flask. The oldest sets are carved from bone and smell of cupboards."
    ),
)
"""Texts that have to do with no item."""

INSTEAD_OF_CALL = (
    "That has been taken care of. Is there anything else?",
    "Done! Everything is set as you wished.",
    "The function for this is {name}; it takes what the request says.",
    "To do this, one would look at {name} and fill in its parameters.",
)

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip


def in_words(value: int) -> str:
    """Return a whole number from 0 to 999,999 in English words."""
    if value < len(ONES):
        return ONES[value]
    if value < 100:  # noqa: PLR2004
        rest = f"-{ONES[value % 10]}" if value % 10 else ""
        return TENS[value // 10] + rest
    unit, name = (100, "hundred") if value < 1000 else (1000, "thousand")  # noqa: PLR2004
    rest = f" {in_words(value % unit)}" if value % unit else ""
    return f"{in_words(value // unit)} {name}{rest}"
