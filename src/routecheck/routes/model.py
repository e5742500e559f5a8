"""A route: places in order, joined by WGS84 geodesics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from routecheck.airports.model import Airport

__all__ = ["Path", "Route"]

Path = Literal["great-circle", "waypoints", "track"]


@dataclass(frozen=True, slots=True)
class Route:
    """Places in the order flown, each stop a landing and a take-off.

    Attributes
    ----------
    places : tuple of Airport
        At least two.
    path : {"great-circle", "waypoints", "track"}
        What joins them.
    """

    places: tuple[Airport, ...]
    path: Path = "great-circle"

    @property
    def origin(self) -> Airport:
        """Where the route starts."""
        return self.places[0]

    @property
    def destination(self) -> Airport:
        """Where it ends."""
        return self.places[-1]

    @property
    def ends(self) -> npt.NDArray[np.float64]:
        """(legs, 4) array of lon1, lat1, lon2, lat2 in degrees."""
        points = np.array([(place.lon, place.lat) for place in self.places])
        return np.concatenate((points[:-1], points[1:]), axis=1)

    def __str__(self) -> str:
        return "-".join(place.code for place in self.places)
