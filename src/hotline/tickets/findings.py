"""What `hotline check ledger` can find, as sentences that name the ticket and the entry and never a citizen's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "entry.changed": (
        "工单 {number} 第 {seq} 条记录（{name}）与其签名不符：内容被改动，或为事后插入",
        "ticket {number}, entry {seq} ({name}): content and signature differ; it was changed or put in afterwards",
    ),
    "entry.missing": (
        "工单 {number} 缺少第 {first} 至 {last} 条记录：已被删除",
        "ticket {number}: entries {first} to {last} are missing; they were removed",
    ),
    "entry.orphan": (
        "台账里有 {count} 条记录所属的工单已不存在（内部号 {id}）：工单被删除",
        "{count} entries belong to a ticket that is not there (id {id}); the ticket was removed",
    ),
    "entry.unreadable": (
        "工单 {number} 第 {seq} 条记录（{name}）无法重放",
        "ticket {number}, entry {seq} ({name}) cannot be replayed",
    ),
    "row.empty": (
        "工单 {number} 没有任何台账记录：记录被删除，或工单为直接插入",
        "ticket {number} has no entry; they were removed, or the ticket was put in by hand",
    ),
    "row.version": (
        "工单 {number} 的版本是 {version}，台账却有 {count} 条记录",
        "ticket {number} is at version {version}, but its ledger has {count} entries",
    ),
    "row.head": (
        "工单 {number} 所存的末条签名与台账第 {seq} 条不符",
        "ticket {number}: the signature kept in its row is not that of entry {seq}",
    ),
    "row.differs": (
        "工单 {number} 的现状与台账重放的结果（至第 {seq} 条）不符：{columns}",
        "ticket {number} does not stand as its ledger says after entry {seq}: {columns}",
    ),
    "clock.differs": (
        "工单 {number} 的时限 {kind}（第 {round} 轮）与台账不符：{columns}",
        "ticket {number}: clock {kind}, round {round}, is not as its ledger says: {columns}",
    ),
    "clock.missing": (
        "工单 {number} 缺少时限 {kind}（第 {round} 轮）",
        "ticket {number}: clock {kind}, round {round}, is missing",
    ),
    "clock.extra": (
        "工单 {number} 多出台账里没有的时限 {kind}（第 {round} 轮）",
        "ticket {number}: clock {kind}, round {round}, is not in its ledger",
    ),
    "text.changed": (
        "工单 {number} 第 {seq} 条记录的文字（{field}）被改动",
        "ticket {number}, entry {seq}: the words ({field}) were changed",
    ),
    "text.missing": (
        "工单 {number} 第 {seq} 条记录的文字（{field}）不见了，也没有清除记录",
        "ticket {number}, entry {seq}: the words ({field}) are gone without having been erased",
    ),
    "text.extra": (
        "工单 {number} 第 {seq} 条记录多出台账里没有的文字（{field}）",
        "ticket {number}, entry {seq}: the words ({field}) are not in its ledger",
    ),
    "anchor.ticket_missing": (
        "存证 {file} 记有工单 {number}，现已不存在：工单被删除",
        "anchor {file} knows ticket {number}, which is not there any more; it was removed",
    ),
    "anchor.entry_missing": (
        "存证 {file} 记有工单 {number} 第 {seq} 条记录，现已不存在：末尾的记录被截去",
        "anchor {file} knows entry {seq} of ticket {number}, which is gone; its last entries were cut off",
    ),
    "anchor.hash_differs": (
        "工单 {number} 第 {seq} 条记录与存证 {file} 所记的签名不同：记录被重写",
        "ticket {number}, entry {seq}: its signature is not the one in anchor {file}; it was written anew",
    ),
    "anchor.fewer": (
        "存证 {file} 时共有工单 {tickets_then} 件、记录 {entries_then} 条，现在只有 {tickets} 件、{entries} 条",
        "at anchor {file} there were {tickets_then} tickets and {entries_then} entries; now {tickets} and {entries}",
    ),
    "anchor.file_changed": (
        "存证文件 {file} 的封签不符：文件被改动，或由另一把密钥所封",
        "anchor file {file}: the seal does not fit; the file was changed or sealed with another key",
    ),
    "anchor.malformed": (
        "存证文件 {file} 第 {line} 行无法读取：文件不完整或被改动",
        "anchor file {file}, line {line}, cannot be read; the file is incomplete or was changed",
    ),
    "anchor.previous_missing": (
        "存证文件 {file} 之前应有 {previous}，现在不见了",
        "before anchor file {file} there should be {previous}, which is gone",
    ),
    "anchor.chain_broken": (
        "存证文件 {file} 与上一份 {previous} 接不上：其中一份被替换",
        "anchor file {file} does not follow {previous}; one of them was replaced",
    ),
}


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written. `details` hold codes and numbers only."""

    code: str
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def zh(self) -> str:
        """The sentence in Chinese."""
        return SENTENCES[self.code][0].format(**self.details)

    @property
    def en(self) -> str:
        """The sentence in English."""
        return SENTENCES[self.code][1].format(**self.details)

    def __str__(self) -> str:
        """Both, as the other checks of the program say theirs."""
        return f"{self.zh} / {self.en}"
