"""Facts as people read them: problems, money, times, sizes, counts. Pure, translated."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from kling_desktop.records.problem import Charge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kling_desktop.records.problem import Problem

translate = QCoreApplication.translate

PROBLEM_CONTEXT = "Problem"
"""Where the translators find the sentences of problems, by their English text."""


@dataclass(frozen=True, slots=True)
class Said:
    """A problem in the language of the window; any of the three may be empty."""

    what: str
    why: str
    do: str

    @property
    def text(self) -> str:
        """All of it as one paragraph."""
        return " ".join(part for part in (self.what, self.why, self.do) if part)


def say(problem: Problem) -> Said:
    """The three sentences of a problem, translated, with its values filled in."""
    return Said(*(_fill(part, problem.values) for part in (problem.what, problem.why, problem.do)))


def say_details(problem: Problem) -> str:
    """What "Copy details" puts on the clipboard: the sentences, the code, the raw facts."""
    place = ".".join(str(step) for step in problem.loc)
    lines = (say(problem).text, f"code: {problem.code}", f"at: {place}" if place else "")
    return "\n".join(line for line in (*lines, problem.details) if line)


def money(amount: Decimal | None) -> str:
    """US dollars to the cent, or to the tenth of a cent where the cent would hide something."""
    if amount is None:
        return translate("words", "price unknown")
    cents = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if cents == amount or amount >= 1:
        return f"${cents:,}"
    return f"${amount.quantize(Decimal('0.001'), ROUND_HALF_UP).normalize():,f}"


def about(amount: Decimal | None) -> str:
    """An estimate: "about $0.56", or that it is not known."""
    if amount is None:
        return money(None)
    return translate("words", "about {sum}").format(sum=money(amount))


def price_chip(amount: Decimal, seconds: int | None) -> str:
    """ "$0.28 / 5 s": what a clip of a usual length costs."""
    if not seconds:
        return money(amount)
    return translate("words", "{sum} / {seconds} s").format(sum=money(amount), seconds=seconds)


def charge(kind: Charge, amount: Decimal | None = None) -> str:
    """What an end cost: "Not charged", "Probably not charged", "May be charged", "Charged $x"."""
    match kind:
        case Charge.NOT_CHARGED:
            return translate("words", "Not charged")
        case Charge.PROBABLY_NOT:
            return translate("words", "Probably not charged")
        case Charge.MAY_BE:
            return translate("words", "May be charged")
        case Charge.CHARGED if amount is None:
            return translate("words", "Charged")
        case Charge.CHARGED:
            return translate("words", "Charged {sum}").format(sum=money(amount))


def clock(seconds: float) -> str:
    """Elapsed time as a clock: "0:07", "1:52", "1:02:03"."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def fine_clock(seconds: float) -> str:
    """A place in a sound, to the tenth of a second: "0:07.4"."""
    tenths = round(max(0.0, seconds) * 10)
    return f"{clock(tenths / 10 + 0.01)}.{tenths % 10}"


def timecode(frame: int, frame_rate: float) -> str:
    """HH:MM:SS:FF of a frame counted from 0, non-drop, at the nearest whole rate."""
    rate = max(1, round(frame_rate))
    seconds, frames = divmod(max(0, frame), rate)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}:{frames:02}"


def span(low: int, high: int) -> str:
    """A usual time in seconds: "40 to 90 s", "2 to 4 min"."""
    if high < 120:
        unit = translate("words", "{low} to {high} s") if low < high else _SECONDS
        return translate("words", unit).format(low=low, high=high)
    low, high = max(1, round(low / 60)), round(high / 60)
    unit = translate("words", "{low} to {high} min") if low < high else _MINUTES
    return translate("words", unit).format(low=low, high=high)


_SECONDS = "about {high} s"
_MINUTES = "about {high} min"


def file_size(size: int) -> str:
    """Bytes in decimal units: "812 bytes", "12.4 MB"."""
    if size < 1000:
        return counted(size, "%n byte", "%n bytes")
    amount = float(size)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 999.5 or unit == "GB":
            break
    return f"{amount:.0f} {unit}" if amount >= 100 else f"{amount:.1f} {unit}"


def moved(done: int, total: int | None) -> str:
    """How far a transfer is: "3.1 of 12.4 MB", or the bytes so far where the end is unknown."""
    if not total:
        return file_size(done)
    return translate("words", "{done} of {total}").format(
        done=file_size(done), total=file_size(total)
    )


def share(done: int, total: int | None) -> str:
    """ "62 %"; empty where the whole is not known."""
    return f"{min(100, done * 100 // total)} %" if total else ""


def counted(number: int, one: str, many: str, context: str = "words") -> str:
    """A count in words; `one` and `many` hold `%n`. A translation may have more plural forms."""
    said = translate(context, many, None, number)
    if said == many.replace("%n", str(number)) and number == 1:
        said = translate(context, one, None, number)
    return said.replace("%n", str(number))


def pixels(width: int, height: int) -> str:
    """ "4032 × 2688"."""
    return f"{width} × {height}"


def resolution(short_side: int | None, frame_rate: float | None) -> str:
    """ "720p · 24 fps", leaving out what is not known."""
    parts = []
    if short_side:
        parts.append(f"{short_side}p")
    if frame_rate:
        parts.append(translate("words", "{rate} fps").format(rate=f"{frame_rate:g}"))
    return " · ".join(parts)


def _fill(template: str, values: Mapping[str, str | int | float]) -> str:
    if not template:
        return ""
    text = translate(PROBLEM_CONTEXT, template).format_map(_Lenient(values)).rstrip()
    is_open = template.endswith("}") and text and not text.endswith((".", "!", "?", "…"))
    return f"{text}." if is_open else text


class _Lenient(dict[str, Any]):
    """Leaves a placeholder standing where its value is missing."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
