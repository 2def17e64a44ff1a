"""Correct outputs of other models, to be shown beside a failed one."""

from generator.judging.chance import draw

PEERS = 2
"""Correct outputs shown."""
INFORMATIVE = 60
"""Characters from which an output is taken to show more than its answer."""
LONGEST = 4_000
"""Characters beyond which an output is shown only for want of shorter ones."""


def rank(seed: int, output: str, model: str, item_id: str) -> int:
    """Return the place of a correct output among those of its item; the lowest are shown.

    Those that show their work within reason come first, the shorter before the longer where they
    differ by half or more; between the others chance decides.

    Args:
        seed: Seed of the Atlas.
        output: The output.
        model: Model that it is from.
        item_id: Item.
    """
    length = len(output.strip())
    told = INFORMATIVE <= length <= LONGEST
    size = min(length.bit_length(), 31)
    return (int(not told) << 62) | (size << 57) | (draw(seed, "peer", model, item_id) >> 7)


def useful(output: str) -> bool:
    """Tell whether a correct output can be shown at all."""
    return bool(output.strip())
