"""Strategy as JSON: what runs, what was promised, what came, every action."""

import json
from datetime import date

from cvdesk.strategy.json import as_json
from cvdesk.strategy.store_kept import review, strategy
from cvdesk.strategy.store_kept_now import kept, result_of
from tests.strategy.kept_shop import TODAY, VAN, add_action, decided, shop, step


def test_everything_is_there_and_is_plain_json(tmp_path, tmp_path_factory):
    with shop(tmp_path, tmp_path_factory.mktemp("template")) as file:
        assert as_json(file, TODAY) == {
            "optimism": {"value": 0.7, "n": 0}, "running": None, "ended": [], "actions": [],
        }  # fmt: skip
        van = add_action(file, "Second van", chance=0.8, cost_month_minor=42000)
        kept_id = decided(file, [van], date(2026, 4, 20))
        step(file, van, "started", VAN)
        found = json.loads(json.dumps(as_json(file, TODAY)))
        running = found["running"]
        assert (running["id"], running["state"], running["from"]) == (str(kept_id), "running", "2026-04-20")
        assert running["promise"]["actions"][0]["expected"] == {"delivery": 0.8}
        assert running["results"][0]["said"] == "worked"
        assert set(running["results"][0]["measured"]) == {"value", "low", "high"}
        assert set(running["net"]) == {"value", "low", "high", "n"}
        assert set(running["goals"][0]["now"]) == {"value", "low", "high", "n"}
        assert found["actions"][0]["cost_month_minor"] == 42000
        result = result_of(kept(file, strategy(file, kept_id), TODAY), TODAY)
        file.run("End", lambda op: review(op, kept_id, result, "Vans help", None, TODAY))
        ended = as_json(file, TODAY)["ended"][0]
        assert (ended["learned"], ended["results"], ended["net"]) == ("Vans help", running["results"], running["net"])
