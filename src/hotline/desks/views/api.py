"""Saved views for other systems: the caller's own and their roles' ones, and keeping a new one."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from hotline.desks.filters import asked_for
from hotline.desks.views.commands import save_view
from hotline.desks.views.models import CODE, NAME
from hotline.desks.views.queries import View, views_of
from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.visibility import view_of
from hotline.tickets.acting.api import DENIED, OPENING, READING, Strict, answers, refusing
from hotline.tickets.acting.api_values import text
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of
from hotline.tickets.queries import TicketFilter

MOST_FILTERS = 30
VALUE = 64

router = Router(tags=["视图 / saved views"])


class FilterPair(Strict):
    """One filter as it stands in a list's address, such as type=complaint."""

    name: text(CODE, required=True)  # type: ignore[valid-type]  # made with its length
    value: text(VALUE, required=True)  # type: ignore[valid-type]  # see name


class ViewIn(Strict):
    """A view to keep. Without a role it is the caller's own."""

    desk: text(CODE, required=True) = Field(  # type: ignore[valid-type]  # see FilterPair
        description="工作台，全部工单为 tickets / the desk; tickets for the list of all"
    )
    name: text(NAME, required=True) = Field(description="名称 / what it is called")  # type: ignore[valid-type]  # see FilterPair
    filters: list[FilterPair] = Field(min_length=1, max_length=MOST_FILTERS, description="筛选条件 / filters")
    role: text(CODE) = Field(default="", description="共用岗位 / the role it is shared with")  # type: ignore[valid-type]  # see FilterPair


class ViewOut(Schema):
    """A saved view. `first`: the caller's desk opens with it."""

    id: int
    desk: str
    name: str
    filters: list[FilterPair]
    role: str
    first: bool


class ViewsOut(Schema):
    """All views that the caller has, by desk and in the order of their tabs."""

    views: list[ViewOut]


@router.get(
    "",
    operation_id="list_views",
    url_name="list_views",
    summary="保存的视图 / saved views",
    **answers(ViewsOut, (*READING, DENIED)),
)
def list_views(request: HttpRequest) -> Status[dict[str, Any]]:
    """The caller's own views and those shared with their roles."""
    actor = actor_of(request)
    if view_of(actor).nothing:
        return refusing(request, (Refusal("access.denied", {}),))
    return Status(200, {"views": [_out(view) for view in views_of(actor)]})


@router.post(
    "",
    operation_id="save_view",
    url_name="save_view",
    summary="保存视图 / save a view",
    **answers(ViewOut, OPENING),
)
def save(request: HttpRequest, data: ViewIn) -> Status[dict[str, Any]]:
    """Keep filters under a name. A filter that can't be used refuses the whole view."""
    actor = actor_of(request)
    if view_of(actor).nothing:
        return refusing(request, (Refusal("access.denied", {}),))
    given = [(pair.name, pair.value) for pair in data.filters]
    asked = asked_for(given, base=TicketFilter(), order="", known=names_of(request), at=now())
    wrong = [Refusal(problem.code, problem.params, field="filters") for problem in asked.problems]
    if any(name == "q" for name, _ in asked.pairs):
        wrong.append(Refusal("list.personal", field="filters"))
    if wrong:
        return refusing(request, tuple(wrong))
    kept = save_view(desk=data.desk, name=data.name, pairs=asked.pairs, role=data.role, actor=actor, now=now())
    if kept.view is None:
        return refusing(request, kept.refusals)
    return Status(200, next(_out(view) for view in views_of(actor) if view.id == kept.view.pk))


def _out(view: View) -> dict[str, Any]:
    filters = [{"name": name, "value": value} for name, value in view.pairs]
    return {n: getattr(view, n) for n in ViewOut.model_fields if n != "filters"} | {"filters": filters}
