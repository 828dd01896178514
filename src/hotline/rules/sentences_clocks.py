"""What an administrator reads about tickets whose clocks could not fire."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "clocks.no_such_fault": (
        "没有这条记录，可能已经处理好了。请刷新列表查看。",
        "There is no such record; it may have been mended. Reload the list.",
    ),
    "clocks.failed_again": (
        "再试仍然出错，工单仍在列表中。请把出错原因交给维护人员，改好后再试。",
        "It failed again and stays on the list. Give the error to the maintainers and try again once it is mended.",
    ),
    "clocks.busy": (
        "有人正在办理这张工单，请一分钟后再试。",
        "Somebody is at this ticket just now. Try again in a minute.",
    ),
}
"""code: (Chinese, English)."""
