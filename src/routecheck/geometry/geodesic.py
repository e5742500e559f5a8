"""Geodesics of WGS84 as the kernel needs them: one line between two points, and points on it.

A geodesic is a great circle on the auxiliary sphere of reduced latitudes β, whose arc σ and
longitude ω become distance and longitude by two integrals, I₁ and I₃ (Bessel 1825). Both are
taken from the series of C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), eqs. 15
to 25, to third order in the small number ε (at most 0.0017): 0.1 mm, which
``tests/test_geodesic.py`` measures against his own library.

Functions take and return plain floats, so that the same source runs as Python and compiled.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from routecheck.geometry.ellipsoid import A_KM, B_KM, FLATTENING, SECOND_E2

__all__ = ["ANTIPODAL_DEG", "Line", "line_between", "line_from", "point_at"]

N: Final = FLATTENING / (2.0 - FLATTENING)
"""Third flattening."""

ANTIPODAL_DEG: Final = 175.0
"""Farther apart than this the iteration for ω converges slowly, or not at all: such lines, of over
19,400 km, are left to PROJ."""

ROUNDS: Final = 30
"""Each round shrinks the error of ω by 300 and more for lines up to 10,000 km, by 8 at
``ANTIPODAL_DEG``."""

SETTLED_RAD: Final = 1e-12
"""0.006 mm, and the round that moved ω so little has shrunk that error as well."""


class Line(NamedTuple):
    """A geodesic: the constants that place a point on it. Angles in radians, lengths in km.

    ``sin_a0`` and ``cos_a0`` are of the azimuth α₀ where the great circle passes the equator
    northward, ``node`` is the longitude of that place as the integral I₃ counts from it; ``start``
    is I₁ at the first point.
    """

    length_km: float
    sin_a0: float
    cos_a0: float
    node: float
    start: float
    scale_km: float
    r1: float
    r2: float
    r3: float
    a3: float
    c1: float
    c2: float
    c3: float


def reduced(lat: float) -> tuple[float, float]:
    """Sine and cosine of the reduced latitude β of a latitude in degrees."""
    phi = math.radians(lat)
    y, x = (1.0 - FLATTENING) * math.sin(phi), math.cos(phi)
    r = math.sqrt(x * x + y * y)
    return y / r, max(x / r, 1e-300)


def epsilon(cos_a0: float) -> float:
    """The small number of the series: ε of Karney's eq. 16."""
    k2 = SECOND_E2 * cos_a0 * cos_a0
    return k2 / (2.0 * (1.0 + math.sqrt(1.0 + k2)) + k2)


def sum_of_sines(c1: float, c2: float, c3: float, sin: float, cos: float) -> float:
    """c₁ sin 2σ + c₂ sin 4σ + c₃ sin 6σ."""
    sin2, cos2 = 2.0 * sin * cos, 1.0 - 2.0 * sin * sin
    return sin2 * (c1 + 2.0 * c2 * cos2 + c3 * (4.0 * cos2 * cos2 - 1.0))


def longitude_series(eps: float) -> tuple[float, float, float, float]:
    """A₃ and C₃₁ to C₃₃ (eqs. 24 and 25)."""
    a3 = 1.0 - eps * (
        0.5 * (1.0 - N)
        + eps * (0.25 + N / 8.0 - 0.375 * N * N + eps * (1.0 + 3.0 * N + N * N) / 16.0)
    )
    c1 = eps * (
        0.25 * (1.0 - N) + eps * ((1.0 - N * N) / 8.0 + eps * (3.0 + 3.0 * N - N * N) / 64.0)
    )
    c2 = eps * eps * ((2.0 - 3.0 * N + N * N) / 32.0 + eps * (3.0 - 2.0 * N - 3.0 * N * N) / 64.0)
    c3 = eps * eps * eps * (5.0 - 9.0 * N + 5.0 * N * N) / 192.0
    return a3, c1, c2, c3


def distance_integral(eps: float, sigma: float, sin: float, cos: float) -> float:
    """I₁ over b and A₁: the distance from the node (eqs. 15 and 18)."""
    e2 = eps * eps
    return sigma + sum_of_sines(eps * (-0.5 + 0.1875 * e2), -e2 / 16.0, -e2 * eps / 48.0, sin, cos)


def through(
    lon1: float, sin_b1: float, cos_b1: float, sin_a1: float, cos_a1: float, arc: float, km: float
) -> Line:
    """The line from a point at an azimuth α₁, so many radians on the auxiliary sphere, or km."""
    sin_a0 = sin_a1 * cos_b1
    cos_a0 = math.sqrt(cos_a1 * cos_a1 + (sin_a1 * sin_b1) * (sin_a1 * sin_b1))
    # Sine and cosine of σ₁ as a ratio: at a pole its angle has lost the longitude.
    y1, x1 = sin_b1, cos_a1 * cos_b1
    r = math.sqrt(x1 * x1 + y1 * y1)
    sin1, cos1 = (y1 / r, x1 / r) if r > 1e-200 else (0.0, 1.0)
    sigma1 = math.atan2(sin1, cos1)
    eps = epsilon(cos_a0)
    e2 = eps * eps
    scale_km = B_KM * (1.0 + e2 / 4.0 + e2 * e2 / 64.0) / (1.0 - eps)
    start = distance_integral(eps, sigma1, sin1, cos1)
    if km < 0.0:
        sigma2 = sigma1 + arc
        end = distance_integral(eps, sigma2, math.sin(sigma2), math.cos(sigma2))
        km = scale_km * (end - start)
    a3, c1, c2, c3 = longitude_series(eps)
    omega1 = math.atan2(sin_a0 * sin1, cos1)
    bent = FLATTENING * sin_a0 * a3 * (sigma1 + sum_of_sines(c1, c2, c3, sin1, cos1))
    return Line(
        km,
        sin_a0,
        cos_a0,
        math.radians(lon1) - omega1 + bent,
        start,
        scale_km,
        eps * (0.5 - 0.28125 * e2),
        e2 * 0.3125,
        e2 * eps * 29.0 / 96.0,
        FLATTENING * sin_a0 * a3,
        c1,
        c2,
        c3,
    )


def line_from(lon1: float, lat1: float, azimuth: float, length_km: float) -> Line:
    """The line from a point (degrees) at an azimuth (degrees), so many km long."""
    sin_b1, cos_b1 = reduced(lat1)
    alpha = math.radians(azimuth)
    return through(lon1, sin_b1, cos_b1, math.sin(alpha), math.cos(alpha), 0.0, length_km)


def line_between(lon1: float, lat1: float, lon2: float, lat2: float) -> Line:
    """The shortest line between two points (degrees) not over ``ANTIPODAL_DEG`` apart."""
    turn = (lon2 - lon1 + 180.0) % 360.0 - 180.0
    lam = math.radians(turn)
    sin_b1, cos_b1 = reduced(lat1)
    sin_b2, cos_b2 = reduced(lat2)
    omega = lam
    sin_a1, cos_a1, arc = 0.0, 1.0, 0.0
    for _ in range(ROUNDS):
        sin_w, cos_w = math.sin(omega), math.cos(omega)
        east = cos_b2 * sin_w
        # sin(β₂ - β₁) and 1 - cos ω: short lines keep their digits.
        half = math.sin(0.5 * omega)
        north = sin_b2 * cos_b1 - cos_b2 * sin_b1 + 2.0 * sin_b1 * cos_b2 * half * half
        sin_s = math.sqrt(east * east + north * north)
        cos_s = sin_b1 * sin_b2 + cos_b1 * cos_b2 * cos_w
        arc = math.atan2(sin_s, cos_s)
        if sin_s < 1e-16:
            break
        sin_a1, cos_a1 = east / sin_s, north / sin_s
        sin_a0 = sin_a1 * cos_b1
        cos_a0 = math.sqrt(cos_a1 * cos_a1 + (sin_a1 * sin_b1) * (sin_a1 * sin_b1))
        a3, c1, c2, c3 = longitude_series(epsilon(cos_a0))
        # sines of σ₁ and σ₂ = σ₁ + arc on the great circle
        y1, x1 = sin_b1, cos_a1 * cos_b1
        r = math.sqrt(x1 * x1 + y1 * y1)
        sin1, cos1 = (y1 / r, x1 / r) if r > 1e-200 else (0.0, 1.0)
        sin2, cos2 = sin1 * cos_s + cos1 * sin_s, cos1 * cos_s - sin1 * sin_s
        waves = sum_of_sines(c1, c2, c3, sin2, cos2) - sum_of_sines(c1, c2, c3, sin1, cos1)
        better = lam + FLATTENING * sin_a0 * a3 * (arc + waves)
        moved = abs(better - omega)
        omega = better
        if moved < SETTLED_RAD:
            break
    return through(lon1, sin_b1, cos_b1, sin_a1, cos_a1, arc, -1.0)


def point_at(line: Line, km: float) -> tuple[float, float, float]:
    """Geocentric x, y, z, km, of the point so far along the line."""
    tau = line.start + km / line.scale_km
    sigma = tau + sum_of_sines(line.r1, line.r2, line.r3, math.sin(tau), math.cos(tau))
    sin, cos = math.sin(sigma), math.cos(sigma)
    turn = line.node - line.a3 * (sigma + sum_of_sines(line.c1, line.c2, line.c3, sin, cos))
    sin_t, cos_t = math.sin(turn), math.cos(turn)
    across = line.sin_a0 * sin
    return (
        A_KM * (cos * cos_t - across * sin_t),
        A_KM * (cos * sin_t + across * cos_t),
        B_KM * line.cos_a0 * sin,
    )
