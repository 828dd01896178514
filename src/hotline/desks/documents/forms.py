"""Forms of documents: one to write it, small ones for the other deeds. Whether it is right the rules say."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from hotline.rules.documents import Deed, DocumentKind, Order
from hotline.rules.documents.table import MOST_PRINTS, TABLE
from hotline.rules.vocabulary import UnitCode
from hotline.rules.words import word
from hotline.rules.words_documents import TEXT_WORDS
from hotline.tickets.acting.names import Names
from hotline.tickets.dossiers.acting.forms import RefusedForm

LONGEST: Final = 20_000
BY_FORM: Final = (
    Deed.SUBMIT, Deed.CHECK, Deed.SIGN, Deed.SEAL, Deed.ISSUE, Deed.ATTACH, Deed.SEND_BACK, Deed.VOID, Deed.DISCARD,
)  # fmt: skip
"""Deeds done on the page of a document, in its order; a revision has a page of its own."""


class WriteForm(RefusedForm):
    """标题、主送、抄送、正文. The kind is chosen once, with the first draft."""

    def __init__(self, data: Any = None, *, names: Names, lang: str, new: bool, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.lang = lang
        units = [(option.code, option.label(lang)) for option in names.pickable["unit"]]
        if new:
            kinds = [(kind.value, word(kind, lang)) for kind in DocumentKind]
            self.fields["kind"] = forms.ChoiceField(
                label=_("种类"), choices=kinds, required=False, widget=forms.RadioSelect
            )
        self.fields["title"] = forms.CharField(
            label=_("标题"), required=False, max_length=200, widget=_wide(forms.TextInput, required=True)
        )
        self.fields["recipients"] = _choice(_("主送单位"), units)
        self.fields["sent_to"] = forms.CharField(
            label=_("报送对象"), required=False, max_length=200, widget=_wide(forms.TextInput)
        )
        self.fields["sent_to"].help_text = _("专报填这一项，例如“市委、市政府”；其他种类不填。")
        self.fields["copies"] = _choice(_("抄送单位"), units)
        self.fields["body"] = forms.CharField(
            label=_("正文"), required=False, max_length=LONGEST, widget=_wide(forms.Textarea, rows="14", required=True)
        )
        self.fields["body"].help_text = _("每段一行，打印时自动首行缩进。")

    def order(self, deed: Deed) -> Order:
        """What was filled in."""
        given = self.cleaned_data
        return Order(
            deed=deed,
            kind=DocumentKind(given["kind"]) if given.get("kind") else None,
            title=given["title"],
            body=given["body"],
            sent_to=given["sent_to"].strip(),
            recipients=frozenset(UnitCode(code) for code in given["recipients"]),
            copies=frozenset(UnitCode(code) for code in given["copies"]),
        )


def _wide(widget: type[forms.Widget], *, required: bool = False, **attrs: str) -> forms.Widget:
    more = {"aria-required": "true"} if required else {}
    return widget(attrs={"class": "form-control", "autocomplete": "off", **attrs, **more})


def _choice(label: str, units: Sequence[tuple[str, str]]) -> forms.MultipleChoiceField:
    widget = forms.SelectMultiple(attrs={"class": "form-select", "size": 8})
    field = forms.MultipleChoiceField(label=label, choices=units, required=False, widget=widget)
    field.help_text = _("按住 Ctrl 键可以多选。")
    return field


class DeedForm(RefusedForm):
    """What one deed asks for."""

    def __init__(self, data: Any = None, files: Any = None, *, deed: Deed, lang: str) -> None:
        super().__init__(data, files, prefix=deed.value)
        self.deed, self.lang = deed, lang
        if deed is Deed.SIGN:
            self.fields["signer"] = forms.CharField(
                label=_("签发人"), required=False, max_length=50, widget=_wide(forms.TextInput, required=True)
            )
            self.fields["signed_on"] = forms.DateField(
                label=_("签发日期"),
                required=False,
                widget=forms.DateInput(
                    attrs={"class": "form-control", "type": "date", "aria-required": "true"}, format="%Y-%m-%d"
                ),
            )
        if deed is Deed.SEAL:
            self.fields["prints"] = forms.IntegerField(
                label=_("用印份数"),
                required=False,
                min_value=1,
                max_value=MOST_PRINTS,
                widget=forms.NumberInput(attrs={"class": "form-control", "aria-required": "true"}),
            )
        if deed is Deed.ATTACH:
            self.fields["file"] = forms.FileField(label=_("签批页扫描件"), required=False)
            self.fields["file"].widget.attrs |= {"class": "form-control", "aria-required": "true"}
        if any(row.words for row in TABLE if row.deed is deed):
            self.fields["text"] = forms.CharField(
                label=TEXT_WORDS[deed][lang == "en"],
                required=False,
                max_length=2000,
                widget=_wide(forms.Textarea, rows="3", required=True),
            )

    @property
    def heading(self) -> str:
        """The deed's name."""
        return word(self.deed, self.lang)

    def order(self) -> Order:
        """What was filled in."""
        given = self.cleaned_data
        return Order(
            deed=self.deed,
            signer=given.get("signer", "").strip(),
            signed_on=given.get("signed_on"),
            prints=given.get("prints"),
            text=given.get("text", ""),
        )
