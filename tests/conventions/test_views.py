"""Views reach rows through their gate only: ``.objects`` is followed by ``.visible_to``."""

import ast
from pathlib import Path

import pytest

from tests.conventions.sources import at, files, nodes

#: Models of which everybody who may call the view may see every row, and why.
WITHOUT_ROW_GATE: dict[str, str] = {}

MANAGERS = {"objects", "_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}


def is_view_module(path: Path) -> bool:
    return path.stem == "views" or path.parent.name == "views"


def ungated(source: str, allowed: set[str]) -> list[tuple[int, str]]:
    """Lines of a view module that reach rows past the gate, with the expression."""
    found = []
    for node, parent in nodes(source):
        match node:
            case ast.Attribute(attr=manager, value=model) if manager in MANAGERS:
                gated = isinstance(parent, ast.Attribute) and parent.attr == "visible_to"
                if not gated and ast.unparse(model) not in allowed:
                    found.append((node.lineno, ast.unparse(node)))
            case ast.Call(func=ast.Name(id=name), args=[ast.Name(id=model_name), *_]):
                # A model's class as the first word: the shortcut would ask its default manager.
                if name in SHORTCUTS and model_name[0].isupper() and model_name not in allowed:
                    found.append((node.lineno, f"{name}({model_name}, …)"))
    return sorted(found)


def view_modules() -> list[Path]:
    return [path for path in files("pawfile", endings=(".py",)) if is_view_module(path)]


def test_views_reach_rows_through_visible_to_only() -> None:
    modules = view_modules()
    assert modules
    assert [
        f"{at(path, line)} {what}"
        for path in modules
        for line, what in ungated(path.read_text("utf-8"), set(WITHOUT_ROW_GATE))
    ] == []


def test_every_exception_is_still_needed() -> None:
    text = "\n".join(path.read_text("utf-8") for path in view_modules())
    assert [model for model in WITHOUT_ROW_GATE if model not in text] == []


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("clients = Client.objects.visible_to(request.user).active()", 0),
        ("get_object_or_404(Client.objects.visible_to(user), pk=pk)", 0),
        ("Note.objects.all()", 0),
        ("clients = Client.objects.all()", 1),
        ("clients = Client.objects", 1),
        ("Client._default_manager.get(pk=1)", 1),
        ("get_object_or_404(Client, pk=pk)", 1),
        ("get_object_or_404(Client.objects.active(), pk=pk)", 1),
        ("f(Client.objects.create(name='x'), Pet.objects.visible_to(u), Pet.objects.count())", 2),
    ],
)
def test_ways_past_the_gate_are_found(source: str, count: int) -> None:
    assert len(ungated(source, {"Note"})) == count
