"""Things to be put into classes, what is true of them, and what is falsely believed."""

from typing import Literal, NamedTuple


class Belief(NamedTuple):
    """A false statement that leads to a wrong class."""

    statement: str
    leads_to: str
    kind: Literal["wrong-fact", "wrong-definition"]


class Case(NamedTuple):
    """A thing with its class."""

    thing: str
    label: str
    truth: str
    """What shows the class."""
    law: str
    """Why that shows it."""
    aside: str
    """Something true that shows no class."""
    beliefs: tuple[Belief, ...] = ()
    premise: tuple[str, str] = ("", "")
    """Something that nobody has said about the thing, and the class that it would show."""


class Field(NamedTuple):
    """A set of classes with things that belong to them; every third thing is held out."""

    id: str
    classes: tuple[str, ...]
    cases: tuple[Case, ...]
    wordings: tuple[str, ...]
    """Texts; the third is held out."""


def _fact(statement: str, leads_to: str) -> Belief:
    return Belief(statement, leads_to, "wrong-fact")


def _definition(statement: str, leads_to: str) -> Belief:
    return Belief(statement, leads_to, "wrong-definition")


FIELDS: tuple[Field, ...] = (
    Field(
        "animals",
        ("amphibian", "arachnid", "bird", "fish", "insect", "mammal", "reptile"),
        (
            Case("bat", "mammal", "A bat feeds its young with milk.",
                 "An animal that feeds its young with milk is a mammal.",
                 "A bat is out at night.",
                 (_definition("Every animal that can fly is a bird.", "bird"),)),
            Case("penguin", "bird", "A penguin has feathers.", "Only birds have feathers.",
                 "A penguin spends much time in cold water.",
                 (_fact("A penguin breathes through gills.", "fish"),)),
            Case("dolphin", "mammal", "A dolphin suckles its calf.",
                 "Suckling the young is what marks mammals.", "A dolphin can be found at sea.",
                 (_definition("Every animal that lives in the sea is a fish.", "fish"),)),
            Case("spider", "arachnid", "A spider has eight legs.",
                 "Land animals with eight legs and no feelers are arachnids.",
                 "A spider may sit in a corner for days.",
                 (_fact("A spider has six legs, like all insects.", "insect"),)),
            Case("frog", "amphibian", "A frog starts as a tadpole in water.",
                 "Animals that go from water to land in this way are amphibians.",
                 "A frog can be heard in the evening.",
                 (_fact("A frog has a dry skin with scales.", "reptile"),)),
            Case("scorpion", "arachnid", "A scorpion walks on eight legs.",
                 "Eight legs and no feelers mark an arachnid.", "A scorpion hides under stones.",
                 (_fact("A scorpion walks on three pairs of legs.", "insect"),)),
            Case("tortoise", "reptile", "A tortoise has scales and breathes with lungs all its "
                 "life.", "Scales and lungs from birth mark a reptile.",
                 "A tortoise may grow very old.",
                 (_definition("An animal that lays eggs is a bird by definition.", "bird"),)),
            Case("salamander", "amphibian", "A salamander has gills when young and a moist skin.",
                 "Gills at first and a moist skin mark an amphibian.",
                 "A salamander can have yellow spots.",
                 (_definition("An animal with four legs and a tail is always a reptile.",
                              "reptile"),)),
            Case("shark", "fish", "A shark breathes through gills all its life and has fins.",
                 "Gills for life together with fins make a fish.",
                 "A shark has several rows of teeth.",
                 (_fact("A shark suckles its young.", "mammal"),)),
        ),
        (
            "To which class of animals does the {thing} belong? Choose one: {classes}.",
            "Say for the {thing} which of these classes is right: {classes}.",
            "Zoologists put the {thing} into one of these: {classes}. Name it.",
        ),
    ),
    Field(
        "instruments",
        ("percussion", "string", "wind"),
        (
            Case("flute", "wind", "In a flute a column of air sounds.",
                 "Where air is the thing that sounds, it is a wind instrument.",
                 "A flute fits into a small case.",
                 (_fact("A flute sounds because a string in it is plucked.", "string"),)),
            Case("harp", "string", "In a harp strings are plucked.",
                 "Whatever sounds by its strings is a string instrument.",
                 "A harp is taller than a child.",
                 (_fact("A harp sounds because air is blown through its frame.", "wind"),)),
            Case("xylophone", "percussion", "The bars of a xylophone are struck.",
                 "Being struck on solid bars makes percussion.", "A xylophone rests on legs.",
                 (_definition("Every instrument with several notes has strings, so it counts as "
                              "string.", "string"),)),
            Case("saxophone", "wind", "A reed moves the air in a saxophone.",
                 "Reed and air column make a wind instrument.", "A saxophone shines.",
                 (_definition("Whatever is made of brass is percussion by definition.",
                              "percussion"),)),
            Case("cello", "string", "A bow is drawn over the strings of a cello.",
                 "Bowed strings make it a string instrument.", "A cello is played sitting down.",
                 (_fact("A cello is played by striking its body with sticks.", "percussion"),)),
            Case("timpani", "percussion", "The skin of timpani is beaten.",
                 "A beaten skin means percussion.", "Timpani stand at the back of the stage.",
                 (_fact("Timpani sound when a player blows into them.", "wind"),)),
        ),
        (
            "Which family of instruments is the {thing} in: {classes}?",
            "The {thing} belongs to one of these families: {classes}. Which one?",
            "Sort the {thing} under the right heading ({classes}).",
        ),
    ),
    Field(
        "messages",
        ("complaint", "order", "praise", "question"),
        (
            Case('"The lamp came with a crack in its foot."', "complaint",
                 "The writer reports damage.", "A message that something is wrong is a complaint.",
                 "The message is about a lamp.",
                 premise=("The writer bought a second lamp the day before.", "order")),
            Case('"Please send four blue chairs to my office."', "order",
                 "The writer wants four chairs to be sent.",
                 "A wish to be sent something is an order.", "The message mentions an office.",
                 premise=("The chairs of last year broke, as the writer has told us.",
                          "complaint")),
            Case('"Does the desk fit through a narrow door?"', "question",
                 "The writer wants to know something.", "Wanting to know makes it a question.",
                 "The message has to do with a desk.",
                 premise=("The desk has been paid for by the writer in advance.", "order")),
            Case('"Your driver was so kind, many thanks!"', "praise",
                 "The writer is thankful.", "Thanks and kind words are praise.",
                 "The message names a driver.",
                 premise=("The driver came a week late, the writer says.", "complaint")),
            Case('"Half of the screws were missing from the box."', "complaint",
                 "The writer misses screws.", "Missing parts are a reason for a complaint.",
                 "The message is short.",
                 premise=("The writer encloses money for new screws.", "order")),
            Case('"When do you open on Mondays?"', "question",
                 "The writer asks for opening hours.", "Asking for hours is a question.",
                 "The message is about Mondays.",
                 premise=("The writer stood before a locked door last Monday.", "complaint")),
        ),
        (
            ("Labels: {classes}. A complaint says that something is wrong, an order that something "
            "is to be sent, praise that somebody is content, a question that somebody wants to "
            "know something. Which label fits this message? {thing}"),
            ("A shop sorts its mail into {classes}: what is wrong, what is to be sent, what people "
            "are content with or what they want to know, as the names say. Where does this one "
            "go? {thing}"),
            ("{thing} So runs a message to a shop. Trays for messages: {classes}. Something wrong "
            "is a complaint, something to be sent an order, something liked praise, something to "
            "be known a question. Name the tray."),
        ),
    ),
    Field(
        "figures",
        ("hexagon", "pentagon", "quadrilateral", "triangle"),
        (
            Case("rhombus", "quadrilateral", "A rhombus has four sides.",
                 "Four sides make a quadrilateral.", "A rhombus is seen on playing cards.",
                 (_fact("A rhombus has six sides.", "hexagon"),)),
            Case("trapezium", "quadrilateral", "A trapezium is closed by four straight lines.",
                 "Four straight lines around it make a quadrilateral.",
                 "A trapezium can have parallel lines in it.",
                 (_fact("A trapezium is closed by five lines.", "pentagon"),)),
            Case("cell of a honeycomb", "hexagon", "A cell of a honeycomb has six corners.",
                 "Six corners make a hexagon.", "Bees build honeycombs.",
                 (_definition("A pentagon is a figure with six corners.", "pentagon"),)),
            Case("half of a square, cut along the diagonal", "triangle",
                 "The half has three corners.", "Three corners make a triangle.",
                 "The cut runs from corner to corner.",
                 (_definition("A quadrilateral is any figure that comes from a square.",
                              "quadrilateral"),)),
            Case("parallelogram", "quadrilateral", "A parallelogram has two pairs of sides.",
                 "Two pairs are four sides, which is a quadrilateral.",
                 "A parallelogram may lean to the right.",
                 (_definition("A figure with two pairs of sides is called a hexagon.",
                              "hexagon"),)),
            Case("kite as in geometry", "quadrilateral", "Two long and two short sides bound it.",
                 "That makes four sides, so a quadrilateral.", "It is named after a toy.",
                 (_definition("Figures named after things are triangles by definition.",
                              "triangle"),)),
        ),
        (
            "What is the {thing}: {classes}?",
            "One of these words is right for the {thing}: {classes}. Which?",
            "Pick out of {classes} the word for the {thing}.",
        ),
    ),
)  # fmt: skip

CONCLUSIONS = (
    "So it is {label}.",
    "That makes it {label}.",
    "All this speaks for {label}.",
    "Therefore {label} is right.",
    "From this it follows: {label}.",
    "Thus only {label} can be meant.",
)
CHOICES = (
    "Of the names on offer, {label} seems to fit best.",
    "Among them {label} looks like the closest one.",
    "My eye falls on {label}, which sounds suitable.",
)
"""A choice with no reason given."""
