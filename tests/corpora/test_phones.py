"""172 phone numbers with region and E.164."""

import csv
from pathlib import Path

import pytest

from pawfile.lib.phones import e164, phone_words

pytestmark = pytest.mark.corpora

#: The length of a number without its area code: the vectors give such a thing an E.164 that
#: nobody could dial. Pawfile says instead that it is not a whole number.
WITHOUT_AREA_CODE = {
    "011xx5481429712",
    "2530000",
    "81234",
    "tel:253-0000;isub=12345;phone-context=www.google.com",
    "tel:253-0000;phone-context=www.google.com",
    "tel:2530000;isub=12345;phone-context=1234.com",
}


def test_every_possible_number_gets_the_e164_given_and_the_others_none(corpora: Path) -> None:
    path = corpora / "python-phonenumbers-tests" / "vectors_by_libphonenumber.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        vectors = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(vectors) == 172
    assert {vector["input"] for vector in vectors} >= WITHOUT_AREA_CODE
    wrong: list[tuple[dict[str, str], object]] = []
    for vector in vectors:
        possible = vector["possible"] == "True" and vector["input"] not in WITHOUT_AREA_CODE
        number = e164(vector["input"], vector["region"])
        found = phone_words(vector["input"], vector["region"])
        if number != (vector["e164"] if possible else ""):
            wrong.append((vector, number))
        if possible and vector["e164"].removeprefix("+") not in found:
            wrong.append((vector, found))
    assert wrong == []
