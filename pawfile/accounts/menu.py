"""What the menu of every page says of the signed-in user, read with the user in one query.

Apps above register in ``AppConfig.ready``.
"""

from typing import Any

#: Attribute of the user → expression about the user's row.
_brought: dict[str, Any] = {}


def bring_along(name: str, expression: Any) -> None:
    _brought[name] = expression


def brought_along() -> dict[str, Any]:
    return dict(_brought)
