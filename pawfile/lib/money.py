"""Amounts of money as people read them, and the currencies a company can choose."""

from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_name
from django.utils.translation import get_language

#: Currencies with cents, in which pet sitters are paid; the dollar first.
CURRENCIES = (
    "USD", "AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HKD", "ILS", "INR", "MXN",
    "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "ZAR",
)  # fmt: skip


def format_money(amount: Decimal, currency: str) -> str:
    """ "$1,234.50", as written in the language of the page."""
    return _money(amount, currency, get_language() or "en-us")


@lru_cache(maxsize=10_000)
def _money(amount: Decimal, currency: str, language: str) -> str:
    return format_currency(amount, currency, locale=_locale(language))


def currency_name(currency: str) -> str:
    """ "USD, US Dollar"."""
    return f"{currency}, {get_currency_name(currency, locale=_locale(get_language() or 'en-us'))}"


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "US")
