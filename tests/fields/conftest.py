"""What the tests of hidden fields and of the preview look at."""

import pytest

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from tests.fields import sentinels
from tests.fields.sentinels import Book


@pytest.fixture
def book(ada: User, mona: User, sam: User, cleo: User) -> Book:
    """Sitters may edit, so that their forms are looked at too."""
    SiteOptions.objects.create(pk=1, has_sitter_editing=True)
    return sentinels.make_book(manager=mona, sitter=sam, login=cleo, by=ada)
