"""Texts of other programs: markup taken out, accents mended, and nothing else touched."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawfile.lib.plain_text import encoded_once, is_markup, without_markup


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1 Elm St<br>#4", "1 Elm St\n#4"),
        ("1 Elm St <BR /> \n#4", "1 Elm St\n#4"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<b>Bites!</b> ask first<br>", "Bites! ask first"),
        ("Tom &amp; Jerry&nbsp;rule", "Tom & Jerry rule"),
        ('<a href="x">Ann</a> &#39;Lee&#x27;', "Ann 'Lee'"),
        ("<script>alert(1)</script>", ""),
        ("Before<style>p {}</style> after<script>never closed", "Before after"),
    ],
)
def test_of_markup_the_text_is_left(text: str, plain: str) -> None:
    assert is_markup(text)
    assert without_markup(text) == plain


@pytest.mark.parametrize("text", ["I <3 dogs", "Tom & Jerry", "a < b > c", "AT&T; or so", "<>"])
def test_bare_signs_are_no_markup_and_stay(text: str) -> None:
    assert not is_markup(text)
    assert without_markup(text) == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\xa0\r")))
def test_whatever_a_program_wrote_as_html_reads_as_it_was(text: str) -> None:
    assert without_markup(html.escape(text)) == text.strip()


@pytest.mark.parametrize("text", ["Señora Ruiz", "García", "‘sweet’", "Zoë’s – café"])
def test_accents_encoded_twice_are_mended(text: str) -> None:
    doubled = text.encode().decode("latin-1" if "í" in text else "cp1252")
    assert doubled != text
    assert encoded_once(doubled) == text


@given(st.text(alphabet="aáéíñöüß “”–çÇ"))
def test_accents_that_are_right_stay(text: str) -> None:
    assert encoded_once(text) == text


@pytest.mark.parametrize("text", ["Ãnna", "10 Â£ and 5 £", "plain"])
def test_what_reads_so_only_in_part_stays(text: str) -> None:
    assert encoded_once(text) == text
