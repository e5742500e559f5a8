"""WGS84 geodesics to 30 digits, for the few numbers on which hard cases turn.

Bessel's reduction to the auxiliary sphere, as in Karney, "Algorithms for geodesics", J. Geodesy 87
(2013), eqs. 7 and 8:

    s / b = ∫ √(1 + k² sin²σ) dσ
    λ     = ω - f sin α₀ ∫ (2 - f) / (1 + (1 - f) √(1 + k² sin²σ)) dσ

Both integrands have the period π and are analytic with k² < 0.0068, so that the trapezoidal sum
over `NODES` points gives their cosine coefficients to (k²/16)^NODES: 10⁻⁵⁰. Nothing here is shared
with the engine, nor with the truncated series of PROJ and geographiclib; those only start the
iteration of the inverse problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geographiclib.geodesic import Geodesic
from mpmath import mp, mpf

mp.dps = 40

Point = tuple[Any, Any]  # longitude and latitude, degrees

A_M = mpf(6378137)
F = 1 / mpf("298.257223563")
B_M = A_M * (1 - F)
SECOND_E2 = F * (2 - F) / (1 - F) ** 2
NODES = 16


def _primitive(samples: list[Any]) -> list[Any]:
    """Coefficients c of ∫₀ᵗ g = c₀ t + Σ cⱼ sin(2jt), from g at multiples of π/NODES."""
    n = len(samples)
    out = [sum(samples) / n]
    for j in range(1, n // 2):
        cosine = 2 * sum(g * _COS[(i * j) % n] for i, g in enumerate(samples)) / n
        out.append(cosine / (2 * j))
    return out


_COS = [mp.cos(2 * mp.pi * i / NODES) for i in range(NODES)]
_SIN2 = [mp.sin(mp.pi * i / NODES) ** 2 for i in range(NODES)]


def _sum(c: list[Any], t: Any) -> Any:
    """Clenshaw: c₀ t + Σ cⱼ sin(2jt)."""
    two_cos = 2 * mp.cos(2 * t)
    one, two = mpf(0), mpf(0)
    for x in reversed(c[1:]):
        one, two = x + two_cos * one - two, one
    return c[0] * t + one * mp.sin(2 * t)


class Line:
    """The geodesic from a point at an azimuth (degrees)."""

    def __init__(self, lon: Any, lat: Any, azimuth: Any) -> None:
        self.lon, self.lat = mpf(lon), mpf(lat)
        alpha, phi = mp.radians(mpf(azimuth)), mp.radians(self.lat)
        beta = mp.atan2((1 - F) * mp.sin(phi), mp.cos(phi))
        sin_beta, cos_beta = mp.sin(beta), mp.cos(beta)
        self.sin_a0 = mp.sin(alpha) * cos_beta
        self.cos_a0 = mp.hypot(mp.cos(alpha), mp.sin(alpha) * sin_beta)
        self.sigma1 = mp.atan2(sin_beta, mp.cos(alpha) * cos_beta)
        k2 = SECOND_E2 * self.cos_a0**2
        root = [mp.sqrt(1 + k2 * s) for s in _SIN2]
        self.way = _primitive(root)
        self.turn = _primitive([(2 - F) / (1 + (1 - F) * r) for r in root])
        self.k2 = k2
        self.start = _sum(self.way, self.sigma1)
        self.start_turn = _sum(self.turn, self.sigma1)
        self.omega1 = self._omega(self.sigma1)

    def _omega(self, sigma: Any) -> Any:
        """Longitude on the sphere, running on with σ instead of jumping at ±π."""
        angle = mp.atan2(self.sin_a0 * mp.sin(sigma), mp.cos(sigma))
        sense = 1 if self.sin_a0 >= 0 else -1
        return angle + sense * (sigma - mp.atan2(mp.sin(sigma), mp.cos(sigma)))

    def at(self, metres: Any) -> tuple[Any, Any, Any]:
        """Longitude, latitude and azimuth, degrees, after so many metres."""
        goal = self.start + mpf(metres) / B_M
        sigma = goal / self.way[0]
        while True:
            step = (goal - _sum(self.way, sigma)) / mp.sqrt(1 + self.k2 * mp.sin(sigma) ** 2)
            sigma += step
            if abs(step) < mpf(10) ** -20:  # the next would be its square times k²
                break
        sine, cosine = mp.sin(sigma), mp.cos(sigma)
        beta = mp.atan2(self.cos_a0 * sine, mp.hypot(self.cos_a0 * cosine, self.sin_a0))
        phi = mp.atan2(mp.sin(beta), (1 - F) * mp.cos(beta))
        turn = F * self.sin_a0 * (_sum(self.turn, sigma) - self.start_turn)
        lam = self._omega(sigma) - self.omega1 - turn
        azimuth = mp.atan2(self.sin_a0, self.cos_a0 * cosine)
        return self.lon + mp.degrees(lam), mp.degrees(phi), mp.degrees(azimuth)


@dataclass(frozen=True, slots=True)
class Way:
    """The shortest way between two points: metres, azimuths at both ends, and its line."""

    metres: Any
    azimuth1: Any
    azimuth2: Any
    line: Line


def way(a: Point, b: Point) -> Way:
    """The inverse problem: geographiclib's answer, shot again until it meets b to 10⁻¹⁵ m.

    Each round leaves 10⁻⁹ of the miss or less: the reduced length is known to double precision.
    """
    guess = Geodesic.WGS84.Inverse(float(a[1]), float(a[0]), float(b[1]), float(b[0]), Geodesic.ALL)
    azimuth, metres = mpf(guess["azi1"]), mpf(guess["s12"])
    reduced = mpf(guess["m12"])
    if metres == 0:
        return Way(mpf(0), azimuth, azimuth, Line(*a, azimuth))
    for _ in range(8):
        line = Line(*a, azimuth)
        lon, lat, heading = line.at(metres)
        north, east = miss_m(lon, lat, b)
        if abs(north) + abs(east) < mpf(10) ** -15:
            return Way(metres, azimuth, heading, line)
        turn = mp.radians(heading)
        metres += north * mp.cos(turn) + east * mp.sin(turn)
        azimuth += mp.degrees((east * mp.cos(turn) - north * mp.sin(turn)) / reduced)
    raise RuntimeError(f"no geodesic from {a} to {b}")


def miss_m(lon: Any, lat: Any, b: Point) -> tuple[Any, Any]:
    """From a place to b close by, metres north and east."""
    sine = mp.sin(mp.radians(lat))
    w2 = 1 - F * (2 - F) * sine**2
    meridian, prime = A_M * (1 - F) ** 2 / w2 ** mpf("1.5"), A_M / mp.sqrt(w2)
    d_lon = mpf(b[0]) - lon
    d_lon -= 360 * mp.nint(d_lon / 360)
    return (
        mp.radians(mpf(b[1]) - lat) * meridian,
        mp.radians(d_lon) * prime * mp.cos(mp.radians(lat)),
    )


def metres_between(a: Point, b: Point) -> Any:
    """Length of the shortest geodesic."""
    return way(a, b).metres


def metres_beside(point: Point, path: Way, near_m: Any) -> Any:
    """Distance from a point to a path, of the local minimum next to ``near_m`` along it.

    Right-angled triangles as on a sphere: each round leaves 0.5 % of the miss along the path, and
    the distance is stationary there, so that four rounds from 1 m are good to 10⁻¹² m.
    """
    t = min(max(mpf(near_m), mpf(0)), path.metres)
    best = mp.inf
    for _ in range(5):
        lon, lat, heading = path.line.at(t)
        to_point = way((lon, lat), point)
        best = min(best, to_point.metres)
        if to_point.metres == 0:
            break
        angle = to_point.metres / mpf(6371000)
        cosine = mp.cos(mp.radians(to_point.azimuth1 - heading))
        move = 6371000 * mp.atan2(mp.sin(angle) * cosine, mp.cos(angle))
        new = min(max(t + move, mpf(0)), path.metres)
        if abs(new - t) < mpf(10) ** -9:
            break
        t = new
    return best
