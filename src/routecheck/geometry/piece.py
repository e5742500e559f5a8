"""A piece of a route: an arc of a circle in space that stays beside the geodesic.

The plane through both ends that holds the surface normal half-way cuts the ellipsoid in a curve;
up to ``PIECE_KM`` long it runs within 0.4 m of the geodesic, and within 1.1 m of a circle with
the curvature half-way (``tests/test_pieces.py`` measures both). A plane through the Earth's
centre would lie 42 m beside it.

Seen from the piece a point X of the surface has three coordinates, all linear in x, y, z:
*beside* (to the right of the plane), *along* (from the middle of the chord) and *up* (from the
centre of the circle). A place on the arc is named by where it is above the chord: *ahead*, km from
its middle.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from routecheck.geometry.shapes import Pieces
from routecheck.geometry.surface import POLEWARD, curvature

__all__ = [
    "FIELDS", "IN_COMPILED_CODE", "PIECE_KM", "Piece", "above_centre", "along_chord",
    "chord_along", "gap2", "height_at", "keep_piece", "may_meet", "on_piece", "piece_between",
    "read_piece",
]  # fmt: skip

PIECE_KM: Final = 800.0

FIELDS: Final = 25
"""Numbers of a :class:`Piece`."""


class Piece(NamedTuple):
    """An arc from a to b. All lengths in km.

    ``n`` points to the right, ``v`` ahead, ``u`` up: unit vectors. ``right``, ``ahead`` and
    ``top`` are what to subtract from n·X, v·X and u·X for the three coordinates. The chord is twice
    ``half`` long and ``base`` above the circle's centre; ``bend`` is the circle's radius. On the
    route the arc goes from ``start_km`` through ``middle_km`` to ``end_km``; at its middle it is
    ``scale`` km for a km of chord.
    """

    ax: float
    ay: float
    az: float
    bx: float
    by: float
    bz: float
    nx: float
    ny: float
    nz: float
    right: float
    vx: float
    vy: float
    vz: float
    ahead: float
    ux: float
    uy: float
    uz: float
    top: float
    half: float
    base: float
    bend: float
    scale: float
    start_km: float
    middle_km: float
    end_km: float


def piece_between(
    ax: float, ay: float, az: float, bx: float, by: float, bz: float,
    start_km: float, length_km: float,
) -> Piece:  # fmt: skip
    """The piece between two points of the surface."""
    vx, vy, vz = bx - ax, by - ay, bz - az
    mx, my, mz = 0.5 * (ax + bx), 0.5 * (ay + by), 0.5 * (az + bz)
    chord = math.sqrt(vx * vx + vy * vy + vz * vz)
    if chord < 1e-9:
        # A place: any direction will do, here the one that is farthest from its normal.
        vx, vy, vz = (-my, mx, 0.0) if abs(mz) < 4000.0 else (mz, 0.0, -mx)
        bent = curvature(mx, my, mz, vx, vy, vz)
    else:
        bent = curvature(mx, my, mz, vx, vy, vz)
    r = math.sqrt(vx * vx + vy * vy + vz * vz)
    vx, vy, vz = vx / r, vy / r, vz / r
    ux, uy, uz = mx, my, POLEWARD * mz
    tilt = ux * vx + uy * vy + uz * vz
    ux, uy, uz = ux - tilt * vx, uy - tilt * vy, uz - tilt * vz
    r = math.sqrt(ux * ux + uy * uy + uz * uz)
    ux, uy, uz = ux / r, uy / r, uz / r
    nx, ny, nz = vy * uz - vz * uy, vz * ux - vx * uz, vx * uy - vy * ux
    half = 0.5 * chord
    bend = 1.0 / bent
    up = math.sqrt(max(0.0, bend * bend - half * half))
    angle = math.asin(min(1.0, half * bent))
    return Piece(
        ax, ay, az, bx, by, bz,
        nx, ny, nz, nx * mx + ny * my + nz * mz,
        vx, vy, vz, vx * mx + vy * my + vz * mz,
        ux, uy, uz, ux * mx + uy * my + uz * mz - up,
        half, up, bend, 0.5 * length_km * bent / angle if angle > 0.0 else 0.0,
        start_km, start_km + 0.5 * length_km, start_km + length_km,
    )  # fmt: skip


def keep_piece(pieces: Pieces, number: int, piece: Piece) -> None:
    """Write a piece down, to be read again for every zone: plain Python in a list."""
    pieces[number] = piece


def read_piece(pieces: Pieces, number: int) -> Piece:
    """A piece that was written down."""
    piece: Piece = pieces[number]
    return piece


def keep_in_row(pieces: Pieces, number: int, piece: Piece) -> None:
    """The same for compiled code: its numbers in a row of an array."""
    row = pieces[number]
    row[0], row[1], row[2] = piece.ax, piece.ay, piece.az
    row[3], row[4], row[5] = piece.bx, piece.by, piece.bz
    row[6], row[7], row[8], row[9] = piece.nx, piece.ny, piece.nz, piece.right
    row[10], row[11], row[12], row[13] = piece.vx, piece.vy, piece.vz, piece.ahead
    row[14], row[15], row[16], row[17] = piece.ux, piece.uy, piece.uz, piece.top
    row[18], row[19], row[20], row[21] = piece.half, piece.base, piece.bend, piece.scale
    row[22], row[23], row[24] = piece.start_km, piece.middle_km, piece.end_km


def read_from_row(pieces: Pieces, number: int) -> Piece:
    """The same for compiled code."""
    row = pieces[number]
    return Piece(
        row[0], row[1], row[2], row[3], row[4], row[5],
        row[6], row[7], row[8], row[9],
        row[10], row[11], row[12], row[13],
        row[14], row[15], row[16], row[17],
        row[18], row[19], row[20], row[21], row[22], row[23], row[24],
    )  # fmt: skip


def gap2(piece: Piece, x: float, y: float, z: float) -> float:
    """At most the squared distance, km², of a point in space from the piece.

    How far it is beside the piece, before or behind it, and below it.
    """
    beside = piece.nx * x + piece.ny * y + piece.nz * z - piece.right
    ahead = piece.vx * x + piece.vy * y + piece.vz * z - piece.ahead
    up = piece.ux * x + piece.uy * y + piece.uz * z - piece.top
    past = max(0.0, abs(ahead) - piece.half)
    drop = max(0.0, piece.base - up)
    return beside * beside + past * past + drop * drop


def may_meet(piece: Piece, x: float, y: float, z: float, r: float) -> bool:
    """Whether a ball may hold a place on the piece: no, if all of it is beside or beyond.

    As ``gap2`` <= r², but most balls fail the first test.
    """
    beside = piece.nx * x + piece.ny * y + piece.nz * z - piece.right
    if abs(beside) > r:
        return False
    past = abs(piece.vx * x + piece.vy * y + piece.vz * z - piece.ahead) - piece.half
    if past > r:
        return False
    drop = piece.base - (piece.ux * x + piece.uy * y + piece.uz * z - piece.top)
    if drop > r:
        return False
    past, drop = max(0.0, past), max(0.0, drop)
    return beside * beside + past * past + drop * drop <= r * r


def along_chord(piece: Piece, ahead: float) -> float:
    """How far along the route, km, the place above one on the piece's chord is.

    The arc's sine is ``ahead`` / ``bend``, at most 0.063; its series leaves 1 mm.
    """
    sine = ahead / piece.bend
    square = sine * sine
    km = piece.middle_km + piece.scale * ahead * (
        1.0 + square * (1.0 / 6.0 + square * (0.075 + square * (15.0 / 336.0)))
    )
    return min(piece.end_km, max(piece.start_km, km))


def chord_along(piece: Piece, km: float) -> float:
    """The place on the piece's chord, km from its middle, below a place on the route."""
    if piece.scale == 0.0:
        return 0.0
    arc = (km - piece.middle_km) / (piece.scale * piece.bend)
    return piece.bend * arc * (1.0 - arc * arc * (1.0 / 6.0 - arc * arc / 120.0))


def above_centre(piece: Piece, ahead: float) -> float:
    """How high above the circle's centre the piece is, above a place on its chord.

    √(bend² - ahead²), by its series: 0.1 mm within 400 km of the middle, where anyone asks.
    """
    square = ahead * ahead / (piece.bend * piece.bend)
    return piece.bend * (1.0 - square * (0.5 + square * (0.125 + 0.0625 * square)))


def height_at(piece: Piece, ahead: float) -> float:
    """How high above its chord the piece is, above a place on the chord."""
    return above_centre(piece, ahead) - above_centre(piece, piece.half)


def on_piece(piece: Piece, ahead: float) -> tuple[float, float, float]:
    """The point of the piece above a place on its chord."""
    u = height_at(piece, ahead)
    return (
        0.5 * (piece.ax + piece.bx) + ahead * piece.vx + u * piece.ux,
        0.5 * (piece.ay + piece.by) + ahead * piece.vy + u * piece.uy,
        0.5 * (piece.az + piece.bz) + ahead * piece.vz + u * piece.uz,
    )


IN_COMPILED_CODE: Final = {"keep_piece": keep_in_row, "read_piece": read_from_row}
"""What stands for what there: a list of tuples is the quickest for Python, and none for numba."""
