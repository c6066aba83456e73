"""The forms of the Customers page: opening them beside the list, keeping what is half typed, saving."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from cvdesk.catalogue import store as catalogue
from cvdesk.customers import store, store_names, store_risk, store_touch, store_views
from cvdesk.customers.form import CustomerForm
from cvdesk.customers.form_points import PointsForm
from cvdesk.customers.form_touch import MergeForm, PurchaseForm, TouchForm, ViewForm
from cvdesk.customers.records import Customer
from cvdesk.customers.store_list import CustomerQuery
from cvdesk.customers.store_views import View
from cvdesk.db import Operation
from cvdesk.kit.drafts import DraftForm
from cvdesk.kit.session import Session
from cvdesk.kit.side import SidePanel
from cvdesk.wording import _

DRAFT = "customer-form"
DRAFT_AFTER_MS = 400
Work = Callable[[Operation], Any]


class CustomerWork(QObject):
    """Shows forms in the panel. `saved` says which customer was, None where no customer is meant; `compare` which two
    are to be shown side by side.
    """

    saved = Signal(object)
    compare = Signal(object, object)

    def __init__(self, session: Session, side: SidePanel) -> None:
        super().__init__(side)
        self.session, self._side = session, side
        self.form: CustomerForm
        self.points_form: PointsForm
        self.small_form: TouchForm | PurchaseForm | ViewForm | MergeForm
        self._about: dict[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep)

    # Forms

    def customer(self, customer: Customer) -> CustomerForm:
        """The form for a customer, new or known."""
        file = self.session.file
        form = self.form = CustomerForm(
            self._side.theme,
            catalogue.named(file, "segments"),
            catalogue.named(file, "tags"),
            catalogue.named(file, "channels"),
        )
        form.load(customer)
        new = customer.id is None
        heading = _("New customer") if new else _("Edit {name}").format(name=customer.name)
        self._show(form, heading, partial(self._save_customer, form), {"kind": "customer", "id": customer.id})
        return form

    def touch(self, customer: Customer) -> TouchForm:
        """The form for a contact with a customer."""
        file, today = self.session.file, self.session.today()
        form = TouchForm(self._side.theme, customer.id or 0, today, catalogue.named(file, "channels"))
        self.small_form = form
        said = _("Contact with {name} noted").format(name=customer.name)

        def work() -> Work:
            return partial(store_touch.note_contact, touch=form.record(), today=today, staff_id=self.session.staff_id)

        self._show_small(form, _("Contact with {name}").format(name=customer.name), work, said, customer, "touch")
        return form

    def purchase(self, customer: Customer) -> PurchaseForm:
        """The form for a purchase of a customer."""
        from babel.numbers import get_currency_precision

        file, today = self.session.file, self.session.today()
        currency = catalogue.business(file).currency
        form = PurchaseForm(
            self._side.theme, customer.id or 0, today, catalogue.named(file, "offerings"), currency,
            get_currency_precision(currency),
        )  # fmt: skip
        self.small_form = form
        said = _("Purchase of {name} noted").format(name=customer.name)

        def work() -> Work:
            return partial(store_touch.add_purchase, purchase=form.record(), today=today)

        self._show_small(form, _("Purchase of {name}").format(name=customer.name), work, said, customer, "purchase")
        return form

    def merge(self, customer: Customer) -> None:
        """Asks which other customer is the same one."""
        file = self.session.file
        form = MergeForm(self._side.theme, customer.id or 0, lambda text: store.find_matches(file, text))
        self.small_form = form
        heading = _("Merge {name} with…").format(name=customer.name)
        self._show(form, heading, partial(self._compare, form, customer), {}, _("Compare"))

    def points(self) -> None:
        """The form for what counts as at risk."""
        form = PointsForm(self._side.theme, store_risk.points(self.session.file))
        self.points_form = form
        self._show(form, _("What counts as at risk"), partial(self._save_points, form), {})

    def _save_points(self, form: PointsForm) -> None:
        problems = form.problems()
        form.show_problems(problems)
        if not problems:
            said = _("What counts as at risk was changed")
            self._run(form, said, partial(store_risk.save_points, chosen=form.record()), said)

    def _compare(self, form: MergeForm, customer: Customer) -> None:
        problems = form.problems()
        form.show_problems(problems)
        if not problems:
            self._side.form = None
            self.compare.emit(customer.id, form.wanted())

    def name_view(self, query: CustomerQuery, view: View | None) -> None:
        """Asks for the name of a view to keep, or of one to rename."""
        form = self.small_form = ViewForm(self._side.theme, view.name if view is not None else "")
        heading = _("Keep this view") if view is None else _("Rename “{name}”").format(name=view.name)
        self._show(form, heading, partial(self._save_view, form, query, view), {})

    def _show_small(
        self,
        form: TouchForm | PurchaseForm,
        heading: str,
        work: Callable[[], Work],
        said: str,
        customer: Customer,
        kind: str,
    ) -> None:
        """`work` is asked for when the form is saved: what it says is read here, the writer only writes it."""
        about = {"kind": kind, "id": customer.id}
        self._show(form, heading, partial(self._save_small, form, work, said, customer.id), about)

    def _show(
        self, form: DraftForm, heading: str, on_save: Callable[[], None], about: dict[str, Any], save: str = ""
    ) -> None:
        self.forget()
        self._about = about
        self._side.setVisible(True)
        self._side.show_form(heading, form, save or _("Save"), on_save)
        if about:
            form.edited.connect(self._timer.start)

    # What is half typed

    def keep(self) -> None:
        """Keeps what is half typed, so that a crash takes at most the last words."""
        self._timer.stop()
        form = self._side.form
        if isinstance(form, DraftForm) and self._about and not self._side.busy:
            text = json.dumps(self._about | {"fields": form.texts()}, ensure_ascii=False)
            self.session.save_draft(DRAFT, text if self._side.typed else "")

    def forget(self) -> None:
        """The form was left: what was typed is not wanted."""
        self._timer.stop()
        if self._about:
            self.session.save_draft(DRAFT, "")
        self._about = {}

    def restore(self) -> None:
        """Opens the form again that was open when the program ended without saving it."""
        try:
            kept = json.loads(self.session.draft(DRAFT) or "{}")
        except ValueError:
            return
        if not isinstance(kept, dict) or self.session.file.read_only or not kept.get("fields"):
            return
        words = _("You were writing this. It has not been saved yet.")
        try:
            known = kept.get("id")
            customer = Customer("") if known is None else store.get(self.session.file, int(known))
        except LookupError:
            customer, words = Customer(""), _("This customer was deleted meanwhile. Saved, it is a new one.")
            if kept.get("kind") != "customer":
                self.session.save_draft(DRAFT, "")
                return
        show = {"touch": self.touch, "purchase": self.purchase}.get(str(kept.get("kind")), self.customer)
        form = show(customer)
        form.say_above(words)
        form.fill(kept["fields"])
        self.keep()

    # Saving

    def _save_customer(self, form: CustomerForm) -> None:
        problems = form.problems(self.session.today())
        form.show_problems(problems)
        if problems:
            return
        customer = form.record()
        label = _("Add {name}") if customer.id is None else _("Change {name}")
        said = _("{name} added") if customer.id is None else _("{name} changed")
        save = partial(store_names.save_named, customer=customer, segment=form.segment_name(), tags=form.tag_names())
        self._run(form, label.format(name=customer.name), save, said.format(name=customer.name))

    def _save_small(
        self, form: TouchForm | PurchaseForm, work: Callable[[], Work], said: str, customer_id: int | None
    ) -> None:
        problems = form.problems(self.session.today())
        form.show_problems(problems)
        if not problems:
            write = work()

            def noted(op: Operation) -> int | None:
                write(op)
                return customer_id

            self._run(form, said, noted, said)

    def _save_view(self, form: ViewForm, query: CustomerQuery, view: View | None) -> None:
        problems = form.problems()
        form.show_problems(problems)
        if problems:
            return
        name = form.name.text()

        def kept(op: Operation) -> None:
            if view is None:
                store_views.save_view(op, name, query)
            else:
                store_views.rename_view(op, view.id, name)

        said = _("View “{name}” kept").format(name=name)
        self._run(form, said, kept, said)

    def _run(self, form: DraftForm, label: str, work: Work, said: str) -> None:
        self._timer.stop()
        self._side.set_busy(True)

        def whole(op: Operation) -> Any:
            result = work(op)
            op.forget_draft(DRAFT)
            return result

        self.session.run(label, whole, partial(self._done, form), partial(self._failed, form), said)

    def _done(self, form: DraftForm, customer_id: int | None) -> None:
        if self._side.form is form:
            self.forget()  # the operation did so already, unless there was nothing to change
            self._side.form = None
            self.saved.emit(customer_id)

    def _failed(self, form: DraftForm, error: Exception) -> None:
        """A customer who was deleted meanwhile can be saved as a new one: nothing typed is lost."""
        if not isinstance(error, LookupError) or self._side.form is not form:
            self._side.save_failed(form, error)
        else:
            self._side.set_busy(False)
            if isinstance(form, CustomerForm):
                form.forget_record()
                self._about["id"] = None
                form.say_above(_("This customer was deleted meanwhile. Save again to add a new one."))
            else:
                form.say_above(_("This customer was deleted meanwhile; nothing can be noted here any more."))
        self.keep()


__all__ = ["DRAFT", "CustomerWork"]
