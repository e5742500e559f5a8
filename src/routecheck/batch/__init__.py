"""Audits: tables in, the same tables with verdicts out, nothing lost (extra ``batch``)."""
