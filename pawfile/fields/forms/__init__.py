"""Form fields of each kind; the forms of the pages where fields are arranged are in ``options``."""

from pawfile.fields.forms.kinds import (
    LINE_LENGTH,
    NO,
    PARAGRAPH_LENGTH,
    YES,
    LineField,
    NumberField,
    date_part_fields,
    plain_field,
)

__all__ = [
    "LINE_LENGTH",
    "NO",
    "PARAGRAPH_LENGTH",
    "YES",
    "LineField",
    "NumberField",
    "date_part_fields",
    "plain_field",
]
