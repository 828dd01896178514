"""The reviewer's form: every point of the city's checklist answered, then passed or sent back.

Whether what was said is enough is for the rules to say; the form only asks that no point is left out.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from hotline.rules.acts import Act, PassReview, SendBack
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import field_word, word
from hotline.tickets.acting.names import Names, Option

CHECKLIST: Final = "code:review_checklist"
GRADES: Final = "code:review_grade"
YES, NO, NOT_APPLICABLE = "yes", "no", "na"
ITEM: Final = "item-"
PASS, BACK = PassReview.name, SendBack.name


class ReviewForm(forms.Form):
    """Points, verdict, and what belongs to the verdict. What was typed is always shown again."""

    def __init__(self, *args: object, lang: str, names: Names, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.lang, self.points = lang, names.pickable.get(CHECKLIST, ())
        grades = names.pickable.get(GRADES, ())
        answers = [(YES, _("是")), (NO, _("否")), (NOT_APPLICABLE, _("不适用"))]
        for point in self.points:
            self._add(f"{ITEM}{point.code}", point.label(lang), _radios(answers))
        self._add("verdict", _("审核结论"), _radios([(PASS, word(PASS, lang)), (BACK, word(BACK, lang))]))
        if grades:
            self._add("grade", field_word(PASS, "grade", lang), _radios([(g.code, g.label(lang)) for g in grades]))
        self._add("note", field_word(PASS, "note", lang), _area())
        self._add("reason", field_word(BACK, "reason", lang), _area())

    def _add(self, name: str, label: object, made: forms.Field) -> None:
        made.label = str(label)
        self.fields[name] = made

    @property
    def items(self) -> list[forms.BoundField]:
        """The points as fields, in the city's order."""
        return [self[f"{ITEM}{point.code}"] for point in self.points]

    @property
    def graded(self) -> bool:
        """True where the city has grades."""
        return "grade" in self.fields

    def act(self) -> Act | None:
        """What the reviewer decides, typed; None when something was left out."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        if not said["verdict"]:
            self.add_error("verdict", render(Refusal("review.verdict_missing"), self.lang))
            return None
        checked, failed = self._answered(YES), self._answered(NO)
        if said["verdict"] == BACK:
            return SendBack(checked=checked, failed=failed, reason=said["reason"])
        if self._left_out():
            return None
        return PassReview(checked=checked, failed=failed, grade=said.get("grade", ""), note=said["note"])

    def _answered(self, answer: str) -> tuple[str, ...]:
        return tuple(p.code for p in self.points if self.cleaned_data[f"{ITEM}{p.code}"] == answer)

    def _left_out(self) -> bool:
        """Who passes a reply has looked at every point."""
        missing: list[Option] = [p for p in self.points if not self.cleaned_data[f"{ITEM}{p.code}"]]
        for point in missing:
            self.add_error(f"{ITEM}{point.code}", render(Refusal("review.point_missing"), self.lang))
        return bool(missing)

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Each refusal beside its field; one about points stands by the verdict."""
        for refusal in refusals:
            home = refusal.field if refusal.field in self.fields else "verdict"
            self.add_error(home, render(refusal, self.lang))


def _radios(choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect(), required=False)


def _area() -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "form-control", "rows": 3, "autocomplete": "off"})
    return forms.CharField(widget=widget, required=False)
