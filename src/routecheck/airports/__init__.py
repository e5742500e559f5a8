"""Places: a code, a position or a name becomes one airport, or an error that says what to type."""

from __future__ import annotations

from routecheck.airports.cities import City
from routecheck.airports.model import Airport
from routecheck.airports.resolve import is_code, resolve
from routecheck.airports.search import country_near, search

__all__ = ["Airport", "City", "country_near", "is_code", "resolve", "search"]
