"""Codes in the free texts of a file: told by row and column, never with the text."""

from django.utils.translation import gettext as _

from pawfile.access.texts import text_fields
from pawfile.fields.catalogue import Built
from pawfile.imports.issues import Issues, Kind
from pawfile.imports.mapping import Layout
from pawfile.imports.plan import ClientPlan
from pawfile.imports.reading import Values
from pawfile.imports.rows import Row
from pawfile.lib.codes import find_codes


class CodeWatch:
    """Looks at what is written of each household; ``fields`` are the company's catalogues."""

    def __init__(self, layout: Layout, issues: Issues, fields: Built) -> None:
        self.layout, self.issues = layout, issues
        self.keys = {
            subject: [field.key for field in text_fields(each)] for subject, each in fields.items()
        }

    def look_at(self, plan: ClientPlan) -> None:
        self.look_at_values("client", plan.values, plan.draft.household.rows)
        for pet in plan.pets:
            self.look_at_values("pet", pet.values, pet.draft.rows)

    def look_at_values(self, subject: str, values: Values, rows: list[Row]) -> None:
        for key in self.keys[subject]:
            text = values.get(key)
            source = self.layout.sources.get(f"{subject}.{key}")
            if not text or source is None or not find_codes(text):
                continue
            told = (row for row in rows if source.text_of(row.cells).strip())
            self.issues.add(
                Kind.CODE_IN_TEXT,
                _("Looks like a code that everybody who sees the field can read."),
                row=next(told, rows[0]).number,
                column=source.heading,
            )
