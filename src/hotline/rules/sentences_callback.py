"""Sentences of the callback plan: what a callback officer reads beside each ticket."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "callback_plan.no_contact": (
        "诉求人未留联系方式或不愿接听回访，请自行核实办理结果后免回访办结。",
        "No contact was left or callbacks are refused: check the result yourself, then close without a callback.",
    ),
    "callback_plan.attempts_made": (
        "已回访{count}次均未接通，可按“联系不上”办结，不计入满意。",
        "{count} attempts did not reach the citizen: close as unreached; it does not count as satisfied.",
    ),
    "callback_plan.next_attempt": (
        "已回访{made}次未接通，请换一个半天再打。",
        "{made} attempts made: try again in another half-day.",
    ),
    "callback_plan.by_phone": (
        "重点、批示和保密工单一律电话回访。",
        "Key, instruction and confidential tickets are asked by phone.",
    ),
    "callback_plan.all_by_phone": ("本市规则要求一律电话回访。", "This city's rules have everybody asked by phone."),
    "callback_plan.no_mobile": (
        "留下的号码不能接收短信，请电话回访。",
        "The number left cannot take a message: ring.",
    ),
    "callback_plan.unclear": (
        "市民回复了短信，但不是评价数字，请电话了解。",
        "The citizen answered the message with something else than a rating: ring and listen.",
    ),
    "callback_plan.message_first": ("先发短信请市民评价。", "Ask by message first."),
    "callback_plan.dissatisfied": (
        "市民短信评价不满意，请电话了解原因。",
        "The citizen answered dissatisfied by message: ring and ask why.",
    ),
    "callback_plan.silent": (
        "短信未获答复，请电话回访；未答复不算满意。",
        "No answer to the message: ring. Silence is not satisfaction.",
    ),
    "callback_plan.waiting": ("短信已发出，等待市民答复。", "The message was sent; waiting for the citizen."),
    "callback.question": (
        "【{hotline}】您{day}反映的“{title}”（工单尾号{tail}）已有办理结果。请点开 {link} 评价，或直接回复数字："
        "5 已解决、非常满意；4 已解决、满意；3 部分解决、基本满意；2 未解决、不满意；1 未解决、非常不满意。"
        "不满意或未回复的，我们会打电话听您说。",
        "[{hotline}] Your request of {day}, “{title}” (ending {tail}), has a result. Rate it at {link} or reply with a"
        " digit: 5 solved, very satisfied; 4 solved, satisfied; 3 partly solved, basically satisfied; 2 not solved,"
        " dissatisfied; 1 not solved, very dissatisfied. If you are dissatisfied or do not answer, we will ring you.",
    ),
    "callback.in_other_hands": (
        "{who}正在回访这件工单（到{until}）。请先回访下一件。",
        "{who} has this ticket in hand until {until}. Take the next one.",
    ),
    "callback.quiet_hours": (
        "现在不是可以致电市民的时段，{opens}再打。",
        "Citizens are not rung at this hour; ring from {opens} on.",
    ),
    "callback.unsigned": (
        "签名不对，或者时间相差太多。请核对短信网关的密钥和时钟。",
        "The signature is wrong, or the clocks differ too much. Check the gateway's key and clock.",
    ),
    "callback.sample_done": ("这件抽样已经登记过结果。", "The result of this sample is on record already."),
    "callback.sample_not_bad": (
        "只有市民不认可答复的抽样才需要后续处理。",
        "Only a sample whose answer the citizen did not accept is followed up.",
    ),
    "callback.sample_followed": ("这件抽样已有后续处理。", "This sample has been followed up already."),
}
