"""A model as it is shown: on its card, and in the list that opens below."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """One model in words."""

    endpoint_id: str
    title: str
    facts: str = ""
    """ "720p · 24 fps · 2 to 4 min"."""
    lacks: str = ""
    """ "no end picture · no sound"."""
    price: str = ""
    """ "$0.28 / 5 s"."""
    price_origin: str = ""
    """Who told the price and when; empty for the program's own list."""
    older: str = ""
    """Empty for a current model, else the word for its state: "deprecated at fal"."""
    summary: str = ""
    """A sentence on what it is good for."""
    is_favorite: bool = False
    is_recent: bool = False

    @property
    def line(self) -> str:
        """What stands below its title; never nothing where there is something to say."""
        parts = (self.older, self.facts, self.lacks)
        return " · ".join(part for part in parts if part) or self.summary

    @property
    def tip(self) -> str:
        """What is shown while the pointer rests on it."""
        return "\n".join(part for part in (self.endpoint_id, self.price_origin) if part)

    @property
    def said(self) -> str:
        """All of it in one line."""
        parts = (self.title, self.facts, self.lacks, self.older, self.price)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One thing that can be done."""

    key: str
    title: str
    sentence: str = ""
    price: str = ""
    """ "from $0.07"."""
    older: str = ""
    """Where fal calls all its models old: the word for that."""
