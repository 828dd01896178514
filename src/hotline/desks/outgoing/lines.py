"""Outgoing messages in words: channel, state and the reason of a failure with what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hotline.desks.time_words import Moment, moment_words
from hotline.plumbing.outbox.queries import MessageLine

STATES: Final[Mapping[str, str]] = {
    "waiting": gettext_noop("待发"),
    "sending": gettext_noop("正在发送"),
    "failed": gettext_noop("失败"),
    "sent": gettext_noop("已发出"),
    "cancelled": gettext_noop("已取消"),
}
CHANNELS: Final[Mapping[str, str]] = {
    "email": gettext_noop("电子邮件"),
    "sms": gettext_noop("短信"),
    "webhook": gettext_noop("系统推送"),
}
REASONS: Final[Mapping[str, str]] = {
    "refused": gettext_noop("对方拒收，请查看对方日志后重发"),
    "address_refused": gettext_noop("对方没有这个邮箱，请由办理岗位另行联系"),
    "not_authorised": gettext_noop("邮件服务器不认可账号或口令，请改正设置后重发"),
    "unreachable": gettext_noop("连接不上对方，请检查网络后重发"),
    "timeout": gettext_noop("对方迟迟没有应答，请检查对方系统后重发"),
    "redirected": gettext_noop("对方要求转到别的地址，请改正设置后重发"),
    "inside_network": gettext_noop("地址在内部网络而未列入允许的网段，请在设置中允许后重发"),
    "bad_address": gettext_noop("地址不是网址，请改正后重新登记"),
    "disk": gettext_noop("文件夹不能写入，请检查磁盘空间和权限后重发"),
    "interrupted": gettext_noop("任务进程多次中断，请查看日志后重发"),
    "fault": gettext_noop("程序出错，请把日志交给维护人员"),
}


@dataclass(frozen=True)
class Row:
    """One message as the page prints it. `answer` is the number with which the other side refused, if it said one."""

    id: int
    channel: str
    about: str
    state: str
    state_code: str
    attempts: int
    created: Moment
    until: Moment
    reason: str
    answer: str
    may_resend: bool
    may_cancel: bool


def row(line: MessageLine, now: datetime) -> Row:
    """A stored message in words; `until` is when it ended, or when it is tried next."""
    return Row(
        id=line.id,
        channel=_(CHANNELS[line.channel]),
        about=line.about,
        state=_(STATES[line.state]),
        state_code=line.state,
        attempts=line.attempts,
        created=moment_words(line.created_at, now),
        until=moment_words(line.ended_at or line.not_before, now),
        reason=_(REASONS[line.reason]) if line.reason in REASONS else line.reason,
        answer=_("应答 %(code)s") % {"code": line.error} if line.error.isdecimal() else "",
        may_resend=line.state == "failed" and line.kept,
        may_cancel=line.state in {"waiting", "failed"},
    )
