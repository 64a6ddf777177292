"""The input for an amount of money."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")


class MoneyField(forms.DecimalField):
    """An amount from 0 to 99,999.99, with at most two decimals."""

    def __init__(self, **more: Any) -> None:
        said = _("Write an amount from 0 to 99,999.99, like 20 or 18.50.")
        wrong = (
            "invalid", "min_value", "max_value", "max_digits", "max_decimal_places",
            "max_whole_digits",
        )  # fmt: skip
        super().__init__(
            min_value=0,
            max_digits=7,
            decimal_places=2,
            error_messages={"required": _("Say an amount."), **dict.fromkeys(wrong, said)},
            # Not a number input: browsers send nothing of what they do not understand.
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **more,
        )

    def clean(self, value: Any) -> Decimal | None:
        amount = super().clean(value)
        return None if amount is None else (amount + 0).quantize(CENT)  # -0 is 0
