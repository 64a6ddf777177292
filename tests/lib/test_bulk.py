"""Long HTML that is put into a page when the rest of the page is done."""

import pytest
from django.template import Context, Template

from pawfile.lib.bulk import Bulk


def test_pieces_stand_where_they_were_put_in_their_order() -> None:
    bulk = Bulk()
    inside = bulk.put([b"<li>1</li>", "<li>é</li>".encode()]), bulk.put([b"end"])
    page = "<ul>{}</ul><p>{}</p>".format(*inside)
    assert bulk.fill(page.encode()).decode() == "<ul><li>1</li><li>é</li></ul><p>end</p>"


def test_what_somebody_typed_is_no_place_for_them() -> None:
    bulk = Bulk()
    said = {"name": "<bulk>", "lanes": bulk.put([b"<b>Rex</b>"])}
    page = Template("{{ name }}: {{ lanes }}").render(Context(said))
    assert bulk.fill(page.encode()) == b"&lt;bulk&gt;: <b>Rex</b>"


def test_a_page_that_lost_its_place_is_an_error() -> None:
    bulk = Bulk()
    bulk.put([b"gone"])
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        bulk.fill(b"<p>Nothing here</p>")
