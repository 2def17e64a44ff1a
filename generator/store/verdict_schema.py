"""The columns of a file of verdicts."""

import pyarrow as pa

NAME = pa.dictionary(pa.int16(), pa.string())
SCHEMA = pa.schema(
    [
        pa.field("key", pa.binary(32), nullable=False),
        pa.field("item_id", pa.string(), nullable=False),
        pa.field("judge", NAME, nullable=False),
        pa.field("judge_version", NAME, nullable=False),
        pa.field("prompt_hash", NAME, nullable=False),
        pa.field("taxonomy", NAME, nullable=False),
        pa.field("status", NAME, nullable=False),
        pa.field("attribution", NAME),
        pa.field("attribution_subtype", NAME),
        pa.field("category", NAME),
        pa.field("subcategory", NAME),
        pa.field("secondary", pa.list_(pa.string())),
        pa.field("rule", NAME),
        pa.field("title", pa.string()),
        pa.field("summary", pa.string()),
        pa.field(
            "criteria",
            pa.list_(
                pa.struct(
                    [
                        ("criterion", pa.string()),
                        ("present", pa.bool_()),
                        ("quality", pa.float64()),
                        ("evidence", pa.string()),
                        ("comment", pa.string()),
                    ]
                )
            ),
        ),
        pa.field(
            "evidence",
            pa.list_(
                pa.struct([("quote", pa.string()), ("start", pa.int32()), ("end", pa.int32())])
            ),
        ),
        pa.field("confidence", pa.float64()),
        pa.field("tokens", pa.int32()),
    ]
)
"""One row per verdict, ordered by item and judge; see ``generator.records.verdict``."""


def plain(kind: pa.DataType) -> pa.DataType:
    """Return a type as it is read: dictionaries are a matter of the file."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


PLAIN = pa.schema([field.with_type(plain(field.type)) for field in SCHEMA])
"""The schema of rows in memory."""
