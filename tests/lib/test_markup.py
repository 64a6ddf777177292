from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from pawfile.lib.markup import escaped, filled, joined, lines

EVIL = """<b title="{x}" a='&'>"""
TAME = "&lt;b title=&quot;{x}&quot; a=&#x27;&amp;&#x27;&gt;"


def test_what_is_no_html_yet_is_escaped() -> None:
    assert escaped(EVIL) == TAME
    assert escaped(SafeString("<b>")) == "<b>"
    assert escaped(gettext_lazy("<b>")) == "&lt;b&gt;"
    assert escaped(7) == "7"


def test_every_hole_of_a_pattern_is_escaped() -> None:
    drawn = filled('<p title="{a}">{a}{b}{c}</p>', a=EVIL, b=SafeString("<br>"), c=None)
    assert drawn == f'<p title="{TAME}">{TAME}<br>None</p>'
    assert isinstance(drawn, SafeString)


def test_a_value_is_no_pattern() -> None:
    assert filled("{a}", a="{b} {0} {a.__class__}") == "{b} {0} {a.__class__}"


def test_pieces_are_escaped_one_by_one() -> None:
    assert joined(["<", SafeString("<i>")], "<br>") == "&lt;<br><i>"


def test_lines_are_kept_and_nothing_else() -> None:
    assert lines("a<br>\r\nb\rc\n") == "a&lt;br&gt;<br>b<br>c<br>"
