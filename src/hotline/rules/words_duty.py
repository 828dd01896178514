"""What the duty roster and the messages to citizens are called on screens, in Chinese and English."""

from collections.abc import Mapping
from typing import Final

from hotline.rules.words_vocabulary import Pair

DUTY_WORDS: Final[Mapping[str, Pair]] = {
    "duty.day": ("白班", "day turn"),
    "duty.night": ("夜班", "night turn"),
    "notice.duty_silent": (
        "紧急工单已呼叫值班，无人应答，请立即电话协调",
        "is urgent, and nobody on duty answered; ring the unit at once",
    ),
    "duty.leader": ("带班领导", "leader on duty"),
    "ring.desk": ("本单位值班员", "the unit’s desk on duty"),
    "ring.leader": ("本单位带班领导", "the unit’s leader on duty"),
    "ring.office": ("热线办值班", "the hotline office’s desk on duty"),
    "ring.nobody": ("无人应答，已报督办员", "nobody answered; the supervisors were told"),
}
TOLD_WORDS: Final[Mapping[str, Pair]] = {
    "told.received": ("已受理", "taken in"),
    "told.declined": ("不属受理范围", "not for the hotline"),
    "told.joined": ("并入同一件办理", "joined with the same matter"),
    "told.handed": ("已转交", "handed to a unit"),
    "told.moved": ("改由其他单位办理", "passed to another unit"),
    "told.disputed": ("几个部门商定由谁负责", "departments settle who takes it"),
    "told.convened": ("已召集部门会商", "departments called together"),
    "told.first": ("先由一个单位办理", "one unit begins"),
    "told.stays": ("商定由现单位负责", "the unit keeps it"),
    "told.escalated": ("已报请市政府协调", "before the city government"),
    "told.interim": ("阶段答复", "interim answer"),
    "told.extended": ("已延期", "given more time"),
    "told.later": ("答复日期变动", "date changed"),
    "told.paused": ("暂停办理", "paused"),
    "told.resumed": ("继续办理", "resumed"),
    "told.parked": ("挂账", "parked"),
    "told.still_parked": ("继续挂账", "still parked"),
    "told.unparked": ("销号，继续办理", "struck off, goes on"),
    "told.answered": ("已答复", "answered"),
    "told.reopened": ("重新办理", "handled again"),
    "told.unreached": ("未能联系上，已办结", "not reached, closed"),
    "told.closed": ("已办结", "closed"),
    "withheld.confidential": ("保密件，按规定不发", "confidential: nothing is sent"),
    "withheld.no_contact": ("没有留联系电话", "no number was left"),
    "withheld.landline": ("留的是固定电话，收不到短信", "a landline, which takes no message"),
    "withheld.not_wanted": ("诉求人要求不发短信", "the requester wants no messages"),
    "withheld.asked_instead": ("已由回访短信告知", "told by the callback’s message"),
    "withheld.same": ("与上一条内容相同，不重复发", "the same as the last one"),
    "withheld.outdated": ("工单已有新变化，不再发", "the ticket has moved on"),
}
