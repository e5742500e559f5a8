"""Crimea and eastern Ukraine: the notices of 2014 and the years after."""

from __future__ import annotations

from zoneset.header import SOURCE
from zoneset.shapes import Drawn, Provinces, Recipe
from zoneset.ukraine import AZOV_UKRAINE, SIMFEROPOL_WATERS, UKRAINE_LAND

__all__ = ["RECIPES"]


# Restricted area of the Ukrainian NOTAMs of June and July 2014, corners from recall, closed to the
# east well beyond the border, which the country's outline then cuts.
DONBAS_2014 = Drawn(
    (
        (38.3653, 49.8986), (37.3692, 48.8703), (37.0481, 48.0228), (36.9822, 47.2311),
        (37.7236, 46.8383), (38.3333, 46.9833), (38.2233, 47.1117), (39.5, 47.3), (41.0, 47.8),
        (41.0, 50.5), (38.6, 50.5),
    )
)  # fmt: skip

RECIPES: tuple[Recipe, ...] = (
    Recipe(
        id="crimea",
        file="ukraine",
        name="Crimea and the Simferopol FIR waters",
        kind="conflict",
        group="ukraine",
        shape=Provinces("ukr", only=("Crimea", "Sevastopol")) | SIMFEROPOL_WATERS,
        tolerance_km=1.2,
        accuracy_km=10.0,
        rated="Ukraine",
        basis=(
            f"{SOURCE}: Crimea and Sevastopol; waters by the limits printed in FAA SFAR 113 of "
            "April 2014, which ran along the border of Crimea in the north; simplified to 1.2 km. "
            "The whole Simferopol FIR reaches a little further north, over the mainland."
        ),
        notes=(
            "From 2014-04-03 Russia offered air traffic services in the FIR that Ukraine is "
            "responsible for: two controllers for one airspace. Ukraine closed the sky over the "
            "peninsula (UK-P35Z, still listed in February 2022) and from 2016 on a few routes over "
            "the high sea came back into use. Siberia 1812 was hit off Crimea on 2001-10-04."
        ),
    ),
    Recipe(
        id="eastern-ukraine",
        file="ukraine",
        name="Eastern Ukraine (restricted area of 2014)",
        kind="conflict",
        group="ukraine",
        shape=DONBAS_2014 & (UKRAINE_LAND | AZOV_UKRAINE),
        tolerance_km=1.2,
        accuracy_km=20.0,
        rated="Ukraine",
        hindsight=(
            "Placed from accounts of the restricted area that were published after the loss of "
            "MH17; the notices themselves were issued before it."
        ),
        basis=(
            "Seven corners of the Ukrainian NOTAMs of July 2014, placed from recall, no printed "
            "list of them was found; east of them the border of "
            f"{SOURCE}. It agrees with the press of 2014-07-18: Donetsk and Luhansk regions and "
            "part of Kharkiv region. Simplified to 1.2 km."
        ),
        notes=(
            "Closed below FL260 from 2014-06-06, up to FL320 from 2014-07-14 after military "
            "aircraft were shot down. MH17 was hit at 48.127° N 38.526° E on 2014-07-17 at 13:20 "
            "UTC, at FL330, above the block; Ukraine closed the rest at 14:56 UTC. On the Russian "
            "side NOTAM V6158/14 closed part of the Rostov FIR from 2014-07-17: its area and end "
            "were not found, so it is not held."
        ),
    ),
)
