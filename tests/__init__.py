"""Tests, in folders that mirror the package; real parts before fakes."""
