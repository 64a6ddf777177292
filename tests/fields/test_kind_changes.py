"""A field's kind changes: tried first, in the old one's place, and no answer is lost."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pawfile.accounts.models import Role, User
from pawfile.fields import actions
from pawfile.fields.catalogue import catalogue
from pawfile.fields.edits import last_edit, undo_last
from pawfile.fields.kinds import change_kind, preview_kind
from pawfile.fields.registry import Access, Condition, Kind
from pawfile.profiles.models import Client
from pawfile.resources.models import Vet
from tests.factories import make_client, make_user
from tests.fields.own_fields import add, choices, order, stored_choices

#: Old kind, answers in it, new kind → what they read as then; ``None`` where they do not convert.
CASES: list[tuple[Kind, list[Any], Kind, list[str | None]]] = [
    (Kind.TEXT, ["12.50", "about 3", "-7"], Kind.NUMBER, ["12.50", None, "-7"]),
    (Kind.TEXT, ["yes", "NO", "perhaps"], Kind.YES_NO, ["Yes", "No", None]),
    (Kind.TEXT, ["2026-04-12", "soon"], Kind.DATE, ["12 Apr 2026", None]),
    (Kind.TEXT, ["a@example.com", "me"], Kind.EMAIL, ["a@example.com", None]),
    (Kind.TEXT, ["a@example.com; b@example.com"], Kind.EMAILS, ["a@example.com, b@example.com"]),
    (Kind.TEXT, ["red", "Red", "blue"], Kind.CHOICE, ["red", "red", "blue"]),
    (Kind.LONG_TEXT, ["bowl, leash\nball"], Kind.CHOICES, ["ball, bowl, leash"]),
    (Kind.LONG_TEXT, ["one line", "two\nlines"], Kind.TEXT, ["one line", None]),
    (Kind.YES_NO, [True, False], Kind.TEXT, ["Yes", "No"]),
    (Kind.YES_NO, [True, False], Kind.CHOICE, ["Yes", "No"]),
    (Kind.EMAIL, ["a@example.com"], Kind.PHONE, ["a@example.com"]),
    (Kind.TEXT, ["4711#"], Kind.SECRET, [""]),
]


@pytest.mark.parametrize(("old", "given", "new", "read"), CASES)
def test_answers_convert_or_stay_where_they_were(
    ada: User, old: Kind, given: list[Any], new: Kind, read: list[str | None]
) -> None:
    key = add(ada, "Question", old, sitter=Access.HIDE, help="Please.", section="vet")
    homes = [make_client(**{key: answer}) for answer in given]
    texts = [home.field_text(key) for home in homes]
    tried = preview_kind("client", key, new)
    assert (tried.total, tried.converted) == (len(given), sum(text is not None for text in read))
    assert [text for _home, text in tried.lost] == [
        text for text, after in zip(texts, read, strict=True) if after is None
    ]
    field = change_kind(subject="client", key=key, kind=new, by=ada)
    fields_of = catalogue("client")
    after = [Client.objects.get(pk=home.pk) for home in homes]
    assert [home.field_text(fields_of[field.key]) for home in after] == [t or "" for t in read]
    assert [home.field_text(fields_of[key]) for home in after] == texts
    assert [home.version for home in after] == [1] * len(given)
    made = fields_of.fields[field.key]
    assert (str(made.label), str(made.help), made.sitter) == ("Question", "Please.", Access.HIDE)
    assert (order("vet"), key in fields_of.archived) == (["vet", field.key], True)


def test_names_of_other_rows_become_text(ada: User) -> None:
    vet_key = add(ada, "Second vet", Kind.VET)
    sitter_key = add(ada, "Favourite", Kind.SITTER)
    vet, sitter = Vet.objects.create(name="Dr. V"), make_user(Role.SITTER, "Sue Sitter")
    home = make_client(**{vet_key: vet, sitter_key: sitter})
    keys = [
        change_kind(subject="client", key=key, kind=Kind.TEXT, by=ada).key
        for key in (vet_key, sitter_key)
    ]
    home = Client.objects.get(pk=home.pk)
    assert [home.field_text(key) for key in keys] == ["Dr. V", "Sue Sitter"]


def test_choices_stay_the_same_between_one_and_several(ada: User) -> None:
    key = add(ada, "Toys", Kind.CHOICE, choices=choices("Ball", "Rope"))
    ball = stored_choices(key)[0]["value"]
    home = make_client(**{key: ball})
    new = change_kind(subject="client", key=key, kind=Kind.CHOICES, by=ada)
    assert [each["label"] for each in new.choices] == ["Ball", "Rope"]
    assert Client.objects.get(pk=home.pk).field_text(new.key) == "Ball"


def test_a_change_of_kind_is_undone_with_all_its_answers(ada: User) -> None:
    key = add(ada, "Bowls")
    home = make_client(**{key: "two"})
    new = change_kind(subject="client", key=key, kind=Kind.NUMBER, by=ada)
    done = last_edit("client")
    assert done
    undo_last(subject="client", edit=done.pk, by=ada)
    assert (key in catalogue("client").fields, new.key in catalogue("client").archived) == (
        True,
        True,
    )
    assert Client.objects.get(pk=home.pk).field_text(key) == "two"


def test_kinds_that_cannot_be_had_are_refused(ada: User) -> None:
    text, code = add(ada, "Text"), add(ada, "Code", Kind.SECRET)
    leading = add(ada, "Leading", Kind.YES_NO)
    values = {"condition": Condition(leading, value=True)}
    actions.change_field(subject="client", key=text, values=values, by=ada)
    tried = [
        (text, Kind.TEXT),
        (text, Kind.VET),
        (text, "poem"),
        (code, Kind.TEXT),
        (leading, Kind.TEXT),
    ]
    for key, kind in tried:
        for do in (preview_kind, lambda *args: change_kind(**named(args), by=ada)):
            with pytest.raises(ValidationError) as caught:
                do("client", key, kind)
            assert list(caught.value.message_dict) == ["kind"]
    with pytest.raises(ValidationError):
        change_kind(subject="client", key="street", kind=Kind.NUMBER, by=ada)


def named(args: tuple[str, ...]) -> Any:
    return dict(zip(("subject", "key", "kind"), args, strict=True))
