"""Forms of media supervision: one to write a list, small ones for the deeds, one for a partner. What is right the
rules say.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from hotline.oversight.supervision.media.models import MediaPartner
from hotline.oversight.supervision.media.partners import Partner
from hotline.rules.media import Deed, Follow, MediumKind, Order
from hotline.rules.media.table import TABLE
from hotline.rules.supervision.states import Outcome
from hotline.rules.supervision.table import OUTCOMES
from hotline.rules.vocabulary import CITY_TZ, SupervisionKind, UnitCode
from hotline.rules.words import word
from hotline.rules.words_media import TEXT_WORDS
from hotline.tickets.dossiers.acting.forms import ManyFiles, RefusedForm

LONGEST: Final = 5000
BY_FORM: Final = (
    Deed.AGREE, Deed.ANSWER, Deed.RELEASE, Deed.RETURN_ANSWER, Deed.PUBLISH, Deed.FOLLOW_UP, Deed.CLOSE,
    Deed.SEND_BACK, Deed.ATTACH, Deed.MOVE_DUE, Deed.WITHDRAW,
)  # fmt: skip
"""Deeds done on the page of a handover, in its order; a revision has a page of its own."""
WITH_FILES: Final = frozenset({Deed.PUBLISH, Deed.FOLLOW_UP, Deed.ATTACH})
DATED: Final = frozenset({Deed.RELEASE, Deed.PUBLISH, Deed.FOLLOW_UP})
TIMED: Final = frozenset({Deed.AGREE, Deed.MOVE_DUE})
OF_UNIT: Final = frozenset({Deed.RELEASE, Deed.RETURN_ANSWER})
WRITTEN: Final = "%Y-%m-%dT%H:%M"
BETWEEN: Final = re.compile(r"[\s,，、;；]+")
CONTROL: Final = {"class": "form-control", "autocomplete": "off"}
NEEDED: Final = {"aria-required": "true"}


def _text(label: str, *, rows: int = 0, most: int = LONGEST, needed: bool = True) -> forms.CharField:
    attrs = CONTROL | (NEEDED if needed else {})
    widget = forms.Textarea(attrs=attrs | {"rows": rows}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs=CONTROL | NEEDED | {"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def _choice(label: str, choices: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"} | NEEDED)
    return forms.ChoiceField(label=label, required=False, choices=[("", _("请选择")), *choices], widget=widget)


class HandoverForm(RefusedForm):
    """移交单: to whom, which tickets, when, what is told, why."""

    def __init__(self, data: Any = None, *, media: Sequence[MediaPartner], lang: str, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.lang = lang
        named = [(str(one.pk), f"{one.name}（{word(f'medium_kind.{one.kind}', lang)}）") for one in media]
        self.fields["medium"] = _choice(_("合作媒体"), named)
        self.fields["hand_on"] = _day(_("移交日期"))
        self.fields["tickets"] = _text(_("工单编号"), rows=3)
        self.fields["tickets"].help_text = _("每行一个编号。保密件和举报件不能移交。")
        self.fields["title"] = _text(_("交给媒体的文字"), rows=8)
        self.fields["title"].help_text = _("不要写诉求人的姓名、电话、证件号码和门牌，系统会逐行检查。")
        self.fields["text"] = _text(_("移交理由"), rows=3)

    def order(self, deed: Deed, *, supervision: int | None) -> Order:
        """What was filled in."""
        given = self.cleaned_data
        return Order(
            deed=deed,
            medium=given["medium"],
            tickets=tuple(dict.fromkeys(one for one in BETWEEN.split(given["tickets"]) if one)),
            hand_on=given["hand_on"],
            supervision=supervision,
            title=given["title"],
            text=given["text"],
        )


class DeedForm(RefusedForm):
    """What one deed asks for."""

    def __init__(
        self, data: Any = None, files: Any = None, *, deed: Deed, lang: str, waiting: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(data, files, prefix=deed.value)
        self.deed, self.lang = deed, lang
        self._chosen(waiting)
        self._typed()

    def _chosen(self, waiting: Sequence[tuple[str, str]]) -> None:
        """What is chosen: whose answer, how it was followed up, when, what came of it."""
        deed, lang = self.deed, self.lang
        if deed in OF_UNIT:
            self.fields["unit"] = _choice(_("单位"), waiting)
            if len(waiting) == 1:
                self.fields["unit"].initial = waiting[0][0]
        if deed is Deed.FOLLOW_UP:
            self.fields["follow"] = _choice(_("跟进方式"), [(one.value, word(one, lang)) for one in Follow])
        if deed is Deed.PUBLISH:
            self.fields["title"] = _text(_("标题"), most=200)
        if deed in DATED:
            labels = {Deed.RELEASE: _("公开日期"), Deed.PUBLISH: _("刊播日期"), Deed.FOLLOW_UP: _("跟进日期")}
            self.fields["on"] = _day(labels[deed])
        if deed in TIMED:
            self._due()
        if deed is Deed.CLOSE:
            fits = [one for one in Outcome if one in OUTCOMES[SupervisionKind.MEDIA]]
            self.fields["outcome"] = _choice(_("督办结果"), [(one.value, word(one, lang)) for one in fits])

    def _typed(self) -> None:
        """What is typed, and files."""
        deed = self.deed
        if deed is Deed.PUBLISH:
            self.fields["title"] = _text(_("标题"), most=200)
        if any(row.words for row in TABLE if row.deed is deed):
            self.fields["text"] = _text(TEXT_WORDS[deed][self.lang == "en"], rows=6 if deed is Deed.ANSWER else 3)
        if deed in WITH_FILES:
            self.fields["file"] = ManyFiles(label=_("扫描件、截图"), required=False)
            self.fields["file"].widget.attrs["class"] = "form-control"

    def _due(self) -> None:
        attrs = CONTROL | {"type": "datetime-local"} | (NEEDED if self.deed is Deed.MOVE_DUE else {})
        widget = forms.DateTimeInput(attrs=attrs, format=WRITTEN)
        self.fields["due_at"] = forms.DateTimeField(
            label=_("公开答复时限"), required=False, input_formats=[WRITTEN, "%Y-%m-%dT%H:%M:%S"], widget=widget
        )
        if self.deed is Deed.AGREE:
            self.fields["due_at"].help_text = _("不填的按规则方案计算。")

    @property
    def heading(self) -> str:
        """The deed's name."""
        return word(self.deed, self.lang)

    def order(self) -> Order:
        """What was filled in."""
        given = self.cleaned_data
        due = given.get("due_at")
        return Order(
            deed=self.deed,
            unit=UnitCode(given["unit"]) if given.get("unit") else None,
            follow=Follow(given["follow"]) if given.get("follow") else None,
            outcome=Outcome(given["outcome"]) if given.get("outcome") else None,
            on=given.get("on"),
            due_at=due.replace(tzinfo=CITY_TZ) if due is not None and due.tzinfo is None else due,
            title=given.get("title", ""),
            text=given.get("text", ""),
        )


class PartnerForm(RefusedForm):
    """合作媒体."""

    def __init__(self, data: Any = None, *, lang: str, row: MediaPartner | None = None) -> None:
        values = {name: getattr(row, name) for name in ("name", "kind", "contact", "phone", "on")} if row else {"on": 1}
        super().__init__(data, initial=values)
        self.lang = lang
        self.fields["name"] = _text(_("媒体名称"), most=60)
        self.fields["kind"] = _choice(_("种类"), [(one.value, word(one, lang)) for one in MediumKind])
        self.fields["contact"] = _text(_("联系人或者部门"), most=60, needed=False)
        self.fields["phone"] = _text(_("联系电话"), most=32, needed=False)
        self.fields["on"] = forms.BooleanField(label=_("启用"), required=False)

    def partner(self) -> Partner:
        """What was filled in."""
        given = self.cleaned_data
        return Partner(
            name=given["name"],
            kind=MediumKind(given["kind"]) if given["kind"] else None,
            contact=given["contact"],
            phone=given["phone"],
            on=given["on"],
        )
