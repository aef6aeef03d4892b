"""The cookbook's answers computed from reference answers, without SQL: one function for each recipe, named like it.

Rows hold the recipe's columns in their order, without mission_id, which reference answers do not have.
"""

from __future__ import annotations

import datetime as dt
import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from carnet.warehouse.matching.bodies import load_bodies
from carnet.warehouse.matching.clients import Client, MeantClient, link_clients
from tests.gold_warehouse import EDITION, Gold, day

Row = tuple[Any, ...]
Group = dict[Any, list[Gold]]


def theme_last_years(golds: list[Gold], theme: str, as_of: dt.date, years: int) -> Iterator[Row]:
    for m in _missions(golds):
        names = ("title", "client", "domain", "period_raw", "amount_raw")
        told = " ".join(
            [*(m[name] or "" for name in names), *m["partners"], *m["context"], *m["approach"], *m["results"]]
        )
        if _in_window(m, as_of, years) and all(word in _words(told) for word in _words(theme).split()):
            yield m["client"], m["title"], m["first"], m["last"], m["status"], m["money"], m["currency"], m["tax"]


def turnover_by_year(golds: list[Gold]) -> Iterator[Row]:
    sums: dict[Row, Decimal] = defaultdict(Decimal)
    running: Counter[Row] = Counter()
    for m in _missions(golds):
        if m["money"] is None:
            continue
        for year, share in _spread(m):
            sums[year, m["currency"], m["tax"]] += share
    for m in _missions(golds):
        for year in {year for year, _ in _spread(m | {"money": Decimal(0)})}:
            running[year, m["currency"], m["tax"]] += 1
    for kind, amount in sums.items():
        yield *kind, running[kind], running[kind] if kind[1] else 0, amount


def clients_served_again(golds: list[Gold], times: int) -> Iterator[Row]:
    for served in _by(golds, _client_key).values():
        if served[0]["client"] and len(served) >= times:
            euros = [m["money"] for m in served if m["money"] is not None and _kind(m) == ("EUR", "HT")]
            yield _usual(served), len(served), *_years(served), sum(euros) if euros else None


def contact_left(golds: list[Gold]) -> Iterator[Row]:
    for m in _missions(golds):
        if m["contacts"] and all(c["left"] for c in m["contacts"]):
            people = {
                c["name"] or c["email"] or c["phone"]
                for other in _by(golds, _client_key)[_client_key(m)] for c in other["contacts"] if _reachable(c)
            }  # fmt: skip
            names = ", ".join(c["name"] for c in m["contacts"] if c["name"]) or None
            yield m["client"], m["title"], m["last"], names, sorted(people) if people and m["client"] else None


def co_contractors(golds: list[Gold]) -> Iterator[Row]:
    worked: dict[str, list[tuple[str, Gold]]] = defaultdict(list)
    for m in _missions(golds):
        for name in m["partners"]:
            worked[_plain(name)].append((name, m))
    for found in worked.values():
        missions = [m for _, m in found]
        spelt = Counter(name for name, _ in found)
        usual = min(spelt, key=lambda name: (-spelt[name], name))
        clients = sorted({m["client"] for m in missions if m["client"]}) or None
        yield usual, len({id(m["self"]) for m in missions}), *_years(missions), clients


def citable_by_domain(golds: list[Gold], as_of: dt.date, years: int) -> Iterator[Row]:
    for domain, missions in _by(golds, lambda m: m["domain"]).items():
        cited = [m for m in missions if _in_window(m, as_of, years)]
        if cited:
            complete = sum(m["money"] is not None and m["client"] is not None for m in cited)
            ongoing = sum(m["status"] == "ongoing" for m in cited)
            yield domain, len(cited), complete, ongoing, max(m["last"] or m["first"] for m in cited)


def missing_for_a_tender(golds: list[Gold], as_of: dt.date, years: int) -> Iterator[Row]:
    for m in _missions(golds):
        undated = not (m["first"] or m["last"])
        lacks = [
            name
            for name, is_missing in (("amount", m["money"] is None), ("date", undated), ("recipient", not m["client"]))
            if is_missing
        ]
        if lacks and (undated or _in_window(m, as_of, years)):
            yield m["client"], m["title"], m["first"], m["last"], lacks


def contact_share(golds: list[Gold]) -> Iterator[Row]:
    for gold in golds:
        missions = gold["missions"]
        known = sum(bool(m["contacts"]) for m in missions)
        reachable = sum(any(_reachable(c) for c in m["contacts"]) for m in missions)
        shares = (round(known / len(missions), 3), round(reachable / len(missions), 3))
        yield gold["firm"], len(missions), known, reachable, *shares


def biggest_missions(golds: list[Gold], top: int) -> Iterator[Row]:
    for currency, missions in _by(golds, lambda m: m["currency"]).items():
        rich = [m for m in missions if m["money"] is not None]
        rich.sort(key=lambda m: (-m["money"], m["client"] or "\U0010ffff", m["title"]))
        for rank, m in enumerate(rich[:top], 1):
            yield currency, rank, m["money"], m["tax"], m["client"], m["title"], m["first"], m["last"]


def client_types_by_year(golds: list[Gold]) -> Iterator[Row]:
    for (year, kind), begun in _by(golds, lambda m: (m["first"] and m["first"].year, m["client_type"])).items():
        if year:
            yield year, kind, len(begun), len({m["client"] for m in begun if m["client"]})


def running_on(golds: list[Gold], day: dt.date) -> Iterator[Row]:
    for m in _missions(golds):
        until = m["last"] or _goes_on_until(m)
        if m["first"] and m["first"] <= day and until and until >= day:
            yield m["client"], m["title"], m["first"], m["last"], m["status"]


def top_client_share(golds: list[Gold], top: int) -> Iterator[Row]:
    for (firm, currency, tax), missions in _by(golds, lambda m: (m["firm"], m["currency"], m["tax"])).items():
        amounts: dict[str, Decimal] = defaultdict(Decimal)
        counts: Counter[str] = Counter()
        for m in missions:
            if m["client"] and m["money"] is not None:
                name = _usual(_by(golds, _client_key)[_client_key(m)])
                amounts[name] += m["money"]
                counts[name] += 1
        if amounts:
            biggest = sorted(amounts, key=lambda name: (-amounts[name], -counts[name], name))[:top]
            total = sum(amounts.values())
            share = round(float(sum(amounts[name] for name in biggest) / total), 3)
            yield firm, currency, tax, total, len(amounts), share, biggest


def new_clients_by_year(golds: list[Gold]) -> Iterator[Row]:
    won: dict[int, list[int]] = defaultdict(list)
    for served in _by(golds, _client_key).values():
        dated = [m for m in served if m["first"] and m["client"]]
        if dated:
            won[min(m["first"] for m in dated).year].append(len(dated))
    for year, counts in won.items():
        yield year, len(counts), sum(count > 1 for count in counts)


def no_longer_printed(golds: list[Gold]) -> Iterator[Row]:
    yield from ()  # one edition of each brochure; tests/unit/warehouse/test_cookbook.py has a pair


def duration_and_monthly_amount(golds: list[Gold]) -> Iterator[Row]:
    for (domain, currency), missions in _by(golds, lambda m: (m["domain"], m["currency"])).items():
        told = [(m, len(_months(m))) for m in missions if m["money"] is not None and m["tax"] == "HT" and _months(m)]
        if told:
            monthly = statistics.median(float(m["money"]) / months for m, months in told)
            rounded = Decimal(monthly).quantize(Decimal(1), ROUND_HALF_UP)
            yield domain, currency, len(told), float(statistics.median(months for _, months in told)), rounded


def abroad(golds: list[Gold], home: str) -> Iterator[Row]:
    for country, missions in _by(golds, lambda m: m["country"]).items():
        if country and country != home:
            dates = [d for m in missions if (d := m["last"] or m["first"])]
            kinds = sorted({m["client_type"] for m in missions if m["client_type"]}) or None
            clients = len({m["client"] for m in missions if m["client"]})
            yield country, len(missions), clients, max(dates, default=None), kinds


def people_at_several_clients(golds: list[Gold]) -> Iterator[Row]:
    known: dict[str, list[tuple[Gold, Gold]]] = defaultdict(list)
    for m in _missions(golds):
        for c in m["contacts"]:
            if c["name"] and " " in c["name"] and m["client"]:
                known[_plain(c["name"])].append((c, m))
    for met in known.values():
        clients = {_usual(_by(golds, _client_key)[_client_key(m)]) for _, m in met}
        if len(clients) > 1:
            dated = [(d, c["email"]) for c, m in met if (d := m["last"] or m["first"])]
            mails = [pair for pair in dated if pair[1]]
            last = max((d for d, _ in dated), default=None)
            yield min(c["name"] for c, _ in met), sorted(clients), last, max(mails)[1] if mails else None


def missions_by_departement(golds: list[Gold]) -> Iterator[Row]:
    clients, meant = _bodies(golds)
    served: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for m in _missions(golds):
        for one in meant:
            body = clients[one.client_id]
            if one.client == m["client"] and body.departement:
                served[body.departement].append((body.client_id, id(m["self"])))
    for departement, pairs in served.items():
        bodies = {client_id for client_id, _ in pairs}
        largest = max((clients[name].population or 0 for name in bodies), default=0)
        yield departement, len({m for _, m in pairs}), len(bodies), largest or None


def _bodies(golds: list[Gold]) -> tuple[dict[str, Client], list[MeantClient]]:
    printed = [(m["client"], m["client_type"], m["country"]) for m in _missions(golds) if m["client"]]
    clients, meant = link_clients(printed, [], load_bodies(), {"BE": load_bodies("BE")})
    return {client.client_id: client for client in clients}, meant


def to_settle_first(golds: list[Gold], examples: int) -> Iterator[Row]:
    clients, meant = _bodies(golds)
    doubtful = [one.client for one in meant if one.doubt]
    count = sum(doubtful.count(m["client"]) for m in _missions(golds))
    if count:
        yield "info", "client_doubt", "reading", count
    others = [one.client for one in meant if not one.doubt and _is_other_form(one.client, clients[one.client_id])]
    count = sum(others.count(m["client"]) for m in _missions(golds))
    if count:
        yield "info", "client_kind", "reading", count
    for code, count in Counter(code for m in _missions(golds) for code in m.get("findings", [])).items():
        yield "warning", code, "brochure", count


def public_contracts(golds: list[Gold]) -> Iterator[Row]:
    """Nobody gave a file of contracts for them; `test_contracts.py` asks where somebody did."""
    yield from ()


def _is_other_form(printed: str, body: Client) -> bool:
    """Another form of EPCI in full letters than the list's "CC", "CA" or "CU", today and before."""
    forms = {"communautédecommunes": "CC", "communautéd'agglomération": "CA", "communautéurbaine": "CU"}
    letters = re.sub(r"\s", "", printed.lower().replace("’", "'"))
    said = next((form for words, form in forms.items() if letters.startswith(words)), None)
    named = [one.name for one in load_bodies().all if body.siren and body.siren in (one.siren, one.today)]
    listed = {name.split()[0] for name in named}
    return said is not None and bool(listed) and listed <= set(forms.values()) and said not in listed


ANSWERS: dict[str, Callable[..., Iterable[Row]]] = {
    f.__name__: f
    for f in (
        theme_last_years, turnover_by_year, clients_served_again, contact_left, co_contractors, citable_by_domain,
        missing_for_a_tender, contact_share, biggest_missions, client_types_by_year, running_on, top_client_share,
        new_clients_by_year, no_longer_printed, duration_and_monthly_amount, abroad, people_at_several_clients,
        to_settle_first, missions_by_departement, public_contracts,
    )
}  # fmt: skip


def _missions(golds: list[Gold]) -> Iterator[Gold]:
    """Each mission with its firm, its days and its amount as Decimal."""
    for gold in golds:
        for m in gold["missions"]:
            money = None if m["amount"] is None else Decimal(str(m["amount"]))
            days = {"first": day(m["start"], last=False), "last": day(m["end"], last=True)}
            yield m | days | {"firm": gold["firm"], "money": money, "self": m}


def _by(golds: list[Gold], key: Callable[[Gold], Any]) -> Group:
    groups: Group = defaultdict(list)
    for m in _missions(golds):
        groups[key(m)].append(m)
    return groups


def _kind(m: Gold) -> tuple[str | None, str | None]:
    return m["currency"], m["tax"]


def _years(missions: list[Gold]) -> tuple[int | None, int | None]:
    """Of the first start and the last end."""
    starts = [m["first"].year for m in missions if m["first"]]
    lasts = [d.year for m in missions if (d := m["last"] or m["first"])]
    return min(starts, default=None), max(lasts, default=None)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def _client_key(m: Gold) -> str:
    return _words(m["client"] or "")


def _words(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", _plain(text).replace("œ", "oe").replace("æ", "ae")).strip()


def _usual(served: list[Gold]) -> str:
    spelt = Counter(m["client"] for m in served)
    return str(min(spelt, key=lambda name: (-spelt[name], name)))


def _reachable(contact: Gold) -> bool:
    return not contact["left"] and bool(contact["email"] or contact["phone"])


def _in_window(m: Gold, as_of: dt.date, years: int) -> bool:
    begun, ended = m["first"] or m["last"], m["last"] or _goes_on_until(m) or m["first"]
    return begun is not None and begun <= as_of and ended > as_of.replace(year=as_of.year - years)


def _goes_on_until(m: Gold) -> dt.date | None:
    """As its brochure says at its date."""
    return max(EDITION, m["first"] or EDITION) if m["status"] == "ongoing" else None


def _months(m: Gold) -> list[tuple[int, int]]:
    """(year, month) of every month from start to end; none where they are not known or in the wrong order."""
    if not (m["first"] and m["last"]):
        return []
    counted = range(m["first"].year * 12 + m["first"].month - 1, m["last"].year * 12 + m["last"].month)
    return [(n // 12, n % 12 + 1) for n in counted] if m["first"] <= m["last"] else []


def _spread(m: Gold) -> list[tuple[int | None, Decimal]]:
    """The amount by year, in cents that add up."""
    months = _months(m)
    if not months:
        return [(None, m["money"])]
    cents = Decimal("0.01")
    so_far, told, out = 0, Decimal(0), []
    for year, count in sorted(Counter(year for year, _ in months).items()):
        so_far += count
        until = (m["money"] * so_far / len(months)).quantize(cents, ROUND_HALF_UP)
        out.append((year, until - told))
        told = until
    return out
