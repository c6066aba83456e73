"""Deciding on a plan: from the Plan tab to a strategy that runs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cvdesk.kit.session import Session
from cvdesk.strategy.records_plan import Planned, PlanOutcome


def decide(session: Session, parent: QWidget, planned: Planned, outcome: PlanOutcome) -> None:
    """Asks for name, days, goals and the mix in a sentence, then keeps the plan as the running strategy."""
