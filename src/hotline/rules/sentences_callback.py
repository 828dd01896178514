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
}
