"""Audits: tables in, the same tables with verdicts out, nothing lost (extra ``batch``)."""

from routecheck.errors import MissingExtraError

try:
    import pyarrow as pa
except ImportError as error:
    raise MissingExtraError("audits need pyarrow: pip install 'routecheck[batch]'") from error

__all__ = ["pa"]
