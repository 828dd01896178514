"""What co-units and dispatchers read when a task cannot be given back or ruled on; `sentences.py` puts values in."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "task_return.window_over": (
        "任务开始后的退单期限已过，视为接受。请继续办理；确有困难的，请联系派单员。",
        "The time for giving the task back is over, so it counts as accepted. Go on with it, or ring the dispatcher.",
    ),
    "task_return.ruled_already": (
        "派单员已经认定这项任务由本单位办理，不能再次退回。请继续办理并反馈。",
        "The dispatcher has ruled that this task is your unit’s, so it can’t be given back again. Go on and report.",
    ),
    "task_return.already_proposed": (
        "这件工单已有协办任务的退回申请正在审核。请等待结果；另有任务要退回的，请联系派单员。",
        "A co-unit’s wish to give its task back is being ruled on. Await that; for another task ring the dispatcher.",
    ),
    "task_return.nothing_proposed": (
        "没有待审核的协办任务退回。请刷新页面，查看协办任务现在的情况。",
        "No co-unit wants to give its task back. Refresh the page to see how the tasks stand.",
    ),
}
