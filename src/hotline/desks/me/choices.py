"""What can be chosen on the personal page, and the form for it."""

from collections.abc import Sequence
from typing import Final

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotline.desks.places import Desk
from hotline.registry.people.preferences import ROWS, Preferences, preferences_of
from hotline.rules.acts import Register
from hotline.rules.contacting import TO_PEOPLE
from hotline.rules.lifecycle import TABLE
from hotline.rules.notifying import MAY_BE_QUIET
from hotline.rules.words import word
from hotline.tickets.acting.person import actor_of

NEW_TICKET, NOTICES = "new", "notices"
"""Places to begin with that are no desk."""

WHO_REGISTERS: Final = frozenset(role for row in TABLE if row.act is Register for role in row.roles)


class PreferencesForm(forms.Form):
    """使用习惯 and 提醒: everything has a choice that is the office's own."""

    start = forms.ChoiceField(
        label=gettext_lazy("登录后先打开"), widget=forms.Select({"class": "form-select"}), required=False
    )
    language = forms.ChoiceField(label=gettext_lazy("界面语言"), widget=forms.RadioSelect, required=False)
    rows = forms.TypedChoiceField(label=gettext_lazy("列表每页行数"), coerce=int, widget=forms.RadioSelect)
    density = forms.ChoiceField(label=gettext_lazy("列表疏密"), widget=forms.RadioSelect)
    quiet = forms.MultipleChoiceField(
        label=gettext_lazy("下列提醒只列出，不响铃"), widget=forms.CheckboxSelectMultiple, required=False
    )

    mail = forms.EmailField(
        label=gettext_lazy("接收提醒的邮箱"),
        required=False,
        max_length=200,
        widget=forms.EmailInput({"class": "form-control", "autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("请填写邮箱，例如 name@example.gov.cn。")},
    )
    by_email = forms.MultipleChoiceField(
        label=gettext_lazy("下列提醒另发邮件"), widget=forms.CheckboxSelectMultiple, required=False
    )
    by_sms = forms.MultipleChoiceField(
        label=gettext_lazy("下列提醒另发短信到联系电话"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: object, desks: Sequence[Desk], registers: bool, lang: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        new = [(NEW_TICKET, _("新建受理"))] if registers else []
        places = [*new, *((desk.key, str(desk.title)) for desk in desks), (NOTICES, _("消息提醒"))]
        _choose(self.fields["start"], [("", _("按岗位默认")), *places])
        _choose(self.fields["language"], [("", _("按浏览器上次的选择")), *settings.LANGUAGES])
        _choose(self.fields["rows"], [(number, str(number)) for number in ROWS])
        _choose(self.fields["density"], [("cosy", _("宽松")), ("tight", _("紧凑"))])
        _choose(self.fields["quiet"], [(kind, word(f"notice.{kind}", lang)) for kind in MAY_BE_QUIET])
        for name in ("by_email", "by_sms"):
            _choose(self.fields[name], [(kind, word(f"notice.{kind}", lang)) for kind in TO_PEOPLE])

    def clean(self) -> dict[str, object]:
        """Mail that is wanted needs an address."""
        given = super().clean() or {}
        if given.get("by_email") and not given.get("mail") and "mail" not in self.errors:
            self.add_error("mail", _("选了另发邮件，请填写邮箱。"))
        return given

    def chosen(self) -> Preferences:
        """What was chosen, once the form is found valid."""
        given = self.cleaned_data
        return Preferences(
            rows=given["rows"],
            density=given["density"],
            start=given["start"],
            language=given["language"],
            quiet=tuple(given["quiet"]),
            mail=given["mail"],
            by_email=tuple(given["by_email"]),
            by_sms=tuple(given["by_sms"]),
        )


def _choose(field: forms.Field, choices: Sequence[tuple[object, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def chosen_start(request: HttpRequest, desks: Sequence[Desk]) -> str:
    """The address of the place this person begins at; blank where nothing was chosen or it is no longer theirs."""
    start = preferences_of(request.user).start
    if start == NOTICES:
        return reverse("notices")
    if start == NEW_TICKET and actor_of(request).roles & WHO_REGISTERS:
        return reverse("intake-new")
    return next((reverse("desk", args=[desk.key]) for desk in desks if desk.key == start), "")
