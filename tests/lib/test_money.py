"""Amounts as people read them."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from pawfile.lib.money import CURRENCIES, currency_name, format_money


@pytest.mark.parametrize(
    ("amount", "currency", "language", "text"),
    [
        ("0", "USD", "en-us", "$0.00"),
        ("20", "USD", "en-us", "$20.00"),
        ("18.5", "USD", "en-us", "$18.50"),
        ("99999.99", "USD", "en-us", "$99,999.99"),
        ("20", "EUR", "en-us", "€20.00"),
        ("20", "GBP", "en-gb", "£20.00"),
        ("1234.5", "EUR", "de", "1.234,50\xa0€"),
        ("20", "USD", "zz-house", "$20.00"),
    ],
)
def test_an_amount_reads_as_in_the_pages_language(
    amount: str, currency: str, language: str, text: str
) -> None:
    with override(language):
        assert format_money(Decimal(amount), currency) == text


def test_every_currency_has_a_name_and_two_decimals() -> None:
    assert len(set(CURRENCIES)) == len(CURRENCIES)
    for currency in CURRENCIES:
        assert currency_name(currency) not in {currency, f"{currency}, {currency}"}
        assert "1.25" in format_money(Decimal("1.25"), currency)
