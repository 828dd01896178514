"""Small forms of the team leaders' desk: what was found on a sample, the notes of a shift."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hotline.rules.messages import Refusal
from hotline.rules.quality_sample import Point
from hotline.rules.sentences import render

YES, NO, NONE = "yes", "no", "na"
MEANS: Final = {YES: True, NO: False, NONE: None}
QUESTIONS: Final = {
    Point.TYPE: _("诉求类型正确"),
    Point.CATEGORY: _("事项分类正确"),
    Point.COMPLETE: _("内容完整"),
    Point.TITLE: _("标题清楚"),
    Point.TONE: _("用语礼貌得当"),
}


class QualityForm(forms.Form):
    """Five points and a note that the agent reads."""

    def __init__(self, *args: object, lang: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.lang = lang
        answers = [(YES, _("是")), (NO, _("否")), (NONE, _("不适用"))]
        for point, question in QUESTIONS.items():
            made = forms.ChoiceField(choices=answers, widget=forms.RadioSelect(), required=False)
            made.label = str(question)
            self.fields[point.value] = made
        self.fields["note"] = forms.CharField(widget=_area(), required=False, max_length=1000, label=str(_("点评")))

    @property
    def points(self) -> list[forms.BoundField]:
        """The five questions."""
        return [self[point.value] for point in QUESTIONS]

    def answers(self) -> dict[Point, bool | None] | None:
        """What was found, or None when a point was left out."""
        if not self.is_valid():
            return None
        for point in QUESTIONS:
            if not self.cleaned_data[point.value]:
                self.add_error(point.value, render(Refusal("quality.unanswered"), self.lang))
        if self.errors:
            return None
        return {point: MEANS[self.cleaned_data[point.value]] for point in QUESTIONS}


class NotesForm(forms.Form):
    """What the leader tells the next shift, or says when taking over."""

    notes = forms.CharField(required=False, max_length=4000)

    def __init__(self, *args: object, label: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.fields["notes"].label = label
        self.fields["notes"].widget = _area()


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"class": "form-control", "rows": 3, "autocomplete": "off"})
