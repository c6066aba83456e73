"""How the sample's owner looks after customers: rhythms, first steps, rewards, people who meet; and an earlier plan."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cvdesk.care import store_community, store_faq, store_groups, store_loyalty, store_onboarding, store_poster
from cvdesk.care import store_vouchers as vouchers
from cvdesk.care.records_community import Advocate, Faq, Gathering, Group, Pair, Referral
from cvdesk.care.records_gestures import Limits as Budget
from cvdesk.care.records_goals import Goal
from cvdesk.care.records_loyalty import Rule, Tier, Tiers
from cvdesk.care.records_onboarding import Step, Template
from cvdesk.care.records_vouchers import NewVoucher
from cvdesk.care.store_gestures import save_limits
from cvdesk.care.store_goals import save_goal
from cvdesk.care.store_rhythm import set_tag_rhythm
from cvdesk.catalogue import store as catalogue
from cvdesk.db import Operation
from cvdesk.exchange.sample_words import Story, texts
from cvdesk.strategy import store_kept, store_kept_now, store_kept_propose
from cvdesk.strategy.records_plan import Limits
from cvdesk.strategy.store_actions import actions
from cvdesk.strategy.store_basis import basis
from cvdesk.strategy.store_plan import planned_from
from cvdesk.wording.numbers import month_long

_NAMED = "SELECT name, id FROM customers ORDER BY id"
_TAGGED = """
SELECT customer_id FROM customer_tags JOIN tags ON tags.id = tag_id JOIN customers ON customers.id = customer_id
WHERE tags.name = ? AND customers.active = 1 ORDER BY customer_id
"""
_NEWEST = "SELECT id, since FROM customers WHERE active = 1 AND kind = ? AND since <= ? ORDER BY since DESC, id LIMIT ?"
_PRAISING = """
SELECT customer_id FROM entries WHERE kind = 'praise' AND customer_id IS NOT NULL
GROUP BY customer_id ORDER BY count(*) DESC, customer_id LIMIT 3
"""
_ASKED = "SELECT id FROM customers WHERE active = 1 ORDER BY id"
_BEFORE_DAYS = 40  # how long before the opening the plan for it was decided on
_MONTHS = 6
_PERMISSION = (("yes", 0.45, "Said so when the card was filled in"), ("no", 0.06, "Asked not to be written to"))


def look_after(op: Operation, story: Story, rng: random.Random) -> None:
    """Everything of care. What waits to be done today is little, as on a desk that is kept."""
    told = texts("care")
    people = {row["name"]: row["id"] for row in op.rows(_NAMED)}
    _ask_permission(op, story.today, rng)
    _keep_in_touch(op, story.today, told, people)
    _first_steps(op, story.today, told)
    _thank(op, story.today, told, people, rng)
    _bring_together(op, story, told, people)
    _write_up(op, story, told)


def connect_actions(op: Operation) -> None:
    """What cannot be done together: who has a driver for the early round still charges for it."""
    by_name = {row["name"]: row["id"] for row in op.rows("SELECT name, id FROM actions")}
    for item in texts("shop")["action"]:
        if "excludes" in item:
            pair = {"action_id": by_name[item["name"]], "other_id": by_name[item["excludes"]]}
            op.insert("action_rules", {**pair, "kind": "excludes"})


def plan_once(op: Operation, story: Story) -> None:
    """The plan before the evening collection, decided on with what was known on that day, and reviewed since."""
    words, day = texts("care")["strategy"], story.opening - timedelta(days=_BEFORE_DAYS)
    known = tuple(replace(one, status="idea") for one in actions(op))
    wanted = frozenset(one.id for one in known if one.done is not None and one.id is not None)
    limits = Limits(months=_MONTHS, ticked=wanted)
    found = planned_from(basis(op, day), known, limits)
    if found.own is None:
        return
    chosen, _measures = store_kept_propose.propose(op, found, found.own, day)
    # A promise is about ideas; today's statuses stay as they are.
    kept = store_kept.decide(op, replace(chosen, name=words["name"], starts=day), day)
    result = store_kept_now.result_of(store_kept_now.kept(op, store_kept.strategy(op, kept), story.today), story.today)
    store_kept.review(op, kept, result, words["learned"], None, story.today)


def _ask_permission(op: Operation, today: date, rng: random.Random) -> None:
    day = (today - timedelta(days=200)).isoformat()
    for (customer,) in op.rows(_ASKED):
        draw = rng.random()
        for answer, share, how in _PERMISSION:
            if draw < share:
                values = {"may_write": answer, "may_write_on": day, "may_write_how": how}
                op.update("customers", customer, values)
                break
            draw -= share


def _keep_in_touch(op: Operation, today: date, told: Mapping[str, Any], people: Mapping[str, int]) -> None:
    set_tag_rhythm(op, catalogue.ensure(op, "tags", told["rhythm_tag"]), told["rhythm_days"])
    for item in told["goal"]:
        due = today + timedelta(days=item["due_in"])
        save_goal(op, Goal(people[item["customer"]], item["goal"], item["help"], due))


def _first_steps(op: Operation, today: date, told: Mapping[str, Any]) -> None:
    """The newest businesses and people are under way, one of them stuck."""
    for item, kind in zip(told["onboarding"], ("organisation", "person"), strict=True):
        steps = tuple(Step(*step) for step in item["steps"])
        template = store_onboarding.save_template(op, Template(item["name"], steps))
        for place, row in enumerate(op.rows(_NEWEST, (kind, today.isoformat(), 3))):
            begun = today - timedelta(days=11 + 9 * place)
            store_onboarding.start(op, row["id"], template, begun)
            run = next(one for one in store_onboarding.runs(op, row["id"]))
            ready = [step for step in run.steps if step.due < today - timedelta(days=1)]
            stuck = kind == "organisation" and place == 1
            for step in ready[: len(ready) - stuck]:
                store_onboarding.tick(op, step.id, step.due)


def _thank(op: Operation, today: date, told: Mapping[str, Any], people: Mapping[str, int], rng: random.Random) -> None:
    staff = {row["name"]: row["id"] for row in op.rows("SELECT name, id FROM staff")}
    save_limits(op, Budget(told["gesture_month"], {staff[name]: most for name, most in told["gesture_staff"].items()}))
    since = today - timedelta(days=21)
    for item in told["loyalty"]:
        store_loyalty.save_rule(op, Rule(item["by"], item["step"], item["gives"], since, item["worth"]))
    store_loyalty.save_tiers(op, Tiers(steps=tuple(Tier(item["name"], item["starts"]) for item in told["tier"])))
    for item in told["voucher"]:
        issued = today - timedelta(days=item["issued_ago"])
        made = vouchers.issue(op, NewVoucher(
            item["gives"], item["worth"], issued, issued + timedelta(days=180), people[item["customer"]],
            reason=item["reason"],
        ), rng.randrange)  # fmt: skip
        if "used_ago" in item:  # in the past of a shop that is not real: no journal is kept of it
            used = today - timedelta(days=item["used_ago"])
            op.update("vouchers", made.id, {"redeemed": used.isoformat(), "redeemed_note": "At the counter"})


def _bring_together(op: Operation, story: Story, told: Mapping[str, Any], people: Mapping[str, int]) -> None:
    today = story.today
    for (customer,) in op.rows(_PRAISING):
        asked = today - timedelta(days=60)
        store_community.save_advocate(op, Advocate(customer, asked, True, False, asked, "Asked at the counter"))
    tag = told["group_tag"]
    group = store_groups.save_group(op, Group(tag), _ids(op.rows(_TAGGED, (tag,))))
    event = told["event"]
    evening = Gathering(event["name"], today + timedelta(days=event["in_days"]), group, event["note"])
    gathering = store_groups.save_gathering(op, evening)
    guests = _ids(op.rows(_TAGGED, (tag,)))[:10]
    store_groups.invite(op, gathering, guests)
    for place, guest in enumerate(store_groups.guests(op, gathering)):
        store_groups.set_state(op, guest.id, ("coming", "coming", "declined", "invited")[place % 4])
    for item in told["referral"]:
        day = today - timedelta(days=item["ago"])
        thanked = day + timedelta(days=3) if item.get("thanked") else None
        store_community.save_referral(op, Referral(
            people[item["from"]], day, people.get(item.get("to", "")), item.get("name", ""), thanked,
        ))  # fmt: skip


def _write_up(op: Operation, story: Story, told: Mapping[str, Any]) -> None:
    themes = {row["key"]: row["id"] for row in op.rows("SELECT key, id FROM themes")}
    for item in told["faq"]:
        store_faq.save_faq(op, Faq(item["question"], item["answer"], themes[item["theme"]]))
    for item in told["pair"]:
        did = item["did"].format(month=month_long(story.opening))
        store_poster.save_pair(op, Pair(item["said"], did, story.today))


def _ids(rows: Iterable[Any]) -> list[int]:
    return [row[0] for row in rows]
