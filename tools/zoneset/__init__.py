"""The built-in zones as people write them: shapes in one module a region, notices as data."""

from __future__ import annotations

from importlib import import_module

from zoneset.notices import read_notices
from zoneset.shapes import Recipe

__all__ = ["ADVISORIES", "FAULTS", "RECIPES", "REGIONS"]

REGIONS = (
    "russia",
    "ukraine",
    "ukraine_2014",
    "caucasus",
    "iran_iraq",
    "gulf",
    "levant",
    "red_sea",
    "africa_north",
    "africa_east",
    "africa_west",
    "asia",
    "americas",
)

_modules = [import_module(f"zoneset.{region}") for region in REGIONS]

RECIPES: tuple[Recipe, ...] = tuple(r for module in _modules for r in module.RECIPES)
ADVISORIES, FAULTS = read_notices()
