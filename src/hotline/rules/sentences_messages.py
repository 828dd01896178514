"""What an administrator reads about messages that leave the platform: why one failed and what may be done with it."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "notice.not_found": (
        "没有这条消息，或者不是发给您的。请回到消息列表查看。",
        "There is no such notice, or it isn’t yours. Go back to the list of notices.",
    ),
    "outbox.no_such_message": (
        "没有编号为{id}的消息。请刷新列表后重试。",
        "There is no message {id}. Reload the list and try again.",
    ),
    "outbox.not_cancellable": (
        "消息{id}已经发出或者正在发送，不能取消。请刷新列表查看最新状态。",
        "Message {id} has left or is leaving and can’t be cancelled. Reload the list to see how it stands.",
    ),
    "outbox.not_resendable": (
        "消息{id}没有失败，不需要重发。请刷新列表查看最新状态。",
        "Message {id} has not failed, so there is nothing to send again. Reload the list to see how it stands.",
    ),
    "outbox.address_cleared": (
        "消息{id}的地址和内容已经按期清除，不能重发。请由办理岗位另行联系。",
        "The address and words of message {id} are cleared. Whoever handles the matter must get in touch anew.",
    ),
}
"""code: (Chinese, English)."""
