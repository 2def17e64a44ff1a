"""Made-up measurements: no figure in here was measured."""

from collections.abc import Sequence

from generator.records.speed import Beside, Cost, Row, Target


def row(
    stage: str = "import",
    scale: str = "1x",
    ratio: float = 10.0,
    *,
    seconds: float = 20.0,
    name: str = "orjson",
    missing: Sequence[str] = (),
) -> Row:
    """Return a made-up row, held against one thing."""
    return Row(
        stage=stage,
        scale=scale,
        what="something made up",
        cost=Cost(processor_s=seconds, elapsed_s=seconds, peak_mib=100.0),
        counts={"failures": 1_000},
        beside=(
            Beside(
                name=name, what="a plain way, made up", processor_s=seconds / ratio, ratio=ratio
            ),
        ),
        targets=(Target(what="times orjson's processor time", value=ratio, limit=12.0),),
        missing=tuple(missing),
    )
