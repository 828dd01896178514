"""Forms about co-units' tasks offer only units they can be about: whose task lies, or who has reported."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from hotline.rules.cotasks import CoTask, Standing
from hotline.rules.vocabulary import UnitCode
from hotline.tickets.access import OpenTicket
from hotline.tickets.acting.forms import ActForm
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import lang_of
from hotline.tickets.acting.widgets import Picker

LIES = frozenset({Standing.WAITING, Standing.OPEN})
Fits = Callable[[OpenTicket, UnitCode], bool]


def only(fits: Fits) -> Callable[[HttpRequest, OpenTicket, ActForm], dict[str, Any]]:
    """The picker of the unit offers those that fit; one alone is filled in."""

    def dress(request: HttpRequest, opened: OpenTicket, form: ActForm) -> dict[str, Any]:
        offered = tuple(o for o in names_of(request).pickable["unit"] if fits(opened, UnitCode(o.code)))
        form.fields["unit"].widget = Picker(offered, lang_of(request), {"aria-required": "true"})
        if len(offered) == 1 and not form.is_bound:
            form.initial["unit"] = offered[0].code
        return {}

    return dress


def _task(opened: OpenTicket, unit: UnitCode) -> CoTask | None:
    return next((task for task in opened.state.tasks if task.unit == unit), None)


def lies(opened: OpenTicket, unit: UnitCode) -> bool:
    """Its task waits or is owed."""
    task = _task(opened, unit)
    return task is not None and task.standing in LIES


def has_reported(opened: OpenTicket, unit: UnitCode) -> bool:
    """Its report can be sent back."""
    task = _task(opened, unit)
    return task is not None and task.standing is Standing.REPORTED
