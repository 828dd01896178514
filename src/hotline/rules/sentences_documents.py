"""Sentences of documents: why a deed is not possible now, and what to do instead."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "documents.not_found": (
        "没有这份公文，或者不在您的查看范围。请从公文列表重新打开。",
        "This document is not there, or not open to you. Open it from the list.",
    ),
    "documents.moved_on": (
        "这份公文刚有新的进展。您填的内容还在，请看过最新情况再提交。",
        "This document has moved on. What you typed is kept: read what is new, then post again.",
    ),
    "documents.role_denied": (
        "您的岗位不能“{deed}”。请由督办员或者值班长办理。",
        "Your role may not “{deed}”. Supervisors or team leaders do this.",
    ),
    "documents.not_now": (
        "公文在“{status}”时不能“{deed}”。请刷新后看现在可以做什么。",
        "A document that is “{status}” does not allow “{deed}”. Reload to see what can be done now.",
    ),
    "documents.kind_missing": ("请选择公文种类。", "Choose the kind."),
    "documents.title_missing": ("请填写标题。", "Give it a title."),
    "documents.body_missing": ("请填写正文。", "Write its text."),
    "documents.recipients_missing": ("请选择主送单位。", "Choose the recipients."),
    "documents.sent_to_missing": (
        "请填写报送对象，例如“市委、市政府”。",
        "Say to whom it goes, such as the party committee and the government.",
    ),
    "documents.addressed_twice": (
        "有{count}个单位既主送又抄送。请只留一处。",
        "{count} units are recipients and copies. Leave them in one place.",
    ),
    "documents.unit_unknown": (
        "没有单位“{unit}”，或者已经撤销。请从名录中选择。",
        "There is no unit “{unit}”, or not any more. Choose from the directory.",
    ),
    "documents.own_words": (
        "您写过这份文稿，不能自己核稿。请由另一名督办员或者值班长核稿。",
        "You have written in it and cannot check it. Another supervisor or a team leader does this.",
    ),
    "documents.own_signature": (
        "签发由您登记，不能再由您用印。请由另一名督办员或者值班长登记用印。",
        "You recorded the signature and cannot seal it. Another supervisor or a team leader does this.",
    ),
    "documents.signer_missing": ("请填写签发人姓名。", "Give the signer’s name."),
    "documents.signed_on_missing": ("请填写签发日期。", "Give the day it was signed."),
    "documents.signed_on_ahead": (
        "签发日期不能晚于今天。请等领导签发后再登记。",
        "The day lies ahead. Record it when it was signed.",
    ),
    "documents.prints_missing": (
        "请填写用印份数，1到{most}份。",
        "Say how many copies were sealed, from 1 to {most}.",
    ),
    "documents.words_missing": ("请填写“{deed}”的理由。", "Say why you “{deed}”."),
    "documents.file_there": (
        "这个文件已经传过。请另选文件。",
        "This file is there already. Choose another.",
    ),
    "documents.too_many_files": (
        "一份公文最多传{most}个文件。请合并后再传。",
        "A document takes {most} files at most. Join some and try again.",
    ),
}
"""code: (Chinese, English)."""
