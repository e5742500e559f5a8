"""Shared settings: Hypothesis without deadlines, so that a slow machine is no failure; and no zones
as they were read in an earlier run."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "routecheck",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("routecheck")

os.environ["ROUTECHECK_CACHE"] = ""
