"""What stands on the button of a way out, and in the list of steps that can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kling_desktop.catalog.refused_limits import most_seconds
from kling_desktop.records.problem import Remedy, WayKind

if TYPE_CHECKING:
    from kling_desktop.records.problem import Problem, Way

translate = QCoreApplication.translate


def way_text(way: Way) -> str:
    """What one click will do: "Set “Length” to 5 s"."""
    told = {
        "field": translate("Catalogue", way.title) if way.title else "",
        "choice": translate("Catalogue", way.choice) if way.choice else "",
        "count": f"{way.count:,}",
    }
    return _sentence(way).format(**told)


def remedy_text(problem: Problem) -> str:
    """The same for what is done to a file, or nothing where the form cannot offer it."""
    if problem.remedy is Remedy.SHORTEN:
        return _shortening(problem)
    if problem.remedy is Remedy.CROP and "shape" in problem.values:
        return translate("ProblemLines", "Crop it to the same shape")
    if problem.remedy is Remedy.CONVERT and "into" in problem.values:
        return translate("ProblemLines", "Convert to {form}").format(form=problem.values["into"])
    texts = {
        Remedy.CONVERT: translate("ProblemLines", "Convert it"),
        Remedy.SHRINK: translate("ProblemLines", "Shrink it"),
        Remedy.CROP: translate("ProblemLines", "Crop it"),
        Remedy.PAD: translate("ProblemLines", "Pad it"),
        Remedy.FRAME: translate("ProblemLines", "Frame…"),
        Remedy.ENTER_KEY: translate("ProblemLines", "Enter key"),
        Remedy.RETRY: translate("ProblemLines", "Try again"),
    }
    return texts.get(problem.remedy, "")


def _shortening(problem: Problem) -> str:
    seconds = most_seconds(problem)
    if seconds is None:
        return ""
    return translate("ProblemLines", "Use the first {seconds} s").format(seconds=f"{seconds:g}")


def _sentence(way: Way) -> str:
    match way.kind:
        case WayKind.LEAVE_OUT:
            return _leaving_out(way)
        case WayKind.SET:
            return _setting(way.choice)
        case WayKind.KEEP_FIRST:
            return _keeping(way)
        case _:
            return _plain(way.kind)


def _plain(kind: WayKind) -> str:
    texts = {
        WayKind.TAKE_OUT_WORDS: translate("ProblemLines", "Take {choice} out of the text"),
        WayKind.SHORTEN_SHOTS: translate("ProblemLines", "Shorten the longest to {count} s in all"),
        WayKind.TO_THE_EDGE: translate("ProblemLines", "Move it to the edge of the picture"),
        WayKind.MOVE_HERE: translate("ProblemLines", "Move “{field}” here"),
        WayKind.OTHER_MODEL: translate("ProblemLines", "Use {field} · {choice}"),
        WayKind.FORGET: translate("ProblemLines", "Forget this"),
    }
    return texts.get(kind, "")


def _leaving_out(way: Way) -> str:
    if way.count:
        return translate("ProblemLines", "Leave out entry {count} of “{field}”")
    return translate("ProblemLines", "Leave out “{field}”")


def _setting(choice: str) -> str:
    texts = {
        "on": translate("ProblemLines", "Turn “{field}” on"),
        "off": translate("ProblemLines", "Turn “{field}” off"),
    }
    return texts.get(choice, translate("ProblemLines", "Set “{field}” to {choice}"))


def _keeping(way: Way) -> str:
    if not way.title:
        return translate("ProblemLines", "Cut it after {count} characters")
    if way.count == 1:
        return translate("ProblemLines", "Keep only the first of “{field}”")
    return translate("ProblemLines", "Keep the first {count} of “{field}”")
