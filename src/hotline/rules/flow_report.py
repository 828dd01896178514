"""The lifecycle table for readers: rows for `hotline rules flow --json`, and docs/flow.md for officials to sign.

Both are made from the table itself; a fitness test keeps docs/flow.md current.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hotline.rules.lifecycle.clockwork import Effect
from hotline.rules.lifecycle.guarding import guard_name
from hotline.rules.lifecycle.reckoning import PAUSABLE
from hotline.rules.lifecycle.table import ROWS_IN, TABLE
from hotline.rules.lifecycle.transition import Transition, Who
from hotline.rules.vocabulary import OPEN, TERMINAL, UNIT_ROLES, WORKING, ClockKind, Stage
from hotline.rules.words import word

K, S = ClockKind, Stage

HELD_BY: Final[Mapping[Stage, str]] = {
    S.NEW: "尚无工单",
    S.DRAFT: "话务员",
    S.REGISTERED: "话务员、派单员",
    S.PENDING_DISPATCH: "派单员",
    S.PENDING_SIGN: "主办单位",
    S.RETURN_REQUESTED: "派单员",
    S.JURISDICTION_DISPUTE: "派单员（协调）、督办员（裁定）",
    S.JOINT_HANDLING: "联合会办（督办员召集）",
    S.HANDLING: "主办单位，可交下级单位，协办单位配合",
    S.PENDING_SIGN_OFF: "主办单位负责人",
    S.PENDING_REVIEW: "审核员",
    S.PENDING_CALLBACK: "回访员",
    S.PENDING_CLOSE: "审核员、督办员",
    S.REWORK: "主办单位",
    S.PARKED: "主办单位，按计划复核",
}
"""Who holds the ticket; in an ended stage nobody does."""

RUNS_IN: Final[Mapping[ClockKind, frozenset[Stage]]] = {
    K.INTAKE: frozenset({S.DRAFT}),
    K.DISPATCH: frozenset({S.REGISTERED, S.PENDING_DISPATCH}),
    K.SIGN_IN: frozenset({S.REGISTERED, S.PENDING_DISPATCH, S.PENDING_SIGN, S.JURISDICTION_DISPUTE, S.JOINT_HANDLING}),
    K.FIRST_CONTACT: frozenset({S.HANDLING, S.RETURN_REQUESTED, S.PARKED}),
    K.REPLY: OPEN - {S.DRAFT, S.PENDING_CALLBACK, S.PENDING_CLOSE},
    K.UNIT_REPLY: WORKING | {S.PENDING_SIGN, S.RETURN_REQUESTED, S.PENDING_SIGN_OFF, S.PENDING_REVIEW, S.PARKED},
    K.RETURN_WINDOW: frozenset({S.PENDING_SIGN, S.HANDLING}),
    K.RETURN_RULING: frozenset({S.RETURN_REQUESTED}),
    K.EXTENSION_RULING: WORKING,
    K.INNER_REPLY: WORKING | {S.PARKED},
    K.REVIEW: frozenset({S.PENDING_REVIEW}),
    K.CALLBACK: frozenset({S.PENDING_CALLBACK}),
    K.CLOSE: frozenset({S.PENDING_CLOSE}),
    K.PHONE_FEEDBACK: frozenset({S.PENDING_SIGN, S.HANDLING, S.RETURN_REQUESTED}),
    K.CO_TASK: WORKING | {S.PENDING_SIGN, S.RETURN_REQUESTED, S.PARKED},
    K.MEDIATION: frozenset({S.JURISDICTION_DISPUTE}),
    K.QUICK_RULING: frozenset({S.JURISDICTION_DISPUTE, S.JOINT_HANDLING}),
    K.PANEL: WORKING | {S.JURISDICTION_DISPUTE, S.JOINT_HANDLING, S.PENDING_SIGN_OFF, S.PENDING_REVIEW, S.PARKED},
    K.OBJECTION: WORKING,
    K.PARK_REVIEW: frozenset({S.PARKED}),
}
"""Where each clock may run; random lives of tickets in the tests hold it true."""

REACHES: Final = {"holder": "主办单位", "delegate": "承办的下级单位", "co": "协办单位", "guide": "督导单位"}
OPS: Final = {
    "start": "起算",
    "stop": "停止并判定是否按期",
    "cancel": "终止",
    "waive": "免计",
    "reopen": "接着走",
    "pause": "中止",
    "resume": "恢复",
    "move": "重算",
    "overdue": "记为超期",
    "remind": "记为已催办",
    "notice": "记为已书面催办",
    "criticise": "记为已建议通报批评",
}
NOTES: Final = {
    "acceptance": "方案定为自受理起算时",
    "dispatch": "方案定为自派单起算时",
    "sign_in": "方案定为自签收起算时",
    "not_started": "尚未起算时",
    "contactable": "留有联系方式且不保密时",
    "co_units": "各协办单位的任务开始时，各自计时",
    "successor": "承接单位接着原来的时限",
    "returned": "任务退回成立",
    "reported": "该协办单位已反馈时",
    "all_objected": "有权异议的单位都已提出时",
    "confidential": "转为保密时",
    "run_out": "已到期的",
    "first_submission": "方案以首次提交为准时",
    "accepted_reply": "方案以审核通过为准时",
    "reclassified": "分类变化时",
}
EVERYWHERE: Final = {
    "cancel": "全部时限",
    "move": "受影响的时限",
    **dict.fromkeys(("overdue", "remind", "notice", "criticise"), "该时限"),
}
NEW_ROW: Final = "| 事项 | 办理人 | 条件 | 去向 | 时限 | 依据 |\n| --- | --- | --- | --- | --- | --- |"


def flow_rows() -> list[dict[str, Any]]:
    """Every row of the table as plain values, in its order."""
    return [
        {
            "act": row.act.name,
            "act_zh": word(row.act.name, "zh"),
            "act_en": word(row.act.name, "en"),
            "from": sorted(stage.value for stage in row.sources),
            "to": row.target.value if row.target else None,
            "who": [{"role": who.role.value, "reach": who.reach} for who in row.who],
            "guards": [guard_name(guard) for guard in (*row.standing, *row.guards)],
            "when": [guard_name(condition) for condition in row.when],
            "clocks": [effect.text for effect in row.clocks],
            "event": row.event,
            "basis": row.basis,
        }
        for row in TABLE
    ]


def flow_markdown() -> str:
    """docs/flow.md, whole."""
    return (
        "\n\n".join((_head(), _diagram(), _everywhere(), *(_section(stage) for stage in Stage if ROWS_IN[stage])))
        + "\n"
    )


def _head() -> str:
    return (
        "# 工单流程\n\n"
        "本页由规则表生成，不要手改：修改`src/hotline/rules/lifecycle/table.py`后，"
        "运行`hotline rules flow > docs/flow.md`重新生成。"
        "页面按钮、接口、定时任务和导入都读同一张表，本页列出的就是系统实际执行的规则。"
        "“本平台建议”表示没有找到出处，由各市核定。时限长短见规则方案。\n\n"
        "*Generated from the lifecycle table; do not edit. Every act on a ticket: who may do it in which stage, "
        "under which conditions, where it leads, what it does to the time limits, and on what basis. "
        "`hotline rules flow --json` gives the same rows with English names.*"
    )


def _diagram() -> str:
    lines = [f'    state "{word(stage, "zh")}" as {stage.value}' for stage in Stage if stage is not S.NEW]
    ways: dict[tuple[str, str], list[str]] = {}
    for row in _main_rows():
        for stage in sorted(row.sources):
            if row.target not in {None, stage}:
                start = "[*]" if stage is S.NEW else stage.value
                names = ways.setdefault((start, str(row.target)), [])
                names += [name] if (name := word(row.act.name, "zh")) not in names else []
    lines += [f"    {start} --> {end} : {'、'.join(names)}" for (start, end), names in ways.items()]
    lines += [f"    {S.ARCHIVED.value} --> [*]"]
    diagram = "\n".join(("```mermaid", "stateDiagram-v2", *lines, "```"))
    return f"## 总图\n\n不画各环节都可以办理的事项（见下一节）和归档以外的系统事项。\n\n{diagram}"


def _main_rows() -> Iterator[Transition]:
    return (row for row in TABLE if row.sources != OPEN)


def _everywhere() -> str:
    rows = "\n".join(_row(row) for row in TABLE if row.sources == OPEN)
    return f"## 办结前各环节都可以办理\n\n{NEW_ROW}\n{rows}"


def _section(stage: Stage) -> str:
    held = HELD_BY.get(stage, "已经结束，没有办理人")
    clocks = "、".join(word(kind, "zh") for kind in ClockKind if stage in RUNS_IN.get(kind, ()))
    rows = "\n".join(_row(row) for row in ROWS_IN[stage] if row.sources != OPEN)
    may_run = "" if stage in TERMINAL or stage is S.NEW else f"- 可能在走的时限：{clocks or '无'}\n"
    return f"## {word(stage, 'zh')} `{stage.value}`\n\n- 由谁办理：{held}\n{may_run}\n{NEW_ROW}\n{rows}"


def _row(row: Transition) -> str:
    conditions = "；".join(word(f"guard.{guard_name(g)}", "zh") for g in (*row.when, *row.standing, *row.guards))
    goes = word(row.target, "zh") if row.target else "不变"
    clocks = "；".join(_effect(effect) for effect in row.clocks)
    cells = (f"{word(row.act.name, 'zh')} `{row.act.name}`", _who(row.who), conditions, goes, clocks, row.basis)
    return f"| {' | '.join(cell or '—' for cell in cells)} |"


def _who(who: tuple[Who, ...]) -> str:
    said = []
    for reach in dict.fromkeys(w.reach for w in who):
        roles = [w.role for w in who if w.reach == reach]
        names = "各岗位" if set(roles) == UNIT_ROLES else "、".join(word(role, "zh") for role in roles)
        said.append(f"{REACHES[reach]}{names}" if reach in REACHES else names)
    return "；".join(said)


def _effect(effect: Effect) -> str:
    if effect.op in {"pause", "resume"}:
        kinds = "、".join(word(kind, "zh") for kind in PAUSABLE)
    else:
        kinds = "、".join(word(kind, "zh") for kind in effect.kinds) or EVERYWHERE[effect.op]
    note = f"（{NOTES[effect.note]}）" if effect.note else ""
    return f"{OPS[effect.op]}{kinds}{note}"
