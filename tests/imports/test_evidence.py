"""Whether a file's texts are HTML is told by how a program writes them."""

from pawfile.imports.evidence import has_markup


def test_breaks_and_entities_are_a_programs() -> None:
    assert has_markup([["1 Elm St<br>#4", ""], ["Tom &amp; Jerry", "x"]])


def test_plain_texts_with_angles_and_ampersands_are_no_markup() -> None:
    assert not has_markup([["I <3 dogs", "Tom & Jerry"], ["", "a < b"]])


def test_scripts_are_texts_of_people_unless_a_program_wrote_more_html() -> None:
    assert not has_markup([["<script>alert(1)</script><br>"], ["<a onclick=x>&amp;</a>"]])
    assert has_markup([["1 Elm St<br>#4"], ["2 Elm St<br>#5"], ["<script>alert(1)</script>"]])
