"""The left column at work: the draft, its model, and what is wrong with it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kling_desktop.catalog.choosing import intention_of
from kling_desktop.catalog.pricing import price_of
from kling_desktop.core.draft import prompt_of, recalled
from kling_desktop.records.job import MadeBy
from kling_desktop.records.json_values import media_refs, with_media_replaced
from kling_desktop.records.media import MediaRef
from kling_desktop.records.problem import Severity
from kling_desktop.records.server import FAL
from kling_desktop.ui.work.checking import checked
from kling_desktop.ui.work.draft_steps import DraftStep, with_money_of
from kling_desktop.ui.work.order_words import (
    Standing,
    Wait,
    button_look,
    short_switch_texts,
    switch_texts,
)
from kling_desktop.ui.work.price_words import origin_words
from kling_desktop.ui.work.refusals import Refusals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from kling_desktop.catalog.catalog import Catalog
    from kling_desktop.catalog.endpoint import Endpoint
    from kling_desktop.catalog.request_type import RequestType
    from kling_desktop.core.draft import Drafts
    from kling_desktop.core.studio import Studio
    from kling_desktop.records.draft import Draft
    from kling_desktop.records.job import Job, Order
    from kling_desktop.records.json_values import Loc, Values
    from kling_desktop.records.media import MediaFacts
    from kling_desktop.records.problem import Problem
    from kling_desktop.records.server import Server
    from kling_desktop.ui.form.form import Form
    from kling_desktop.ui.make_column import MakeColumn
    from kling_desktop.ui.work.choosing import Choosing
    from kling_desktop.ui.work.media_desk import MediaDesk


class Making(QObject):
    """Keeps draft, form and button in step."""

    edited = Signal()
    ready_changed = Signal(bool)
    """Whether a press would order something."""

    def __init__(
        self, column: MakeColumn, form: Form, desk: MediaDesk, choosing: Choosing, drafts: Drafts
    ) -> None:
        super().__init__(column)
        self._column, self._form, self._desk = column, form, desk
        self._choosing, self._drafts = choosing, drafts
        self._studio: Studio | None = None
        self._problems: tuple[Problem, ...] = ()
        self._refusals = Refusals()
        self._touched = False
        self._ordered: Draft | Job | None = None
        self._server = FAL
        self._wait: Wait | None = None
        self._check_soon = QTimer(self, singleShot=True, interval=120)
        self._check_soon.timeout.connect(self.check)
        self._save_soon = QTimer(self, singleShot=True, interval=600)
        self._save_soon.timeout.connect(drafts.save)
        self._tie()
        self._show_draft()

    @property
    def draft(self) -> Draft:
        """What the form holds."""
        return self._drafts.current

    @property
    def server(self) -> Server:
        """Where real work goes."""
        return self._server

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the draft, as far as is known here."""
        return self._problems

    @property
    def standing(self) -> Standing:
        """All that decides what a press would do."""
        endpoint = self._choosing.catalog.endpoint(self.draft.endpoint_id)
        return Standing(
            made_by=self.draft.made_by,
            count=self.draft.count,
            price_each=self._price(),
            obstacle=self.obstacle,
            unchanged=self._is_ordered(),
            server=self._server,
            wait=self._wait,
            price_in_doubt=endpoint is not None and endpoint.price_doubt is not None,
            price_origin=origin_words(endpoint),
        )

    @property
    def obstacle(self) -> Problem | None:
        """The first error that keeps the draft from being sent."""
        return next((one for one in self._problems if one.severity is Severity.ERROR), None)

    def attach(self, studio: Studio) -> None:
        """The engine is up: problems can be found from now on."""
        self._studio = studio
        self._form.set_more_open(studio.settings.current.more_open)
        self._form.more_toggled.connect(lambda is_open: studio.settings.change(more_open=is_open))
        self._refusals.attach(studio)
        studio.refused.changed.connect(self._show_problems)
        studio.jobs.changed.connect(self.job_changed)
        self.check()

    def show_server(self, server: Server) -> None:
        """Where real work goes."""
        self._server = server
        self._show_money()

    def recognize(self, jobs: Iterable[Job]) -> None:
        """What was ordered before this start makes a press of the same draft another take."""
        shot = self.draft.shot_id
        for job in jobs:
            if shot and job.shot_id == shot and _asks_the_same(job, self.draft):
                self._ordered = job
                self._show_money()
                return

    def show_catalog(self, catalog: Catalog) -> None:
        """Another set of models; the form follows where its own model is different now."""
        self._choosing.catalog = catalog
        self._show_draft()
        self.check()

    def choose_made_by(self, made_by: MadeBy) -> None:
        """Rehearse or real."""
        self._replace(dataclasses.replace(self.draft, made_by=made_by))

    def choose_count(self, count: int) -> None:
        """How many takes one press makes."""
        self._replace(dataclasses.replace(self.draft, count=count))

    def recall(self, endpoint_id: str, values: Values, *, shot_id: str = "") -> None:
        """Puts the settings of something made before into the form, as one step back and forth."""
        draft = recalled(self.draft, endpoint_id, values, shot_id=shot_id)
        intention = intention_of(self._choosing.catalog, endpoint_id, values)
        if intention:
            draft = dataclasses.replace(draft, intention=intention)
        self.step(self.tr("Restore settings"), draft)

    def restore(self, draft: Draft) -> None:
        """Brings a draft back; the present one takes its place among the recent ones."""
        self.step(self.tr("Bring back a draft"), with_money_of(draft, self.draft))

    def save(self) -> None:
        """Puts the draft on disk now."""
        self._drafts.save()

    def start_new(self) -> None:
        """An empty form on the same model; the present one stays among the recent drafts."""
        self._touched = False
        self.step(self.tr("New draft"), recalled(self.draft, self.draft.endpoint_id, {}))
        self.check()

    def put_value(self, loc: Loc, before: str, after: str) -> None:
        """A file of the form was replaced by another form of itself."""

        def replaced(ref: MediaRef) -> str:
            return after if str(ref) == before else str(ref)

        if loc and str(loc[0]) in self.draft.values:
            name = str(loc[0])
            value = with_media_replaced(self.draft.values[name], replaced)
            values = {**self._form.values(), name: value}
            self.put_values(values, step=self.tr("Fit the file"))

    def put_values(self, values: Values, *, step: str = "") -> None:
        """Other values in the form; with a name of a `step` it is one that can be taken back."""
        self._form.set_values(values, undo_text=step, keep_undo=True)
        self._form_changed()

    def show_wait(self, wait: Wait | None) -> None:
        """What a press waits for, or nothing."""
        self._wait = wait
        self._show_money()

    def ordered(self, order: Order, shot_id: str) -> None:
        """The order was taken: the next press of the unchanged draft is another take of it."""
        self._choosing.used(order.endpoint_id)
        if not _asks_the_same(order, self.draft):
            return
        self._drafts.replace(dataclasses.replace(self.draft, shot_id=shot_id))
        self._drafts.save()
        self._ordered = self.draft
        self._show_money()

    def job_changed(self, job: Job) -> None:
        """What fal refuses stands at its field too, while the form holds the same."""
        if self._refusals.keep(job):
            self._show_problems()

    def forget_refusal(self, loc: Loc) -> None:
        """What stands at that place now is warned about no more."""
        self._refusals.forget(self.draft, loc)
        self._show_problems()

    def check(self) -> None:
        """Looks for problems and shows them where they belong."""
        request_type = self.request_type()
        if request_type is None or self._studio is None:
            self._show_money()
            return
        found = checked(self._choosing.catalog, self.draft, request_type, self._media())
        self._problems = (*self._form.own_problems(), *found, *self._choosing.missing())
        self._show_problems()
        self._show_money()

    def look_closely(self) -> None:
        """From now on fields that are merely empty are told too."""
        self._touched = True
        self.check()

    def lead_to_obstacle(self) -> None:
        """To the field that is wrong."""
        self.look_closely()
        self._form.focus_problem()

    def _tie(self) -> None:
        self._form.changed.connect(self._form_changed)
        self._choosing.step_wished.connect(self.step)
        self._choosing.values_wished.connect(lambda text, to: self.put_values(to, step=text))
        self._column.made_by_chosen.connect(lambda word: self.choose_made_by(MadeBy(word)))
        self._column.count_chosen.connect(self.choose_count)
        self._column.reason_pressed.connect(self.lead_to_obstacle)

    def _form_changed(self) -> None:
        before = self.draft
        self._drafts.edit(self._form.values())
        if self.draft == before:
            return
        if before.is_sample:
            self._leave_sample(before)
        if _idea(before.values) != _idea(self.draft.values):
            self._drafts.replace(dataclasses.replace(self.draft, shot_id=""))
        self._choosing.edited()
        self._check_soon.start()
        self._save_soon.start()
        self._show_money()
        self.edited.emit()

    def _leave_sample(self, sample: Draft) -> None:
        """A person's own picture takes the sample's words along with its picture."""
        words = prompt_of(sample.values)
        given = {*_idea(sample.values)[1]}
        own_picture = {self._origin(one) for one in _idea(self.draft.values)[1]} - given
        kept = {name: value for name, value in self.draft.values.items() if value != words}
        if own_picture and kept != self.draft.values:
            self._drafts.edit(kept)
            self._form.set_values(kept, undo_text=self.tr("Replace the sample"))

    def _origin(self, text: str) -> str:
        """The picture that one was made of: a sample that is cropped is the sample still."""
        ref = MediaRef.parse(text)
        stored = self._studio.inputs.get(ref) if self._studio and ref else None
        return str(stored.made.source) if stored and stored.made else text

    def step(self, text: str, after: Draft) -> None:
        """From one whole draft to another, as one step of undo."""

        def put(draft: Draft) -> None:
            self._replace(with_money_of(draft, self.draft))

        self._form.undo_stack.push(DraftStep(text, self.draft, after, put))

    def _replace(self, draft: Draft) -> None:
        if draft.endpoint_id != self.draft.endpoint_id:
            # What another model asks for was not passed over yet.
            self._touched = False
            self._column.show_top()
        focused = self._column.window().focusWidget()
        was_inside = focused is not None and self._form.isAncestorOf(focused)
        self._drafts.replace(draft)
        self._save_soon.start()
        self._show_draft()
        if was_inside and not self._form.isAncestorOf(self._column.window().focusWidget()):
            # The field that had the keyboard is gone, and Qt would hand it to the first tile.
            self._form.focus_first()
        self.check()
        self.edited.emit()

    def _show_draft(self) -> None:
        draft = self.draft
        request_type = self.request_type()
        self._choosing.show()
        self._column.show_count(draft.count)
        if request_type is not None:
            self._form.set_request_type(request_type, keep_undo=True)
            self._form.set_values(draft.values, keep_undo=True)
        self._desk.show_uploads_to(draft.made_by)
        self._show_money()

    def _show_problems(self) -> None:
        shown = self._problems
        if not self._touched:
            shown = tuple(one for one in shown if not one.code.startswith("required_"))
        request_type = self.request_type()
        if request_type is not None:
            shown = (*shown, *self._refusals.of(self.draft, request_type, self._media()))
        self._form.show_problems(shown)

    def _show_money(self) -> None:
        standing = self.standing
        short = short_switch_texts(standing)
        self._column.show_made_by(standing.made_by, *switch_texts(standing), short)
        self._column.show_button(button_look(standing))
        self.ready_changed.emit(standing.obstacle is None)

    def _price(self) -> Decimal | None:
        endpoint = self.endpoint()
        if endpoint is None:
            return None
        return price_of(endpoint, self.draft.values, self._media())

    def _media(self) -> dict[str, MediaFacts]:
        return self._studio.inputs.facts_in(self.draft.values) if self._studio else {}

    def _is_ordered(self) -> bool:
        return self._ordered is not None and _asks_the_same(self._ordered, self.draft)

    def request_type(self) -> RequestType | None:
        """Of the chosen model."""
        return self._choosing.request_type()

    def endpoint(self) -> Endpoint | None:
        """The chosen model."""
        return self._choosing.catalog.endpoint(self.draft.endpoint_id)


def _asks_the_same(one: Draft | Job | Order, other: Draft) -> bool:
    return (
        one.endpoint_id == other.endpoint_id
        and one.made_by is other.made_by
        and dict(one.values) == dict(other.values)
    )


def _idea(values: Values) -> tuple[str, tuple[str, ...]]:
    """What makes it the same shot: the words and the files."""
    return prompt_of(values), tuple(str(ref) for _loc, ref in media_refs(values))
