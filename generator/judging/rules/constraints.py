"""Requirements on the answer that are not met (E07), where a program can check them."""

from collections.abc import Callable, Iterator

from generator.judging.finals import Span
from generator.judging.rule import Rule
from generator.judging.view import View

FAMILY = "constraints"
CATEGORY = "E07"


def _finds(kind: str) -> Callable[[View], Iterator[Span]]:
    def look(view: View) -> Iterator[Span]:
        if view.blank or view.long:
            return
        for unmet in view.unmet:
            if unmet.kind == kind:
                yield unmet.span
                return

    return look


def _rule(kind: str, name: str, title: str, reason: str, description: str) -> Rule:
    return Rule(
        name=name,
        family=FAMILY,
        look=_finds(kind),
        prior=0.86,
        category=CATEGORY,
        subcategory="missing-part" if kind == "parts" else "unmet-constraint",
        title=title,
        reason=reason,
        description=description + " Checked by construction; no real data measure it yet.",
    )


RULES: tuple[Rule, ...] = (
    _rule(
        "length",
        "length-unmet",
        "A stated length is not kept",
        "The task states how many words or sentences there are to be, and there are not.",
        (
            "Speaks on free text whose task bounds the number of words or sentences. Counts of "
            "words may be off by a twentieth."
        ),
    ),
    _rule(
        "words",
        "words-unmet",
        "A required word is missing or a forbidden one is there",
        "The task says which words there have to be or not to be, and the output does not comply.",
        (
            "Speaks on free text whose task requires, forbids or ends on words given in quotation "
            "marks."
        ),
    ),
    _rule(
        "parts",
        "parts-unmet",
        "Another number of parts than required",
        "The task states how many parts there are to be, and the output has another number.",
        (
            "Speaks on free text whose task bounds the number of its paragraphs, bullets, lines or "
            "sections."
        ),
    ),
    _rule(
        "form",
        "form-unmet",
        "A stated form is not kept",
        "The task asks for one case of letters, for no commas or for JSON, and gets another.",
        "Speaks on free text whose task states such a form.",
    ),
)
