"""Fixtures of the tests of the configuration."""

from tests.unit.core.config.stores import home, older, own

__all__ = ["home", "older", "own"]
