"""System check: no view without a gate."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site with its pattern, nested includes followed."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def views_declare_who_may_call(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    return [
        Error(
            f"The view at '/{route}' does not say who may call it.",
            hint="Decorate it with @allow(…roles) or @public.",
            obj=pattern.callback,
            id="pawfile.E001",
        )
        for route, pattern in patterns(get_resolver())
        if not hasattr(pattern.callback, "allowed_roles")
    ]
