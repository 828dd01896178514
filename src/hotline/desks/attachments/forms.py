"""Which file, what it is there for, who may open it; and why one is removed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotline.rules.acts.base import LONG
from hotline.rules.vocabulary import Purpose, VisibleTo
from hotline.rules.words import field_word, word
from hotline.tickets.attachments.kinds import KINDS
from hotline.tickets.attachments.queries import Files

ACCEPT = ",".join(f".{ending}" for kind in KINDS.values() for ending in kind.endings)
ACT = "add_attachment"


class ManyFiles(forms.ClearableFileInput):
    """Several files at once: people photograph five pages and send them in one go."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class UploadForm(forms.Form):
    """Each file is judged by itself; what stands here holds for all of them."""

    file = forms.Field(label=_("文件（可多选）"), required=False, widget=ManyFiles())
    purpose = forms.ChoiceField(required=False, widget=forms.RadioSelect())
    visible_to = forms.ChoiceField(required=False, widget=forms.RadioSelect())

    def __init__(self, *args: Any, files: Files, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs |= {"class": "form-control", "accept": ACCEPT, "aria-required": "true"}
        self._offer("purpose", files.purposes, lang)
        self._offer("visible_to", offered(files), lang)

    def _offer(self, name: str, members: tuple[Purpose, ...] | tuple[VisibleTo, ...], lang: str) -> None:
        field = self.fields[name]
        field.label = field_word(ACT, name, lang)
        field.initial = members[0].value if members else ""
        field.choices = [(member.value, word(member, lang)) for member in members]  # type: ignore[attr-defined]  # a ChoiceField

    def for_purpose(self) -> Purpose:
        """What was chosen, or what stands first."""
        return Purpose(self.cleaned_data["purpose"] or self.fields["purpose"].initial)

    def for_whom(self) -> VisibleTo:
        """What was chosen, or everybody who sees the ticket."""
        return VisibleTo(self.cleaned_data["visible_to"] or VisibleTo.TICKET)


def offered(files: Files) -> tuple[VisibleTo, ...]:
    """Only the office opens a piece of a confidential ticket to its unit."""
    more = (VisibleTo.UNIT,) if files.inside and files.confidential else ()
    return (VisibleTo.TICKET, VisibleTo.OFFICE, *more)


class RemoveForm(forms.Form):
    """Why the file is removed."""

    reason = forms.CharField(
        label=_("移除理由"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3, "aria-required": "true"}),
    )
