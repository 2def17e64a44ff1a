"""Tables to download hold every number as it is written, however often it stands there."""

import math

import pandas as pd

from generator.pages.downloads import table_file


def test_equal_numbers_are_written_alike_and_zero_keeps_its_sign() -> None:
    numbers = [0.0, -0.0, math.nan, 1 / 3, 0.0, 1e-12, -0.0]
    made = table_file("x.csv", "", pd.DataFrame({"name": list("abcdefg"), "share": numbers}))
    assert made.data.decode().splitlines() == [
        "name,share",
        "a,0",
        "b,-0",
        "c,",
        "d,0.333333",
        "e,0",
        "f,1e-12",
        "g,-0",
    ]
