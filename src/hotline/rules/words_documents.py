"""What everything of documents is called, in Chinese and English; 代字 and the numbers made of them."""

from collections.abc import Mapping
from typing import Any, Final

from hotline.rules.documents.states import Deed, DocumentKind, Status

Pair = tuple[str, str]

KINDS: Final[Mapping[DocumentKind, Pair]] = {
    DocumentKind.SUPERVISION_ORDER: ("督办单", "Supervision order"),
    DocumentKind.ASSIGNMENT: ("交办单", "Assignment"),
    DocumentKind.CIRCULAR: ("通报", "Circular"),
    DocumentKind.SPECIAL_REPORT: ("专报", "Special report"),
}
STATUSES: Final[Mapping[Status, Pair]] = {
    Status.NEW: ("未拟稿", "Not begun"),
    Status.DRAFT: ("拟稿中", "Draft"),
    Status.SUBMITTED: ("待核稿", "To be checked"),
    Status.CHECKED: ("待签发", "To be signed"),
    Status.SIGNED: ("待用印", "To be sealed"),
    Status.SEALED: ("待印发", "To be issued"),
    Status.ISSUED: ("已印发", "Issued"),
    Status.VOIDED: ("已作废", "Voided"),
    Status.DISCARDED: ("已弃稿", "Discarded"),
}
DEEDS: Final[Mapping[Deed, Pair]] = {
    Deed.DRAFT: ("拟稿", "Draft"),
    Deed.REVISE: ("修改文稿", "Revise"),
    Deed.SUBMIT: ("送核稿", "Send to be checked"),
    Deed.CHECK: ("核稿通过", "Pass"),
    Deed.SEND_BACK: ("退回修改", "Send back"),
    Deed.SIGN: ("登记签发", "Record the signature"),
    Deed.SEAL: ("登记用印", "Record the seal"),
    Deed.ISSUE: ("印发", "Issue"),
    Deed.ATTACH: ("上传签批页", "Add the signed page"),
    Deed.VOID: ("作废", "Void"),
    Deed.DISCARD: ("弃稿", "Discard"),
}

DOCUMENT_LISTS: Final[Mapping[str, Mapping[Any, Pair]]] = {
    "document_kind": KINDS,
    "document_status": STATUSES,
    "document_deed": DEEDS,
}

TEXT_WORDS: Final[Mapping[Deed, Pair]] = {
    Deed.SEND_BACK: ("退回理由", "Reason"),
    Deed.VOID: ("作废理由", "Reason"),
    Deed.DISCARD: ("弃稿理由", "Reason"),
}
"""What is typed with a deed."""

NOTICES: Final[Mapping[str, Pair]] = {
    "document_to_check": ("文稿待核，请核稿", "waits to be checked"),
    "document_to_sign": ("文稿已核，请送领导签发", "was checked; have it signed"),
    "document_sent_back": ("文稿被退回，请修改", "was sent back; revise it"),
    "document_to_seal": ("公文已签发，请用印", "was signed; have it sealed"),
    "document_to_issue": ("公文已用印，请印发", "was sealed; issue it"),
    "document_issued": ("公文已印发给本单位，请查收", "was issued to your unit"),
    "document_voided": ("公文已作废，请停止执行", "was voided; do not act on it"),
}
"""What notices of documents say; the document's number stands before it."""

NUMBER_WORDS: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.SUPERVISION_ORDER: "热督办",
    DocumentKind.ASSIGNMENT: "热交办",
    DocumentKind.CIRCULAR: "热通报",
    DocumentKind.SPECIAL_REPORT: "热专报",
}
"""代字 of each kind (ours, P)."""


def document_number(kind: DocumentKind, year: int | None, serial: int | None) -> str:
    """热通报〔2026〕12号, without leading zeros; blank before it was drawn."""
    return f"{NUMBER_WORDS[kind]}〔{year}〕{serial}号" if year and serial else ""
