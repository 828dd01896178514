"""What forms of every family of dossiers do: say what the rules refused, take any number of files."""

from collections.abc import Iterable
from typing import Any

from django import forms

from hotline.rules.messages import Refusal
from hotline.rules.sentences import render


class ManyFiles(forms.FileField):
    """Any number of files from one field."""

    widget = type("Several", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFiles, self).clean(one, initial) for one in given if one]


class RefusedForm(forms.Form):
    """A form that says what the rules refused."""

    lang = "zh"

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Sentences beside the field to mend, the others above the form."""
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, render(refusal, self.lang))


def whole_number(text: str) -> int | None:
    """A key or a version as an address or a form gives it; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
