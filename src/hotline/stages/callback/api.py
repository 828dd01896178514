"""The callback stage's acts for other systems, and the door for short messages that come back.

`POST /api/callback/answers` is called by the gateway for short messages. It signs with the key that the operator has
set, in the same form in which our own messages to it are signed; without a key the door is shut.
"""

import hmac
import json
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hotline.plumbing.clock import now
from hotline.plumbing.outbox.gateways import signature
from hotline.rules.messages import Refusal
from hotline.stages.callback.commands.answering import answer_by_message
from hotline.stages.callback.stage_acts import ACTS
from hotline.tickets.acting.api import DENIED, UNPROCESSABLE, act_router, refused

router = act_router(ACTS, tag="⑤ 回访")

APART_AT_MOST: Final = 300
LONGEST_BODY: Final = 20_000
FIELDS: Final = {"id": 64, "from": 32, "text": 2000}


@csrf_exempt
@require_POST
def answers(request: HttpRequest) -> JsonResponse:
    """One short message that a citizen sent back."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
        return _refused(request, "input.not_json", UNPROCESSABLE)
    body = request.body
    if not _is_the_gateway(request, body):
        return _refused(request, "callback.unsigned", DENIED)
    given = _read(body)
    if given is None:
        return _refused(request, "input.not_json", UNPROCESSABLE)
    result = answer_by_message(message_id=given["id"], sender=given["from"], body=given["text"], now=now())
    return JsonResponse({"result": result.value})


def _is_the_gateway(request: HttpRequest, body: bytes) -> bool:
    """Signed with our key, and not long ago: the signature covers the moment."""
    key = settings.CALLBACK_ANSWER_KEY
    moment, nonce = request.headers.get("X-Zhitong-Timestamp", ""), request.headers.get("X-Zhitong-Nonce", "")
    if not key or not moment.isascii() or not moment.isdecimal() or len(moment) > 12:
        return False
    if abs(now().timestamp() - int(moment)) > APART_AT_MOST:
        return False
    wanted = f"sha256={signature(key=key, moment=moment, nonce=nonce, body=body)}"
    return hmac.compare_digest(wanted.encode(), request.headers.get("X-Zhitong-Signature", "").encode())


def _read(body: bytes) -> dict[str, str] | None:
    """The message's number, sender and text; None for anything else."""
    try:
        given: Any = json.loads(body)
    except ValueError:
        return None
    if not isinstance(given, dict) or set(given) != set(FIELDS):
        return None
    fits = all(isinstance(given[name], str) and len(given[name]) <= most for name, most in FIELDS.items())
    clean = fits and given["id"].strip() and "\x00" not in "".join(given.values())
    return given if clean else None


def _refused(request: HttpRequest, code: str, status: int) -> JsonResponse:
    return JsonResponse(refused(request, (Refusal(code),)), status=status)
