"""The answer of a language model: the form it must have, and the checks it must pass."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from generator.judging.fence import one_line
from generator.judging.quotes import Quotable
from generator.judging.reading import Answer, Refusal, RefusedError, read_answer
from generator.judging.settle import MOST_SECONDARY
from generator.judging.speech import Speech, speech_of
from generator.records.failure import Failure
from generator.records.taxonomy import Category, Taxonomy
from generator.records.verdict import Criterion, Evidence, JudgeId, Verdict

SHORTEST_QUOTE = 8
"""Characters; a shorter quote fits almost anything. Shorter outputs may be quoted whole."""
MOST_CRITERIA = 12
MOST_QUOTES = 5
LONGEST_QUOTE = 400
"""Characters of a span that are kept: enough to show the error."""
LONGEST_TITLE = 120
LONGEST_TEXT = 1_000
_VALUE_SHOWN = 80
_STATUSES = ("verdict", "undetermined")


def schema(taxonomy: Taxonomy) -> dict[str, Any]:
    """Return the JSON schema of an answer, within what strict structured output allows.

    Every field is required and no other is allowed; limits on numbers and lengths are left to
    :func:`verdict_of`, since many endpoints refuse them in a schema.
    """
    text, number = {"type": "string"}, {"type": "number"}
    optional_text = {"type": ["string", "null"]}
    subtypes = _distinct(name for kind in taxonomy.attributions for name in kind.subtypes)
    categories = [category.id for category in taxonomy.categories]
    parts = _distinct(
        part.id for category in taxonomy.categories for part in category.subcategories
    )
    need = strict_object(
        {
            "criterion": text,
            "present": {"type": "boolean"},
            "quality": {"type": ["number", "null"]},
            "evidence": optional_text,
            "comment": optional_text,
        }
    )
    return strict_object(
        {
            "criteria": {"type": "array", "items": need},
            "attribution": {"type": "string", "enum": [kind.id for kind in taxonomy.attributions]},
            "attribution_subtype": {"type": ["string", "null"], "enum": [*subtypes, None]},
            "status": {"type": "string", "enum": [*_STATUSES]},
            "category": {"type": ["string", "null"], "enum": [*categories, None]},
            "subcategory": {"type": ["string", "null"], "enum": [*parts, None]},
            "secondary": {"type": "array", "items": {"type": "string", "enum": categories}},
            "title": text,
            "summary": text,
            "evidence": {"type": "array", "items": strict_object({"quote": text})},
            "confidence": number,
        }
    )


def verdict_of(
    reply_text: str, failure: Failure, judge: JudgeId, taxonomy: Taxonomy, *, display_full: bool
) -> Verdict | Refusal:
    """Return the verdict that an answer holds, or why it is refused.

    Args:
        reply_text: What the language model put out.
        failure: The failure that was judged.
        judge: Identity of the judge.
        taxonomy: The codebook; nothing outside it gets in.
        display_full: Whether texts may be kept. Otherwise offsets alone are, and the title is the
            name of the category: a judge's own words may repeat the item.
    """
    try:
        answer = read_answer(reply_text)
        fault = _fault(answer, taxonomy)
        speech = speech_of(failure)
        evidence = _evidence(answer, failure.output, speech, display_full=display_full)
    except RefusedError as error:
        return error.refusal
    return Verdict(
        key=failure.key,
        item_id=failure.item_id,
        judge=judge,
        status="verdict" if fault else "undetermined",
        **fault,
        secondary=_secondary(answer, fault),
        title=one_line(answer.title, LONGEST_TITLE) if display_full else _name(fault, taxonomy),
        summary=one_line(answer.summary, LONGEST_TEXT) if display_full else None,
        criteria=_criteria(answer, failure.output, speech) if display_full else (),
        evidence=evidence,
        confidence=answer.confidence,
    )


def strict_object(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an object that has these properties and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [*properties],
        "additionalProperties": False,
    }


def _distinct(names: Iterable[str]) -> list[str]:
    return [*dict.fromkeys(names)]


def _fault(answer: Answer, taxonomy: Taxonomy) -> dict[str, Any]:
    """Return attribution and category, empty where undetermined.

    Raises:
        RefusedError: Something is not in the taxonomy, or two fields contradict each other.
    """
    categories = {category.id: category for category in taxonomy.categories}
    subtypes = {str(kind.id): kind.subtypes for kind in taxonomy.attributions}
    _on_menu("attribution", answer.attribution, subtypes)
    _on_menu("status", answer.status, _STATUSES)
    for name in (answer.category, *answer.secondary):
        _on_menu("category", name, categories)
    category, by_model = answer.category, answer.attribution == "model"
    if answer.status == "undetermined":
        if category is None and by_model:
            return {}
        problem = 'with status "undetermined" category is null and attribution is "model".'
        raise RefusedError("status and category contradict each other", problem)
    if by_model and category is None:
        problem = 'a verdict on the model needs a category; or set status to "undetermined".'
        raise RefusedError("no category is given", problem)
    if by_model:
        parts = [part.id for part in categories[str(category)].subcategories]
        _on_menu("subcategory", answer.subcategory, parts)
        return {"attribution": "model", "category": category, "subcategory": answer.subcategory}
    if category is not None:
        problem = f'with attribution "{answer.attribution}" no category is given: choose one.'
        raise RefusedError("attribution and category contradict each other", problem)
    subtype = answer.attribution_subtype
    _on_menu("attribution_subtype", subtype, subtypes[answer.attribution])
    return {"attribution": answer.attribution, "attribution_subtype": subtype}


def _on_menu(field: str, value: str | None, menu: Collection[str]) -> None:
    """Refuse a value that is not on offer; none is for the caller to judge."""
    if value is not None and value not in menu:
        said = json.dumps(value[:_VALUE_SHOWN])
        problem = f"{said} is no {field} that fits here. On offer: {', '.join(menu)}."
        raise RefusedError(f"the {field} is not in the taxonomy", problem)


def _evidence(
    answer: Answer, output: str, speech: Speech, *, display_full: bool
) -> tuple[Evidence, ...]:
    """Return the spans of all quotes in the order of the output.

    Raises:
        RefusedError: One is not the model's own or too short, or there is none.
    """
    quotable = Quotable(output, speech.passages)
    places = set()
    for entry in answer.evidence:
        said = json.dumps(entry.quote[:_VALUE_SHOWN])
        place = quotable.find(entry.quote)
        if place is None:
            problem = f"{said} does not stand in the output. Copy quotes from it word for word."
            raise RefusedError("a quote does not stand in the output", problem)
        if quotable.length(place) < SHORTEST_QUOTE <= quotable.length():
            problem = f"the quote {said} is shorter than {SHORTEST_QUOTE} characters."
            raise RefusedError("a quote is too short", problem)
        places.add(place)
    if not places and speech.text.strip() and answer.status == "verdict":
        problem = "no quote is given. Copy one to three quotes from the output as evidence."
        raise RefusedError("no quote is given", problem)
    spans = []
    for start, end in sorted(places)[:MOST_QUOTES]:
        stop = min(end, start + LONGEST_QUOTE)
        spans.append(
            Evidence(quote=output[start:stop] if display_full else None, start=start, end=stop)
        )
    return tuple(spans)


def _criteria(answer: Answer, output: str, speech: Speech) -> tuple[Criterion, ...]:
    """Return the criteria; evidence for them that the model did not write is left out."""
    quotable = Quotable(output, speech.passages)
    criteria = []
    for need in answer.criteria[:MOST_CRITERIA]:
        place = quotable.find(need.evidence or "")
        criteria.append(
            Criterion(
                criterion=one_line(need.criterion, LONGEST_TEXT) or "-",
                present=need.present,
                quality=need.quality,
                evidence=one_line(output[place.start : place.end], LONGEST_TEXT) if place else None,
                comment=one_line(need.comment, LONGEST_TEXT),
            )
        )
    return tuple(criteria)


def _secondary(answer: Answer, fault: Mapping[str, Any]) -> tuple[str, ...]:
    if fault.get("attribution") != "model":
        return ()
    others = dict.fromkeys(name for name in answer.secondary if name != fault["category"])
    return tuple(others)[:MOST_SECONDARY]


def _name(fault: Mapping[str, Any], taxonomy: Taxonomy) -> str | None:
    """Return the error in the words of the codebook."""
    for category in taxonomy.categories:
        if category.id == fault.get("category"):
            return _category_name(category, fault["subcategory"])
    kinds = {kind.id: kind.name for kind in taxonomy.attributions}
    return kinds[fault["attribution"]] if fault else None


def _category_name(category: Category, subcategory: str | None) -> str:
    for part in category.subcategories:
        if part.id == subcategory:
            return f"{category.name}: {part.name}"
    return category.name
