"""word(): what anything of the trade is called, in Chinese or English. The only place screens take such words from.

A member of a closed list gives its name; a text is a key: `stage.handling`, `event.dispatch.sent`, `field.note`,
`guard.own_step`, or just the name of an act.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from hotline.rules.words_acts import ACT_WORDS, FIELD_WORDS, FIELD_WORDS_OF
from hotline.rules.words_documents import NOTICES as DOCUMENT_NOTICES
from hotline.rules.words_duty import DUTY_WORDS, TOLD_WORDS
from hotline.rules.words_events import EVENT_WORDS, GUARD_WORDS
from hotline.rules.words_instructions import NOTICES as INSTRUCTION_NOTICES
from hotline.rules.words_joint import NOTICES as JOINT_NOTICES
from hotline.rules.words_media import NOTICES as MEDIA_NOTICES
from hotline.rules.words_notices import NOTICE_WORDS, OF_THE_DAY
from hotline.rules.words_precedents import NOTICES as PRECEDENT_NOTICES
from hotline.rules.words_supervision import NOTICES as SUPERVISION_NOTICES
from hotline.rules.words_vocabulary import LISTS, Pair

LANGUAGES: Final = ("zh", "en")

ALL_NOTICES: Final = {
    **NOTICE_WORDS,
    **OF_THE_DAY,
    **SUPERVISION_NOTICES,
    **DOCUMENT_NOTICES,
    **INSTRUCTION_NOTICES,
    **MEDIA_NOTICES,
    **JOINT_NOTICES,
    **PRECEDENT_NOTICES,
}
_MEMBERS: Final[Mapping[type[Enum], Mapping[Enum, Pair]]] = {
    type(next(iter(members))): members for members in LISTS.values()
}
_KEYS: Final[Mapping[str, Pair]] = {
    **{f"{kind}.{member.value}": pair for kind, members in LISTS.items() for member, pair in members.items()},
    **{f"act.{name}": pair for name, pair in ACT_WORDS.items()},
    **{f"event.{name}": pair for name, pair in EVENT_WORDS.items()},
    **{f"field.{name}": pair for name, pair in FIELD_WORDS.items()},
    **{f"guard.{name}": pair for name, pair in GUARD_WORDS.items()},
    **{f"notice.{name}": pair for name, pair in ALL_NOTICES.items()},
    **DUTY_WORDS,
    **TOLD_WORDS,
}


def word(value: Enum | str, lang: str) -> str:
    """The word for a member, a key or an act's name; LookupError for what has none."""
    if isinstance(value, Enum):
        return _said(_MEMBERS[type(value)][value], lang)
    pair = _KEYS.get(value) or ACT_WORDS.get(value)
    if pair is None:
        raise LookupError(f"no word for {value!r}")
    return _said(pair, lang)


def field_word(act: str, field: str, lang: str) -> str:
    """What a field is called in this act: `reason` of a return is 退单理由, of a rework 重办理由."""
    return _said(FIELD_WORDS_OF.get(act, {}).get(field) or FIELD_WORDS[field], lang)


def _said(pair: Pair, lang: str) -> str:
    if lang not in LANGUAGES:
        raise LookupError(f"no words in {lang!r}")
    return pair[LANGUAGES.index(lang)]
