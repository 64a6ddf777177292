"""Many rows are inserted as they are, and refused as other inserts are refused."""

import pytest
from django.db import IntegrityError, transaction

from pawfile.lib.inserts import insert_rows
from pawfile.search.models import Vocabulary

pytestmark = pytest.mark.django_db


def test_rows_come_in_as_they_are() -> None:
    words = ["a\tb", "c\\n", "l'été", "", "NULL"]
    insert_rows(Vocabulary, ["word"], [(word,) for word in words])
    assert sorted(Vocabulary.objects.values_list("word", flat=True)) == sorted(words)


def test_no_rows_are_no_trouble() -> None:
    insert_rows(Vocabulary, ["word"], [])
    assert not Vocabulary.objects.exists()


def test_a_row_that_is_there_already_is_an_integrity_error() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Vocabulary, ["word"], [("one",), ("two",), ("one",)])
    assert not Vocabulary.objects.exists()
