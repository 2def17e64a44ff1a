"""What building costs, as it was measured last."""

from pydantic import ValidationError

from generator.errors import ContentError, Problem
from generator.records.speed import Speed
from generator.store.layout import Layout
from generator.store.problems import visible


def read_speed(layout: Layout) -> Speed | None:
    """Return what was measured; None where this Atlas keeps no measurement.

    Raises:
        ContentError: The file is not what ``make bench ARGS=--store`` writes.
    """
    path = layout.speed
    if not path.is_file():
        return None
    try:
        return Speed.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"])) or "-"
        mend = "write it again with make bench ARGS=--store, or remove it"
        shown = visible(str(first["input"]))
        problem = Problem(layout.name(path), 0, field, shown, first["msg"], mend)
        raise ContentError([problem]) from error
