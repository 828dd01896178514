"""The comparison as Chinese tables for people; docs/rules/jurisdiction_policies.md shows what this prints."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from hotline.rules.messages import Message
from hotline.rules.quarrels import Step
from hotline.rules.sentences import render
from hotline.sim.jurisdiction.policies import Policy

POLICIES: Final = {
    Policy.GOVERNMENT: "每件报市政府",
    Policy.JOINT: "联合会办",
    Policy.PRECEDENTS: "联合会办加先例",
}
STEPS: Final = {
    Step.FIRST: "首次派单即接",
    Step.REFUSED: "退单不成立，留在原单位",
    Step.REASSIGNED: "改派后接",
    Step.PRECEDENT: "按先例直接派出",
    Step.MEDIATION: "派单员调解",
    Step.QUICK: "先办裁定后各方无异议",
    Step.PANEL: "会办裁定",
    Step.OBJECTION: "异议后会办复议",
    Step.GOVERNMENT: "市政府决定",
}
TIMES: Final = (
    ("disputed", "working", "争议件：工作日", ("mean", "median", "p90")),
    ("disputed", "calendar", "争议件：自然日", ("mean", "median", "p90")),
    ("disputed", "begun", "争议件：到有单位先办，工作日", ("mean", "median", "p90")),
    ("all", "working", "全部事项：工作日", ("mean", "p90")),
)
"""Which figures, and what of them: of all matters more than half are settled at once, so their median says nothing."""
VALUES: Final = {"mean": "平均", "median": "中位", "p90": "九成不超过"}
LOADS: Final = (
    ("panel", "heard_a_month", "会办每月议几件", "{:.1f}"),
    ("panel", "waited", "会办排队，工作日", "{:.2f}"),
    ("government", "heard_a_month", "市政府每月议几件", "{:.1f}"),
    ("government", "waited", "市政府排队，工作日", "{:.2f}"),
    ("government", "load", "市政府会议用满几成", "{:.0%}"),
)


def printed(found: Mapping[str, Any]) -> str:
    """All tables."""
    parts = (_head(found), _times(found), _differences(found), _steps(found), _loads(found), _families(found))
    more = (_sensitivity(found),) if found["sensitivity"] else ()
    return "\n\n".join("\n".join(lines) for lines in (*parts, *more)) + "\n"


def _head(found: Mapping[str, Any]) -> Iterator[str]:
    asked, base = found["asked"], found["policies"][Policy.GOVERNMENT]
    name, start = asked["parameters"]["name"], asked["parameters"]["start"]
    yield f"{name}：{start}起{asked['days']}天，{asked['runs']}次独立模拟，种子{asked['seed']}"
    yield (
        f"每次平均{_number(base['matters'])}件事项，其中{_number(base['disputed_matters'])}件走到权属争议。"
        f"方括号内是{asked['level']:.0%}的区间（只含模拟的偶然误差，不含参数本身的不确定）。"
    )
    for caution in found["cautions"]:
        yield "注意：" + render(Message(caution["code"], caution["params"]), "zh")


def _times(found: Mapping[str, Any]) -> Iterator[str]:
    yield from _top("从首次派单到确定主办单位", POLICIES.values())
    for group, kind, name, values in TIMES:
        for value in values:
            cells = [_interval(found["policies"][policy][group][kind][value]) for policy in POLICIES]
            yield _row(f"{name}，{VALUES[value]}", cells)
    before = found["policies"][Policy.GOVERNMENT]["disputed"]["before"]["mean"]
    yield _row("其中争议启动以前，工作日，平均（三种办法相同）", [_interval(before)] * len(POLICIES))


def _differences(found: Mapping[str, Any]) -> Iterator[str]:
    names = [f"{POLICIES[Policy(d['policy'])]}比{POLICIES[Policy(d['against'])]}" for d in found["differences"]]
    yield from _top("相差（负数是更快；同一批事项成对比较）", names)
    for group, kind, name, values in TIMES:
        for value in values:
            cells = [_interval(difference[group][kind][value], sign=True) for difference in found["differences"]]
            yield _row(f"{name}，{VALUES[value]}", cells)


def _steps(found: Mapping[str, Any]) -> Iterator[str]:
    yield from _top("主办单位在哪一步确定（争议件）", POLICIES.values())
    for step, name in STEPS.items():
        shares = [found["policies"][policy]["disputed"]["step"][step] for policy in POLICIES]
        if any(share and share["estimate"] for share in shares):
            yield _row(name, [f"{share['estimate']:.1%}" if share else "—" for share in shares])


def _loads(found: Mapping[str, Any]) -> Iterator[str]:
    yield from _top("要议多少、先例用了多少", POLICIES.values())
    for room, figure, name, form in LOADS:
        values = [found["policies"][policy][room][figure] for policy in POLICIES]
        yield _row(name, [form.format(value["estimate"]) if value else "—" for value in values])
    for path, name in (
        (("all", "straight"), "按先例直接派出并留住，件"),
        (("disputed", "straight"), "其中本来会走到争议的，件"),
        (("published",), "形成先例，个"),
        (("withdrawn",), "先例被撤回，个"),
    ):
        yield _row(name, [_number(_at(found["policies"][policy], path)) for policy in POLICIES])


def _families(found: Mapping[str, Any]) -> Iterator[str]:
    yield from _top("分类别：争议件到确定主办单位，工作日，平均", ("争议件数", *POLICIES.values()))
    for family in found["asked"]["parameters"]["families"]:
        rows = [found["policies"][policy]["family"][family["key"]] for policy in POLICIES]
        yield _row(family["name"], [_number(rows[0]["disputed"]), *(_interval(row["mean"]) for row in rows)])


def _sensitivity(found: Mapping[str, Any]) -> Iterator[str]:
    runs = found["sensitivity"][0]["runs"]
    names = (*POLICIES.values(), "会办比市政府", "先例比会办", "市政府会议用满")
    yield from _top(f"敏感性：争议件到确定主办单位，工作日，平均（各{runs}次模拟）", names)
    for row in found["sensitivity"]:
        cells = [_interval(row["mean"][policy]) for policy in POLICIES]
        wanted = (row["differences"][0], row["differences"][2])
        cells += [_interval(difference if "estimate" in difference else None, sign=True) for difference in wanted]
        load = row["government_load"]["estimate"]
        yield _row(row["name"], [*cells, f"{load:.0%}" + ("，排不完" if load >= 1 else "")])


def _top(title: str, names: Sequence[str] | Any) -> Iterator[str]:
    cells = list(names)
    yield _row(title, cells)
    yield "| --- |" + " --- |" * len(cells)


def _row(name: str, cells: Sequence[str]) -> str:
    return "| " + " | ".join((name, *cells)) + " |"


def _interval(value: Mapping[str, Any] | None, *, sign: bool = False) -> str:
    if value is None:
        return "—"
    form = "{:+.2f}" if sign else "{:.2f}"
    if value["low"] is None:
        return _minus(form.format(value["estimate"]))
    texts = [_minus(form.format(value[name])) for name in ("estimate", "low", "high")]
    return f"{texts[0]} [{texts[1]}, {texts[2]}]"


def _minus(text: str) -> str:
    return text.replace("-", "−")


def _number(value: Mapping[str, Any] | None) -> str:
    return "—" if value is None else f"{value['estimate']:.1f}"


def _at(tables: Mapping[str, Any], path: Sequence[str]) -> Any:
    for part in path:
        tables = tables[part]
    return tables
