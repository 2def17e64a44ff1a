"""Where an output begins to repeat itself without end."""

import re

EXAMINED = 3_000
"""Characters at the end of an output that are looked at for repetition."""
SHORTEST_RUN = 60
FEWEST_TURNS = 3
_DIGITS = re.compile(r"\d{1,60}")
_PIECES = re.compile(r"(?:[.!?;,]\s|\n|\\\\)")
_FEWEST_PIECES = 10
_MOST_DISTINCT = 0.34


def loop_start(text: str) -> int | None:
    """Return the offset at which the text begins to repeat itself up to its end, if it does.

    Exact repetition is found as a period of the reversed end (prefix function, linear time).
    Repetition with counting numbers or slight variation is found as a run of pieces, digits
    masked, of which at most a third are distinct.
    """
    end = len(text.rstrip())
    start = max(0, end - EXAMINED)
    tail = text[start:end]
    exact = _periodic_suffix(tail)
    if exact is not None:
        return start + exact
    repeated = _repeated_pieces(tail)
    return None if repeated is None else start + repeated


def _periodic_suffix(tail: str) -> int | None:
    """Return where the longest suffix begins that consists of at least three equal turns."""
    # A loop repeats its last words: tell the many texts without one by a plain count.
    probe = tail[-16:]
    if len(tail) < SHORTEST_RUN or tail.count(probe) < FEWEST_TURNS:
        return None
    backward = tail[::-1]
    borders = [0] * len(backward)
    best: int | None = None
    border = 0
    for index in range(1, len(backward)):
        while border and backward[index] != backward[border]:
            border = borders[border - 1]
        border += backward[index] == backward[border]
        borders[index] = border
        length = index + 1
        period = length - border
        if length >= SHORTEST_RUN and length >= FEWEST_TURNS * period:
            best = length
    return None if best is None else len(tail) - best


def _repeated_pieces(tail: str) -> int | None:
    """Return where the last pieces begin that are mostly repeats of each other."""
    pieces: list[tuple[int, str]] = []
    at = 0
    for match in _PIECES.finditer(tail):
        pieces.append((at, tail[at : match.start()]))
        at = match.end()
    masked = [(at, _DIGITS.sub("0", piece).strip().lower()) for at, piece in pieces]
    masked = [(at, piece) for at, piece in masked if piece]
    if len(masked) < _FEWEST_PIECES:
        return None
    seen: set[str] = set()
    best: int | None = None
    for count, (at, piece) in enumerate(reversed(masked), start=1):
        seen.add(piece)
        if count >= _FEWEST_PIECES and len(seen) <= _MOST_DISTINCT * count:
            best = at
    return best
