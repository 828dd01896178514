"""render(): a message as a sentence in Chinese or English. One catalogue for pages, API, jobs and the command line.

Officials and citizens read every refusal and every explanation of a deadline through here. Values inside a sentence
are put into words: members of closed lists, acts, fields, events and times.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Final

from hotline.rules.messages import Message
from hotline.rules.sentences_acts import SENTENCES as ABOUT_ACTS
from hotline.rules.sentences_api import SENTENCES as ABOUT_API
from hotline.rules.sentences_callback import SENTENCES as ABOUT_CALLBACK
from hotline.rules.sentences_clocks import SENTENCES as ABOUT_CLOCKS
from hotline.rules.sentences_directory import SENTENCES as ABOUT_DIRECTORY
from hotline.rules.sentences_documents import SENTENCES as ABOUT_DOCUMENTS
from hotline.rules.sentences_duty import SENTENCES as ABOUT_DUTY
from hotline.rules.sentences_emergency import SENTENCES as ABOUT_EMERGENCIES
from hotline.rules.sentences_handling import SENTENCES as ABOUT_HANDLING
from hotline.rules.sentences_instructions import SENTENCES as ABOUT_INSTRUCTIONS
from hotline.rules.sentences_intake import SENTENCES as ABOUT_INTAKE
from hotline.rules.sentences_joint import SENTENCES as ABOUT_JOINT
from hotline.rules.sentences_knowledge import SENTENCES as ABOUT_KNOWLEDGE
from hotline.rules.sentences_lists import SENTENCES as ABOUT_LISTS
from hotline.rules.sentences_media import SENTENCES as ABOUT_MEDIA
from hotline.rules.sentences_messages import SENTENCES as ABOUT_MESSAGES
from hotline.rules.sentences_people import SENTENCES as ABOUT_PEOPLE
from hotline.rules.sentences_policies import SENTENCES as ABOUT_POLICIES
from hotline.rules.sentences_precedents import SENTENCES as ABOUT_PRECEDENTS
from hotline.rules.sentences_review import SENTENCES as ABOUT_REVIEW
from hotline.rules.sentences_rulekeeping import SENTENCES as ABOUT_RULEKEEPING
from hotline.rules.sentences_suggest import SENTENCES as ABOUT_SUGGESTIONS
from hotline.rules.sentences_supervision import SENTENCES as ABOUT_SUPERVISION
from hotline.rules.sentences_tasks import SENTENCES as ABOUT_TASKS
from hotline.rules.sentences_time import SENTENCES as ABOUT_TIME
from hotline.rules.sentences_upload import SENTENCES as ABOUT_UPLOADS
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.words import LANGUAGES, field_word, word

CATALOGUE: Final[Mapping[str, tuple[str, str]]] = {
    **ABOUT_ACTS,
    **ABOUT_API,
    **ABOUT_CALLBACK,
    **ABOUT_CLOCKS,
    **ABOUT_DIRECTORY,
    **ABOUT_DOCUMENTS,
    **ABOUT_DUTY,
    **ABOUT_EMERGENCIES,
    **ABOUT_INSTRUCTIONS,
    **ABOUT_INTAKE,
    **ABOUT_MEDIA,
    **ABOUT_HANDLING,
    **ABOUT_JOINT,
    **ABOUT_LISTS,
    **ABOUT_REVIEW,
    **ABOUT_SUGGESTIONS,
    **ABOUT_SUPERVISION,
    **ABOUT_TASKS,
    **ABOUT_MESSAGES,
    **ABOUT_UPLOADS,
    **ABOUT_PEOPLE,
    **ABOUT_POLICIES,
    **ABOUT_PRECEDENTS,
    **ABOUT_RULEKEEPING,
    **{code: (said["zh"], said["en"]) for code, said in (ABOUT_TIME | ABOUT_KNOWLEDGE).items()},
}
"""Every sentence by its code: Chinese, English."""


def render(message: Message, lang: str) -> str:
    """The sentence for a message; LookupError for a code or a language that has none."""
    if lang not in LANGUAGES:
        raise LookupError(f"no sentences in {lang!r}")
    sentence = CATALOGUE[message.code][LANGUAGES.index(lang)]
    said = {name: _said(name, value, message.params, lang) for name, value in message.params.items()}
    return sentence.format(**said)


def _said(name: str, value: object, params: Mapping[str, object], lang: str) -> object:
    """A parameter as it stands in the sentence; phrases in both languages are chosen by the sentence itself."""
    if isinstance(value, Enum):
        return word(value, lang)
    if isinstance(value, datetime):
        return moment(value, lang)
    if name == "field" and isinstance(value, str):
        return _field(value, str(params.get("act", "")), lang)
    if name in {"act", "event"} and isinstance(value, str):
        return word(f"{name}.{value}", lang)
    return value


def _field(name: str, act: str, lang: str) -> str:
    """A field's label; a name that no form has is repeated as it came."""
    try:
        return field_word(act, name, lang)
    except LookupError:
        return name


def moment(at: datetime, lang: str) -> str:
    """A time in the city's zone: 5月8日 14:20, or 8 May 14:20."""
    local = at.astimezone(CITY_TZ)
    if lang == "zh":
        return f"{local.month}月{local.day}日 {local:%H:%M}"
    return f"{local.day} {MONTHS[local.month - 1]} {local:%H:%M}"


MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
