"""Form fields of each kind; the forms of the pages where fields are arranged are in ``options``."""

from pawfile.fields.forms.kinds import (
    DATE_PARTS,
    LINE_LENGTH,
    NO,
    PARAGRAPH_LENGTH,
    SIMPLE,
    YES,
    LineField,
    NumberField,
    date_part_fields,
    plain_field,
    refused,
    simple_field,
)

__all__ = [
    "DATE_PARTS",
    "LINE_LENGTH",
    "NO",
    "PARAGRAPH_LENGTH",
    "SIMPLE",
    "YES",
    "LineField",
    "NumberField",
    "date_part_fields",
    "plain_field",
    "refused",
    "simple_field",
]
