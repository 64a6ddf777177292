"""The list of hundreds is the same list that Django would draw."""

import pytest
from django import forms

from pawfile.lib.long_select import LongSelect
from tests.profiles.pages import Node, _Reader

CHOICES = [("", "None"), ("Europe", [("Europe/Rome", "Rome & <b>"), ("x\"'", "y")]), (3, "Three")]


def drawn(html: str) -> list[tuple[str, dict[str, str], str]]:
    reader = _Reader()
    reader.feed(html)
    page: Node = reader.open[0]
    return [
        (node.tag, node.attrs, node.text if node.tag == "option" else "") for node in page.walk()
    ]


@pytest.mark.parametrize("value", [None, "", "Europe/Rome", "x\"'", 3, "3", "unknown"])
def test_it_draws_what_django_draws(value: object) -> None:
    ours, djangos = (
        widget(choices=CHOICES).render("zone", value, attrs={"id": "id_zone", "required": True})
        for widget in (LongSelect, forms.Select)
    )
    assert drawn(ours) == drawn(djangos)
