"""The built-in zones as people write them: one module a region, recipes beside their papers."""

from __future__ import annotations

from importlib import import_module

from zoneset.papers import Record
from zoneset.shapes import Recipe

__all__ = ["ADVISORIES", "RECIPES", "REGIONS"]

REGIONS = (
    "russia",
    "ukraine",
    "ukraine_2014",
    "caucasus",
    "iran_iraq",
    "gulf",
    "middle_east",
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
ADVISORIES: tuple[Record, ...] = tuple(a for module in _modules for a in module.ADVISORIES)
