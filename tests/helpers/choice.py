"""Drafts of one intention, and the models that it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kling_desktop.records.draft import Draft
from kling_desktop.ui.work.model_cards import cards_of
from tests.helpers.catalog import bundled

if TYPE_CHECKING:
    from kling_desktop.ui.model_card import ModelCard


def draft_on(intention: str, endpoint_id: str = "") -> Draft:
    """An empty draft on a model, the first one of the intention by itself."""
    chosen = endpoint_id or bundled().of_intention(intention)[0].endpoint_id
    return Draft(draft_id="d", project_id="p", intention=intention, endpoint_id=chosen)


def models_of(intention: str) -> tuple[ModelCard, ...]:
    """The cards of an intention's models."""
    return cards_of(bundled(), draft_on(intention))
