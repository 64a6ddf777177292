"""Codes in the free texts of a file: told by row and column, never with the text."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from pawfile.access.texts import text_fields
from pawfile.fields.catalogue import Built
from pawfile.imports.drafts import Texts, Values
from pawfile.imports.issue_list import Issues
from pawfile.imports.issues import Kind
from pawfile.imports.layout import Layout
from pawfile.imports.new_fields import is_new
from pawfile.imports.plan import ClientPlan
from pawfile.imports.rows import Row
from pawfile.lib.codes import find_codes


class CodeWatch:
    """Looks at what is written of each household; ``fields`` are the company's catalogues."""

    def __init__(self, layouts: Sequence[Layout], issues: Issues, fields: Built) -> None:
        self.layouts, self.issues = layouts, issues
        self.keys = {
            subject: [field.key for field in text_fields(each)] for subject, each in fields.items()
        }

    def look_at(self, plan: ClientPlan) -> None:
        self.look_at_values("client", plan.values, plan.draft.household.rows)
        self.look_at_extras(plan.extras, plan.draft.household.rows)
        for pet in plan.pets:
            self.look_at_values("pet", pet.values, pet.draft.rows)
            self.look_at_extras(pet.extras, pet.draft.rows)

    def look_at_values(self, subject: str, values: Values, rows: list[Row]) -> None:
        new = [key for key in values if is_new(f"{subject}.{key}")]
        for key in (*self.keys[subject], *new):
            text = values.get(key)
            if not isinstance(text, str) or not find_codes(text):
                continue
            for row in rows:
                heading = self.heading_in(row, f"{subject}.{key}")
                if heading:
                    self.say(row, heading)
                    break

    def look_at_extras(self, extras: Texts, rows: list[Row]) -> None:
        """Codes in columns that fill nothing: they can be given a field, or be left out."""
        for heading, text in extras.items():
            if not any(map(str.isdigit, text)) or not find_codes(text):
                continue
            of_it = [row for row in rows if heading in self.layouts[row.sheet].headings]
            if of_it:
                self.say(of_it[0], heading)

    def heading_in(self, row: Row, target: str) -> str:
        """The heading of the column that fills this in the row with what looks like a code."""
        sources = self.layouts[row.sheet].sources.get(target, [])
        filled = [source for source in sources if source.text_of(row.cells).strip()]
        suspect = [source for source in filled if find_codes(source.text_of(row.cells))]
        return next((source.heading for source in (*suspect, *filled)), "")

    def say(self, row: Row, heading: str) -> None:
        self.issues.add(
            Kind.CODE_IN_TEXT,
            _("Looks like a code that everybody who sees the field can read."),
            row=row.number,
            column=heading,
            table=self.layouts[row.sheet].title,
        )
