"""Forms of precedents: the draft in the cells of the directory, and small ones for the deeds. The rules judge them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from hotline.rules.messages import Refusal
from hotline.rules.precedents import Deed, Order, Ruled
from hotline.rules.precedents.table import TABLE
from hotline.rules.vocabulary import UnitCode
from hotline.rules.words import word
from hotline.rules.words_precedents import TEXT_WORDS
from hotline.tickets.dossiers.acting.forms import RefusedForm
from hotline.tickets.precedents.commands import LONGEST
from hotline.tickets.precedents.drafting import CELLS, read_draft

BY_FORM: Final = (
    Deed.AGREE, Deed.SEND_BACK, Deed.DECLINE, Deed.CHALLENGE, Deed.UPHOLD, Deed.RENEW, Deed.WITHDRAW, Deed.DROP,
)  # fmt: skip
"""Deeds done on the page of a precedent, in its order; its words have a page of their own."""
CONTROL: Final = {"class": "form-control", "autocomplete": "off"}
NEEDED: Final = {"aria-required": "true"}
ASKED: Final = frozenset({"title", "categories", "basis", "owner", "valid_to"})
LONG_CELLS: Final = frozenset({"words", "co_units", "basis"})
MOST_CELL: Final = 1000


def _text(label: str, *, rows: int = 0, most: int = LONGEST, needed: bool = True) -> forms.CharField:
    attrs = CONTROL | (NEEDED if needed else {})
    widget = forms.Textarea(attrs=attrs | {"rows": rows}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs=CONTROL | NEEDED | {"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def labels() -> dict[str, tuple[str, str]]:
    """What each cell is called, and how it is written."""
    return {
        "title": (_("先例名称"), _("例如：夜间施工噪声。")),
        "categories": (_("事项分类"), _("分类代码，几个用“、”隔开。")),
        "words": (_("词语"), _("用“；”隔开的每一组都要说到，组内用“、”隔开的说到一个就行。")),
        "without": (_("不含词语"), _("说到一个就不适用，用“、”隔开。")),
        "places": (_("场所"), ""),
        "hours": (_("时段"), _("例如：22:00-06:00，可以跨午夜。")),
        "needs": (_("条件"), _("派单目录用语里的条件；前面写“非:”表示没有才算。")),
        "regions": (_("区划"), _("留空即全市。")),
        "co_units": (_("协办"), _("例如：协办:市城管局（处罚｜查实违法）。竖线后面是启动这项任务的结果。")),
        "basis": (_("依据"), ""),
        "note": (_("说明"), ""),
        "owner": (_("归口单位"), _("到期以前提醒这个单位。")),
        "valid_to": (_("停用日期"), _("这一天起不再适用，最长三年。")),
    }


class DraftForm(RefusedForm):
    """先例稿: what makes it apply, and until when. Lead and co-units are those of the ruling."""

    def __init__(
        self,
        data: Any = None,
        *,
        lead: UnitCode,
        lang: str,
        reasons: bool = False,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.lead, self.lang = lead, lang
        named = labels()
        for name in CELLS:
            label, hint = named[name]
            rows = 2 if name in LONG_CELLS else 0
            field = _day(label) if name == "valid_to" else _text(label, rows=rows, most=MOST_CELL, needed=name in ASKED)
            field.help_text = hint
            self.fields[name] = field
        if reasons:
            self.fields["text"] = _text(TEXT_WORDS[Deed.AMEND][lang == "en"], rows=3)

    def order(self, deed: Deed, *, today: date, ruled: Ruled | None = None) -> tuple[Order | None, tuple[Refusal, ...]]:
        """What was filled in, or what cannot be read."""
        given = self.cleaned_data
        until = given.get("valid_to")
        cells = {name: given.get(name) or "" for name in CELLS} | {"valid_to": until.isoformat() if until else ""}
        draft, refusals = read_draft(cells, lead=self.lead, today=today)
        if draft is None:
            return None, refusals
        return Order(deed=deed, ruled=ruled, draft=draft, text=given.get("text", "")), ()


class DeedForm(RefusedForm):
    """What one deed asks for."""

    def __init__(self, data: Any = None, *, deed: Deed, lang: str) -> None:
        super().__init__(data, prefix=deed.value)
        self.deed, self.lang = deed, lang
        if deed is Deed.RENEW:
            self.fields["until"] = _day(_("续期到"))
        if any(row.words for row in TABLE if row.deed is deed):
            self.fields["text"] = _text(TEXT_WORDS[deed][lang == "en"], rows=4)

    @property
    def heading(self) -> str:
        """The deed's name."""
        return word(self.deed, self.lang)

    def order(self) -> Order:
        """What was filled in."""
        given = self.cleaned_data
        return Order(deed=self.deed, until=given.get("until"), text=given.get("text", ""))
