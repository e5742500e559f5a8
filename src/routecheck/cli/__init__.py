"""The command line: words in, reports out; nothing the library cannot do."""

from routecheck.cli.main import main

__all__ = ["main"]
