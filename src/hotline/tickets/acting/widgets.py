"""The picker: a plain <select> that works without script and that pickers.js lets people find in by typing.

Options are joined as text, not rendered one template each: an intake page shows a thousand of them.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from hotline.tickets.acting.names import Option


class Picker(forms.Select):
    """One of many named codes. `options` is a tuple kept by names(), so that its text is made once."""

    def __init__(self, options: tuple[Option, ...], lang: str, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "form-select", **(attrs or {})})
        self.picks, self.lang = options, lang

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002  # Django's signature
        """The select with the chosen options marked."""
        chosen = {str(v) for v in (value if isinstance(value, list | tuple) else [value]) if v}
        final = self.build_attrs(self.attrs, {**(attrs or {}), "name": name, **self._multiple()})
        body = _text(self.picks, self.lang, blank=not self.allow_multiple_selected)
        for code in chosen:
            body = body.replace(f'value="{escape(code)}"', f'value="{escape(code)}" selected', 1)
        select = format_html("<select{}>{}</select>", flatatt(final), mark_safe(body))  # noqa: S308  # made by _text
        return format_html("<type-to-find>{}</type-to-find>", select)

    def _multiple(self) -> dict[str, Any]:
        return {"multiple": True} if self.allow_multiple_selected else {}


class ManyPicker(Picker, forms.SelectMultiple):
    """Several of many named codes."""

    allow_multiple_selected = True


@lru_cache(maxsize=64)
def _text(options: tuple[Option, ...], lang: str, *, blank: bool) -> str:
    lines = ['<option value=""></option>'] if blank else []
    for heading, group in groupby(options, key=lambda o: o.heading):
        grouped = _lines(group, lang)
        lines += (
            [format_html('<optgroup label="{}">', gettext(heading)), *grouped, "</optgroup>"] if heading else grouped
        )
    return "".join(lines)


def _lines(options: Iterable[Option], lang: str) -> list[str]:
    return [
        format_html('<option value="{}" data-py="{}">{}</option>', o.code, o.letters, o.label(lang)) for o in options
    ]
