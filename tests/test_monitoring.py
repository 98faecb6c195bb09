"""The alert rules and the dashboard ask only for what the program serves, in sound PromQL.

Prometheus and Grafana are not here: a parser of PromQL reads each query, with the types of its
parts, and what Grafana would refuse or show empty is looked for.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any
from uuid import UUID

import promql_parser
import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from bot.bootstrap import Assistant
from bot.core.catalog import Language
from bot.core.envelopes import ClaimedEffect, DeliveryOutcome
from bot.core.question_counts import passed
from bot.core.tickets.ticket import State
from bot.replica.metrics import Metrics
from bot.replica.workload_metrics import WorkloadMetrics
from tests.conftest import ROOT, Clock
from tests.factories import LIISA, NOW, RULES, a_question, in_state

Served = Mapping[str, Mapping[str, set[str]]]
ALERTS = ROOT / "deploy" / "alerts.yml"
DASHBOARD: dict[str, Any] = json.loads(
    (ROOT / "deploy" / "dashboard.json").read_text(encoding="utf-8")
)
PANELS: list[dict[str, Any]] = DASHBOARD["panels"]
_RULE = re.compile(
    r"- alert: (\w+)\n +expr: (.+)\n(?: +for: \d+[mhd]\n)? +labels: {severity: (\w+)}\n"
    r" +annotations:\n +summary: (.+)\n"
)
RULES_OF_ALERTS = _RULE.findall(ALERTS.read_text(encoding="utf-8"))
QUERIES = [
    *(expr for _, expr, *_ in RULES_OF_ALERTS),
    *(target["expr"] for panel in PANELS for target in panel["targets"]),
]
_OF_RANGES = frozenset({"rate", "increase"})
_SELECTOR = re.compile(r"\b(seloste_\w+)(?:{([^}]*)})?(\[\d+[smhd]\])?")
_MATCHER = re.compile(r'(\w+)(?:=~|!~|!=|=)"([\w|]*)"')


@pytest.fixture
def served(app: Assistant, clock: Clock) -> Served:
    """Return each sample that a busy program serves, as Prometheus reads it, with its labels."""
    with app.store.transaction() as unit:
        opened = (State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION, State.CONFIRMED)
        for number, state in enumerate(opened, 1):
            numbered = {"id": str(UUID(int=number)), "number": f"T-2026-{number:04}"}
            ticket = replace(in_state(state), **numbered)  # type: ignore[arg-type]
            unit.tickets.save(ticket, app.store.keys.person(LIISA), NOW.date())
        unit.inquiries.save(a_question(), "somebody")
        unit.question_counts.add(RULES.today(clock()), Language.FI, *passed("topic.dpo"))
    metrics = Metrics(app.store, clock, app.codes)
    claimed = ClaimedEffect(
        position=1,
        token="t",
        kind="say",
        destination="slack:1",
        payload="",
        owner="o",
        attempt=1,
        created_at=NOW,
    )
    metrics.settled(DeliveryOutcome(effect=claimed, sent=True))
    metrics.registry.register(WorkloadMetrics(app.store, RULES, clock))
    found: dict[str, dict[str, set[str]]] = {}
    page = generate_latest(metrics.registry).decode()
    families = list(text_string_to_metric_families(page))
    assert all(family.documentation and family.type != "unknown" for family in families)
    for sample in (one for family in families for one in family.samples):
        labels = found.setdefault(sample.name, {})
        for label, value in sample.labels.items():
            labels.setdefault(label, set()).add(value)
    return found


def test_each_rule_is_read_and_has_a_severity_that_is_known() -> None:
    text = ALERTS.read_text(encoding="utf-8")
    assert len(RULES_OF_ALERTS) == text.count("- alert: ") == text.count("expr: ") > 5
    assert len({name for name, *_ in RULES_OF_ALERTS}) == len(RULES_OF_ALERTS)
    assert {severity for _, _, severity, _ in RULES_OF_ALERTS} <= {"critical", "warning", "info"}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_names_samples_labels_and_values_that_are_served(
    query: str, served: Served
) -> None:
    selected = _SELECTOR.findall(query)
    assert selected
    for name, labels, _ in selected:
        assert name in served
        for label, values in _MATCHER.findall(labels):
            assert set(values.split("|")) <= served[name][label]
        if labels:
            assert len(_MATCHER.findall(labels)) == labels.count(",") + 1
    for grouped in re.findall(r"\bby \(([^)]*)\)", query):
        for label in grouped.split(", "):
            assert all(label in served[name] for name, *_ in selected)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_is_sound(query: str) -> None:
    promql_parser.parse(query)
    for found in _SELECTOR.finditer(query):
        name, _, over = found.groups()
        within = re.search(r"(\w+)\($", query[: found.start()])
        # What only grows is looked at by its growth, and nothing else is.
        grows = name.endswith(("_total", "_bucket"))
        assert bool(over) == grows == (within is not None and within[1] in _OF_RANGES)


@pytest.mark.parametrize(
    "query", ["sum by (state) (seloste_tickets_open) >", "rate(seloste_codes_total)", "nosuch(x)"]
)
def test_what_prometheus_would_refuse_is_refused(query: str) -> None:
    with pytest.raises(ValueError, match=r"invalid promql|expected type|unknown function"):
        promql_parser.parse(query)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_words_of_an_alert_name_labels_that_its_query_leaves(served: Served) -> None:
    for _, query, _, summary in RULES_OF_ALERTS:
        grouped = re.findall(r"\bby \(([^)]*)\)", query)
        left = set(grouped[0].split(", ")) if grouped else set()
        if not re.match(r"\w+(?: by \([^)]*\) )?\(", query):  # nothing is summed up
            left = set.union(*(set(served[name]) for name, *_ in _SELECTOR.findall(query)))
        assert set(re.findall(r"\$labels\.(\w+)", summary)) <= left
        assert set(re.findall(r"\$value \| (\w+)", summary)) <= {"humanizeDuration"}
        quoted = summary.startswith('"') == summary.endswith('"')
        assert quoted
        assert not summary.startswith("{")  # which YAML would take for a mapping


def test_grafana_finds_in_the_dashboard_what_it_needs_to_import_it() -> None:
    assert DASHBOARD["title"]
    assert re.fullmatch(r"[\w-]{1,40}", DASHBOARD["uid"])
    assert DASHBOARD.get("id") is None  # a number of another Grafana
    assert DASHBOARD["schemaVersion"] >= 36
    assert set(DASHBOARD["time"]) == {"from", "to"}
    variables = {one["name"]: one for one in DASHBOARD["templating"]["list"]}
    assert variables["datasource"]["type"] == "datasource"
    assert variables["datasource"]["query"] == "prometheus"
    assert len({panel["id"] for panel in PANELS}) == len(PANELS) > 5
    assert len({panel["title"] for panel in PANELS}) == len(PANELS)


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: str(panel["title"]))
def test_a_panel_can_be_drawn(panel: dict[str, Any]) -> None:
    assert panel["type"] in {"stat", "timeseries"}
    source = {"type": "prometheus", "uid": "${datasource}"}
    assert panel["datasource"] == source
    assert all(one["datasource"] == source and one["expr"] for one in panel["targets"])
    assert len({one["refId"] for one in panel["targets"]}) == len(panel["targets"]) > 0
    defaults = panel["fieldConfig"]["defaults"]
    assert defaults["unit"] in {"s", "dtdurations", "short", "none", "ops", "cps"}
    steps = [one["value"] for one in defaults.get("thresholds", {}).get("steps", [])]
    assert steps[:1] in ([], [None])  # the first has no lower end
    assert steps[1:] == sorted(steps[1:])
    place = panel["gridPos"]
    assert 0 <= place["x"] < place["x"] + place["w"] <= 24
    assert min(place["y"], place["w"] - 1, place["h"] - 1) >= 0


def test_no_panel_lies_on_another() -> None:
    for one, other in combinations((panel["gridPos"] for panel in PANELS), 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert beside or below


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_all_that_is_measured_of_the_desk_is_asked_for(served: Served) -> None:
    asked = {name for query in QUERIES for name, *_ in _SELECTOR.findall(query)}
    of_the_desk = {n for n in served if n.startswith(("seloste_tickets", "seloste_inquiries"))}
    assert of_the_desk <= asked


@pytest.mark.skipif(shutil.which("promtool") is None, reason="there is no promtool here")
def test_prometheus_takes_the_alerts() -> None:
    checked = ["promtool", "check", "rules", str(ALERTS)]
    assert subprocess.run(checked, capture_output=True, check=False).returncode == 0
