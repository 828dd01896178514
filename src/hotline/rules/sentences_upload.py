"""Why a file is not taken in, opened or removed, and what to do instead, in Chinese and English.

Everybody who adds proof to a ticket reads these. No sentence repeats the file's name: it may tell who somebody is.
"""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    # the file itself
    "upload.nothing": (
        "没有选择文件。请选择要上传的文件后再提交。",
        "No file was chosen. Choose one and try again.",
    ),
    "upload.empty": (
        "文件是空的。请确认文件能在本机打开后重新选择。",
        "The file is empty. See that it opens on your computer, then choose it again.",
    ),
    "upload.too_large": (
        "文件超过{limit}兆字节。请压缩、裁剪或者分成几个文件后上传。",
        "The file is larger than {limit} MB. Make it smaller or divide it.",
    ),
    "upload.too_many": (
        "一张工单最多{count}个附件。请移除不需要的附件，或者合并成一个文件后上传。",
        "A ticket holds at most {count} attachments. Remove one that isn’t needed, or put several into one file.",
    ),
    "upload.bad_name": (
        "文件名为空，或者含有路径和不可见字符。请改名后重新上传。",
        "The file’s name is blank or holds a path or invisible signs. Rename it and try again.",
    ),
    "upload.kind_refused": (
        "不接受这种文件。请上传图片、PDF、DOCX、XLSX、TXT文本、MP3或WAV录音、MP4视频。",
        "This kind of file isn’t accepted. Upload a picture, PDF, DOCX, XLSX, TXT, MP3, WAV or MP4.",
    ),
    "upload.convert_first": (
        "这种格式其他人不一定打得开。请先另存为{into}再上传。",
        "Not everybody can open this format. Save it as {into} first.",
    ),
    "upload.wrong_extension": (
        "文件内容是{kind}，与文件名的后缀不符。请核对文件，把后缀改为{extension}后上传。",
        "The file holds a {kind}, which its ending doesn’t say. Check it and rename it to end in {extension}.",
    ),
    "upload.broken": (
        "文件打不开，可能没有传完、已损坏或者有密码。请确认能在本机打开并去掉密码后重新上传。",
        "The file can’t be read: it may be incomplete, damaged or locked. See that it opens, without a password.",
    ),
    "upload.active_content": (
        "文档里有宏、嵌入的程序或者外部模板，可能带病毒。请另存为不含宏的文件，或者导出为PDF后上传。",
        "The document holds macros, embedded programs or an outside template. Save it without them or as a PDF.",
    ),
    "upload.unpacks_too_large": (
        "文档解开后过大，可能是恶意文件。请导出为PDF后上传，来源不明的请联系系统管理员。",
        "The document unpacks to far too much and may be hostile. Save it as a PDF; ask the administrator if unsure.",
    ),
    "upload.too_many_pixels": (
        "图片尺寸过大（最多{pixels}00万像素）。请缩小后上传。",
        "The picture is too big (at most {pixels} million pixels). Scale it down.",
    ),
    "upload.already_there": (
        "这张工单已有内容相同的附件，无需再次上传。",
        "The ticket has this very file already; nothing needs to be done.",
    ),
    # what is there
    "attachment.not_found": (
        "没有这个附件，或者您无权查看。请返回工单重新打开。",
        "The attachment isn’t there or isn’t open to you. Open it again from the ticket.",
    ),
    "attachment.file_missing": (
        "附件的文件暂时读不到。请联系系统管理员检查附件目录。",
        "The attachment’s file can’t be read. Ask the administrator to look at the attachments’ folder.",
    ),
    "attachment.purpose_not_yours": (
        "您的岗位不能上传“{purpose}”。请选择与您工作相符的用途。",
        "Your role doesn’t add files “{purpose}”. Choose a purpose that is part of your work.",
    ),
    "attachment.shown_by_office": (
        "保密件的材料由热线机构决定给谁看。请选择其他可见范围。",
        "The office decides who sees material of confidential tickets. Choose another visibility.",
    ),
    "attachment.not_yours": (
        "附件不是您上传的。请由上传人、值班长或者督办员移除。",
        "Somebody else added this attachment. Ask them, a team leader or a supervisor to remove it.",
    ),
}
