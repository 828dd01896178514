"""Forms of the callback desk: the officer's script and the citizen's page ask the same, each in its tone."""

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hotline.rules.acts import RecordCallback
from hotline.rules.vocabulary import Rating, Resolution
from hotline.rules.words import word
from hotline.tickets.acting.forms import ActForm
from hotline.tickets.acting.names import Names

LONGEST: Final = 1000

SCRIPT: Final[dict[str, str | Promise]] = {
    "responded": _("承办单位有没有联系过您、答复过您？"),
    "resolution": _("您反映的问题解决了吗？"),
    "rating": _("对这次办理，您的总体评价是？"),
    "cause": _("主要是哪方面不满意？"),
    "words": _("您还有什么要说的？（记市民原话）"),
}
"""What the officer reads out, one question a field."""


class ScriptForm(ActForm):
    """The answers of a call, each under the question that was read out."""

    act_class = RecordCallback

    def __init__(self, *args: Any, lang: str = "zh", names: Names, **kwargs: Any) -> None:
        super().__init__(*args, lang=lang, names=names, **kwargs)
        for name, question in SCRIPT.items():
            self.fields[name].label = str(question)


class AnswerForm(forms.Form):
    """What a citizen answers on a telephone's small screen."""

    responded = forms.ChoiceField(
        label=_("办理单位联系过您吗？"),
        choices=[("yes", _("联系过")), ("no", _("没有联系"))],
        widget=forms.RadioSelect,
    )
    resolution = forms.ChoiceField(label=_("问题解决了吗？"), widget=forms.RadioSelect)
    rating = forms.ChoiceField(label=_("您满意吗？"), widget=forms.RadioSelect)
    cause = forms.ChoiceField(
        label=_("如果不满意，主要是"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    words = forms.CharField(
        label=_("想对我们说的话（可不填）"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3, "maxlength": LONGEST}),
    )

    def __init__(self, *args: Any, lang: str, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        causes = names.pickable.get("code:dissatisfied", ())
        choices: dict[str, list[tuple[str, Any]]] = {
            "resolution": [(r.value, word(r, lang)) for r in Resolution],
            "rating": [(str(r.value), word(r, lang)) for r in sorted(Rating, reverse=True)],
            "cause": [("", "—"), *((o.code, o.label(lang)) for o in causes)],
        }
        for name, given in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = given
        for field in self.fields.values():
            field.error_messages["required"] = _("请回答这一项。")


class SampleForm(forms.Form):
    """What came of asking somebody whose question was answered at once."""

    rating = forms.ChoiceField(label=_("对当时的答复，您满意吗？"), required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("市民说了什么"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rating = self.fields["rating"]
        if isinstance(rating, forms.ChoiceField):
            rating.choices = [(str(r.value), word(r, lang)) for r in sorted(Rating, reverse=True)]


class FollowForm(forms.Form):
    """What follows a direct answer that the citizen did not accept."""

    title = forms.CharField(
        label=_("新工单标题"), max_length=200, required=False, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    content = forms.CharField(
        label=_("诉求内容"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 4}),
    )


class CorrectionForm(forms.Form):
    """What is wrong in the knowledge item that was told."""

    code = forms.ChoiceField(label=_("知识点"), required=False, widget=forms.Select(attrs={"class": "form-select"}))
    text = forms.CharField(
        label=_("哪里不对、应该怎样"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 4}),
    )

    def __init__(self, *args: Any, items: tuple[tuple[str, str], ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        if isinstance(code, forms.ChoiceField):
            code.choices = [*items, ("", _("知识库里没有，需要补充"))]
