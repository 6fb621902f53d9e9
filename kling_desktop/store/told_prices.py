"""What servers said that their endpoints cost, and when they were asked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kling_desktop.records.told_price import ToldPrice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kling_desktop.store.database import Database


class ToldPriceStore:
    """One price per server and endpoint, and one moment per server."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def asked_at(self, origin: str) -> float | None:
        """When that server was asked last (Unix seconds)."""
        row = self._database.connection.execute(
            "SELECT asked_at FROM prices_asked WHERE origin = ?", (origin,)
        ).fetchone()
        return None if row is None else float(row["asked_at"])

    def of(self, origin: str) -> list[ToldPrice]:
        """All that a server told."""
        rows = self._database.connection.execute(
            "SELECT endpoint_id, amount, unit, currency, told_at FROM told_price WHERE origin = ?",
            (origin,),
        )
        return [
            ToldPrice(
                endpoint_id=row["endpoint_id"],
                amount=Decimal(row["amount"]),
                unit=row["unit"],
                currency=row["currency"],
                told_at=row["told_at"],
            )
            for row in rows
        ]

    def save(self, origin: str, prices: Iterable[ToldPrice], asked_at: float) -> None:
        """Keeps what was told now; of what it said nothing about, the old word stays."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO prices_asked VALUES (?, ?)", (origin, asked_at)
            )
            for one in prices:
                connection.execute(
                    "INSERT OR REPLACE INTO told_price VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        origin,
                        one.endpoint_id,
                        f"{one.amount:f}",
                        one.unit,
                        one.currency,
                        one.told_at,
                    ),
                )
