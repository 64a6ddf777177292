"""A template tag is named like its function; one that draws a template, like that template too."""

import ast
from pathlib import Path

import pytest

from tests.conventions.sources import at, files


def misnamed(source: str) -> list[tuple[int, str]]:
    """Tags and filters of a library whose names differ from their function's or template's."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        for decorator in node.decorator_list:
            if not isinstance(decorator, ast.Call):
                continue
            function = ast.unparse(decorator.func)
            if not function.startswith("register."):
                continue
            texts = [arg.value for arg in decorator.args if isinstance(arg, ast.Constant)]
            names = [k.value for k in decorator.keywords if k.arg == "name"]
            names_given = [name.value for name in names if isinstance(name, ast.Constant)]
            if function == "register.inclusion_tag":
                wrong = texts != [f"components/{node.name}.html"]
            else:
                names_given += texts
                wrong = False
            if wrong or any(name != node.name for name in names_given):
                found.append((node.lineno, node.name))
    return found


def libraries() -> list[Path]:
    return [
        path
        for path in files("pawfile", endings=(".py",))
        if path.parent.name == "templatetags" and path.stem != "__init__"
    ]


def test_tags_are_named_like_their_function_and_template() -> None:
    assert libraries()
    assert [
        f"{at(path, line)} {name}"
        for path in libraries()
        for line, name in misnamed(path.read_text("utf-8"))
    ] == []


@pytest.mark.parametrize(
    ("decorator", "bad"),
    [
        ("@register.simple_tag", False),
        ('@register.simple_tag(name="pill")', False),
        ('@register.simple_tag(name="status")', True),
        ('@register.filter("pill", is_safe=True)', False),
        ('@register.filter("bold")', True),
        ('@register.inclusion_tag("components/pill.html", takes_context=True)', False),
        ('@register.inclusion_tag("components/status.html")', True),
        ('@register.inclusion_tag("components/pill.html", name="status")', True),
    ],
)
def test_misnamed_tags_are_found(decorator: str, *, bad: bool) -> None:
    assert bool(misnamed(f"{decorator}\ndef pill(status): ...\n")) is bad
