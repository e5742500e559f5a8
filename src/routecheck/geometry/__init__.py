"""Arcs, distances and intervals on the Earth: numbers in, numbers out, no I/O."""
