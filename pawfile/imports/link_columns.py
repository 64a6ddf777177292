"""Columns whose cells name rows of other tables: vets, sitters, territories, tags."""

from typing import Any

from django.utils.translation import gettext as _

from pawfile.imports.columns import Column, LineColumn, Say
from pawfile.imports.issues import Kind
from pawfile.imports.understand import is_nothing
from pawfile.lib.emails import split_emails
from pawfile.profiles.models.profile import Profile


class LinkColumn(LineColumn):
    """The row that a name means."""

    def matches(self, record: Profile, value: Any) -> bool:
        return value.pk is not None and record.field_value(self.field or self.key) == value.pk


class VetColumn(LinkColumn):
    """The name of a vet. ``VetPartColumn`` has the phone and address; together they are the vet."""

    def clean(self, text: str, say: Say) -> str | None:
        return None if is_nothing(text) else super().clean(text, say)

    def to_store(self, record: Profile | None, value: Any) -> Any:
        return value.saved()


class VetPartColumn(LineColumn):
    """A vet's phone or address in a column of its own."""

    def clean(self, text: str, say: Say) -> str | None:
        return None if is_nothing(text) else super().clean(text, say)


class SitterColumn(LinkColumn):
    def clean(self, text: str, say: Say) -> Any:
        if is_nothing(text):
            return None
        user = self.around.sitters.named(text)
        if user is None:
            say(Kind.NO_SUCH_SITTER, _("Add this sitter under Users and import again."), once=True)
        return user


class TerritoryColumn(LinkColumn):
    def clean(self, text: str, say: Say) -> Any:
        if is_nothing(text):
            return None
        territory = self.around.territories.named(text)
        if territory is None:
            say(Kind.NO_SUCH_TERRITORY, _("Add this territory and import again."), once=True)
        return territory


class ManyColumn(Column):
    """Several rows of another table. The file adds to them and takes none away."""

    def matches(self, record: Profile, value: list[Any]) -> bool:
        return not self.missing(record, value)

    def to_store(self, record: Profile | None, value: list[Any]) -> list[Any]:
        if record is None:
            return value
        return [*getattr(record, self.key).all(), *self.missing(record, value)]

    def missing(self, record: Profile, value: list[Any]) -> list[Any]:
        stored = list(getattr(record, self.key).all())
        names = [str(row) for row in stored]
        return [item for item in value if item not in (names if isinstance(item, str) else stored)]


class TagsColumn(ManyColumn):
    def clean(self, text: str, say: Say) -> list[str] | None:
        names = [super(TagsColumn, self).clean(part, say) for part in split_emails(text)]
        spelled = [
            self.around.tags.spelled(name) for name in names if name and not is_nothing(name)
        ]
        return list(dict.fromkeys(spelled)) or None


class SittersColumn(ManyColumn):
    def clean(self, text: str, say: Say) -> list[Any] | None:
        found = []
        for name in split_emails(text):
            if is_nothing(name):
                continue
            user = self.around.sitters.named(name)
            if user is None:
                say(
                    Kind.NO_SUCH_SITTER,
                    _("Add “%s” under Users and import again.") % name,
                    once=True,
                )
            elif user not in found:
                found.append(user)
        return found or None
