"""Forms of the directory: one rule cell by cell as in the file, its last day, or lines of the file itself."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from hotline.desks.calendars.forms import RuleForm, line
from hotline.rules.jurisdiction.sheet import ELSEWHERE_WORD, HEADER_OF, HEADERS, LOCAL_WORD, Spelling
from hotline.rules.messages import Refusal

FIXED: Final = ("id", "version", "source")
"""Cells that nobody types: the number is given, the version counted, and the source is the directory."""
NAMES: Final[Mapping[str, str]] = {header: name for name, header in HEADER_OF.items()}
CELLS: Final = tuple(NAMES[header] for header in HEADERS if NAMES[header] not in FIXED)
NARROW: Final = frozenset({"places", "hours", "needs", "regions", "valid_from", "valid_to"})
"""Cells that stand two in a row."""
LONG: Final = frozenset({"words", "co_units", "basis", "note"})
REQUIRED: Final = frozenset({"title", "categories", "lead", "basis", "owner", "valid_from"})


def _labels() -> Mapping[str, tuple[str, str]]:
    """Each cell with its label and how it is written."""
    return {
        "title": (_("事项"), ""),
        "categories": (_("事项分类"), _("2位、4位或6位代码，几个用“、”隔开。")),
        "words": (_("词语"), _("例如“施工、工地；噪声、吵”：分号隔开的每一组都要说到，组内说到一个就行。")),
        "without": (_("不含词语"), _("说到其中一个就不算，用“、”隔开。")),
        "places": (_("场所"), _("目录用语里的名称，几个用“、”隔开。")),
        "hours": (_("时段"), _("例如 22:00-06:00，可以跨午夜。")),
        "needs": (_("条件"), _("例如“非:有夜间施工证明”，几个用“、”隔开。")),
        "regions": (_("区划"), _("留空即全市；6位代码管全县区，9位只管该街道。")),
        "lead": (_("主办"), _("单位简称；“属地”是管理当地的县区或开发区；“引导”是不派单。")),
        "co_units": (_("协办"), _("例如“协办:市城管局（处罚｜查实违法）；督导:市城乡建设局”。")),
        "basis": (_("依据"), _("法律、法规的名称和条款，或者职责分工。")),
        "note": (_("说明"), _("主办写“引导”的，写明引导到哪里。")),
        "owner": (_("归口单位"), _("负责这条规则到期续签的单位。")),
        "valid_from": (_("启用日期"), ""),
        "valid_to": (_("停用日期"), _("这一天起不再有效；留空即长期有效。")),
    }


class DirectoryRuleForm(RuleForm):
    """One rule. `spelling` tells which units, kinds of place and conditions the city has names for."""

    def __init__(self, *args: Any, spelling: Spelling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = [LOCAL_WORD, ELSEWHERE_WORD, *sorted(set(spelling.names.values()))]
        lexicon = spelling.lexicon
        self.fields["draft_source"] = _source()
        for name, (label, hint) in _labels().items():
            self.fields[name] = _cell(name, label, hint)
        for name, there in (("places", lexicon.places), ("needs", lexicon.facts)):
            self.fields[name].help_text = _named(self.fields[name].help_text, [one.name for one in there.values()])

    def row(self, fixed: Mapping[str, str]) -> dict[str, str]:
        """The line of the file that was typed."""
        cells = {name: self.cleaned_data[name].strip() for name in CELLS} | dict(fixed)
        return {HEADER_OF[name]: cell for name, cell in cells.items()}

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """A mistake of a cell stands beside the cell, one of the source beside the source."""
        super().refuse(replace(one, field=_field_of(one)) for one in refusals)


class EndForm(RuleForm):
    """The last day of a rule."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["draft_source"] = _source()
        self.fields["valid_to"] = line(_("停用日期"), type="date")
        self.fields["valid_to"].help_text = _("这一天起不再有效；写晚一些的日子就是续期。")

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """All but the source concern the day."""
        super().refuse(replace(one, field="draft_source" if one.field == "source" else "valid_to") for one in refusals)


class LinesForm(RuleForm):
    """Lines of the file, pasted or from a file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"] = line(_("依据（文号或名称）"))
        self.fields["file"] = forms.FileField(label=_("目录文件（CSV）"), required=False)
        self.fields["file"].help_text = _("表格软件另存的“CSV UTF-8”，可以是整个目录，也可以只有要改的行。")
        attrs = {"class": "form-control", "rows": "10", "spellcheck": "false"}
        text = forms.CharField(
            label=_("或者粘贴文件内容（含表头）"), required=False, strip=False, widget=forms.Textarea(attrs=attrs)
        )
        self.fields["text"] = text

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Mistakes of lines are listed by the page; the others stand beside their fields."""
        super().refuse(one for one in refusals if one.field != "text" or "line" not in one.params)


def _source() -> forms.Field:
    found = line(_("改动的依据（文号或名称）"))
    found.help_text = _("例如：市编办〔2026〕12号复函。写进变更记录。")
    return found


def _named(hint: object, names: list[str]) -> str:
    """The hint with the names that can be written."""
    return _("%(hint)s可以写：%(names)s。") % {"hint": hint, "names": "、".join(names)} if names else str(hint)


def _cell(name: str, label: str, hint: str) -> forms.Field:
    shown: dict[str, str] = {"class": "form-control", "autocomplete": "off"}
    if name in REQUIRED:
        shown["aria-required"] = "true"
    if name in {"valid_from", "valid_to"}:
        shown["type"] = "date"
    if name in {"lead", "owner"}:
        shown["list"] = "dir-units"
    widget = forms.Textarea(attrs={**shown, "rows": "2"}) if name in LONG else forms.TextInput(attrs=shown)
    return forms.CharField(label=label, help_text=hint, required=False, max_length=1000, widget=widget)


def _field_of(refusal: Refusal) -> str:
    if refusal.field == "source":
        return "draft_source"
    column = NAMES.get(str(refusal.params.get("column", "")), "")
    return column if column in CELLS else BY_CODE.get(refusal.code, "")


BY_CODE: Final = {
    "directory.words_form": "words",
    "directory.category_unknown": "categories",
    "directory.id_strange": "categories",
    "directory.region_unknown": "regions",
    "directory.co_repeated": "co_units",
    "directory.note_missing": "note",
    "directory.start_passed": "valid_from",
    "directory.overlap": "valid_from",
    "directory.overlap_kept": "valid_from",
    "directory.dates_reversed": "valid_to",
    "directory.end_passed": "valid_to",
}
"""The cell that is to be mended, where the mistake does not name its column."""
