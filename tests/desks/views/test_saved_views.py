"""Saved views: one's own and a role's, as tabs with numbers; kept, renamed, moved, deleted, opened first."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from hotline.desks.views import commands
from hotline.desks.views.commands import MOST, Pairs
from hotline.desks.views.models import SavedView
from hotline.desks.views.queries import shareable, views_of
from hotline.rules.vocabulary import RequestType, Role, Stage
from tests.cast import Cast
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

Limit = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.django_db
LATER = OPENING + timedelta(hours=3)
COMPLAINTS = (("type", "complaint"),)


def saved(
    cast: Cast, who: str, name: str, *, desk: str = "dispatch", role: str = "", pairs: Pairs = COMPLAINTS
) -> SavedView:
    kept = commands.save_view(desk=desk, name=name, pairs=pairs, role=role, actor=cast.actor(who), now=LATER)
    assert kept.view is not None, kept.refusals
    return kept.view


def codes(kept: commands.Kept) -> list[str]:
    return [refusal.code for refusal in kept.refusals]


def named(cast: Cast, who: str, desk: str = "dispatch") -> list[str]:
    return [view.name for view in views_of(cast.actor(who), desk)]


def test_a_view_is_a_tab_with_its_number(cast: Cast) -> None:
    for kind in (RequestType.COMPLAINT, RequestType.COMPLAINT, RequestType.HELP):
        cast.ticket_at(Stage.PENDING_DISPATCH, register={"request_type": kind})
    dispatcher = signed_in(cast, "dispatcher")
    with at(LATER):
        answer = dispatcher.post(
            "/views/new/", {"desk": "dispatch", "name": "投诉", "pair": ["type=complaint"]}, follow=True
        )
    shown = answer.content.decode()
    assert "已保存视图“投诉”。" in shown
    assert 'aria-current="page">投诉<em>2</em>' in shown
    assert latin(shown) <= {"DH"} | {part for part in shown.split() if part.isalnum()}


def test_a_role_s_view_is_everybody_s_of_that_role(cast: Cast) -> None:
    saved(cast, "dispatcher", "岗位的", role=Role.DISPATCHER)
    saved(cast, "dispatcher", "自己的")
    assert named(cast, "dispatcher") == ["岗位的", "自己的"]
    assert named(cast, "supervisor") == []


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("team_leader", {Role.TEAM_LEADER, Role.AGENT}),
        ("dispatcher", {Role.DISPATCHER}),
        ("supervisor", {Role.SUPERVISOR}),
        ("agent", set()),
        ("cgj_handler", set()),
    ],
)
def test_who_may_keep_views_for_a_role(cast: Cast, who: str, roles: set[Role]) -> None:
    assert set(shareable(cast.actor(who))) == roles


@pytest.mark.parametrize(
    ("who", "given", "code"),
    [
        ("dispatcher", {"name": " "}, "view.name_missing"),
        ("dispatcher", {"name": "长" * 21}, "view.name_too_long"),
        ("dispatcher", {"pairs": ()}, "view.no_filter"),
        ("dispatcher", {"desk": "callback"}, "view.no_desk"),
        ("dispatcher", {"desk": "nowhere"}, "view.no_desk"),
        ("dispatcher", {"role": "agent"}, "view.sharing_denied"),
        ("dispatcher", {"role": "king"}, "view.sharing_denied"),
        ("system_admin", {"desk": "tickets"}, "view.no_desk"),
    ],
)
def test_a_view_is_refused_with_a_reason(cast: Cast, who: str, given: dict[str, object], code: str) -> None:
    wanted = {"desk": "dispatch", "name": "视图", "pairs": COMPLAINTS} | given
    assert code in codes(commands.save_view(**wanted, actor=cast.actor(who), now=LATER))
    assert not SavedView.objects.exists()


def test_a_name_stands_once_at_a_desk(cast: Cast) -> None:
    first, second = saved(cast, "dispatcher", "甲"), saved(cast, "dispatcher", "乙")
    again = commands.save_view(desk="dispatch", name="甲", pairs=COMPLAINTS, actor=cast.actor("dispatcher"), now=LATER)
    assert codes(again) == ["view.name_taken"]
    assert codes(commands.rename_view(view=second.pk, name="甲", actor=cast.actor("dispatcher"))) == ["view.name_taken"]
    assert commands.rename_view(view=first.pk, name="丙", actor=cast.actor("dispatcher")).ok
    saved(cast, "dispatcher", "丙", role=Role.DISPATCHER)
    saved(cast, "dispatcher", "丙", desk="open")


def test_a_desk_keeps_a_dozen(cast: Cast) -> None:
    for at_ in range(MOST):
        saved(cast, "dispatcher", f"视图{at_}")
    more = commands.save_view(desk="dispatch", name="多", pairs=COMPLAINTS, actor=cast.actor("dispatcher"), now=LATER)
    assert codes(more) == ["view.too_many"]


def test_views_are_put_in_order(cast: Cast) -> None:
    one, two, three = (saved(cast, "dispatcher", name) for name in "甲乙丙")
    actor = cast.actor("dispatcher")
    commands.move_view(view=three.pk, step=-1, actor=actor)
    assert named(cast, "dispatcher") == ["甲", "丙", "乙"]
    commands.move_view(view=one.pk, step=-1, actor=actor)
    commands.move_view(view=two.pk, step=1, actor=actor)
    assert named(cast, "dispatcher") == ["甲", "丙", "乙"]
    commands.delete_view(view=three.pk, actor=actor)
    assert named(cast, "dispatcher") == ["甲", "乙"]


def test_a_desk_opens_with_one_s_first_view_and_all_is_one_click_away(cast: Cast) -> None:
    view = saved(cast, "dispatcher", "投诉")
    dispatcher = signed_in(cast, "dispatcher")
    assert dispatcher.get("/desk/dispatch/").status_code == 200
    dispatcher.post(f"/views/{view.pk}/first/")
    assert dispatcher.get("/desk/dispatch/").headers["Location"] == f"/desk/dispatch/?type=complaint&view={view.pk}"
    assert dispatcher.get("/desk/dispatch/?view=all").status_code == 200
    assert dispatcher.get("/desk/dispatch/?urgency=urgent").status_code == 200
    dispatcher.post(f"/views/{view.pk}/not-first/")
    assert dispatcher.get("/desk/dispatch/").status_code == 200


def test_a_view_s_number_alone_leads_to_its_filters(cast: Cast) -> None:
    view = saved(cast, "dispatcher", "投诉")
    dispatcher = signed_in(cast, "dispatcher")
    assert (
        dispatcher.get(f"/desk/dispatch/?view={view.pk}")
        .headers["Location"]
        .endswith(f"?type=complaint&view={view.pk}")
    )
    gone = dispatcher.get("/desk/dispatch/?view=999999").content.decode()
    assert "这个视图不存在" in gone


def test_others_views_are_out_of_reach(cast: Cast) -> None:
    own = saved(cast, "dispatcher", "私有")
    shared = saved(cast, "team_leader", "班组", desk="intake", role=Role.AGENT)
    supervisor, agent = cast.actor("supervisor"), cast.actor("agent")
    for refused in (
        commands.rename_view(view=own.pk, name="改", actor=supervisor),
        commands.delete_view(view=own.pk, actor=supervisor),
        commands.move_view(view=own.pk, step=1, actor=supervisor),
        commands.replace_filters(view=own.pk, pairs=COMPLAINTS, actor=supervisor),
        commands.open_with(view=own.pk, actor=supervisor),
    ):
        assert codes(refused) == ["view.not_found"]
    assert codes(commands.delete_view(view=shared.pk, actor=agent)) == ["view.not_yours"]
    assert commands.open_with(view=shared.pk, actor=agent).ok
    assert SavedView.objects.count() == 2


def test_a_view_takes_the_filters_that_are_on_now(cast: Cast) -> None:
    view = saved(cast, "dispatcher", "急件")
    dispatcher = signed_in(cast, "dispatcher")
    dispatcher.post(
        f"/views/{view.pk}/replace/",
        {"pair": ["urgency=urgent", "q=张三", "nonsense=1", "type=xyz"], "next": "/desk/dispatch/"},
    )
    view.refresh_from_db()
    assert view.pairs == [["urgency", "urgent"]]
    refused = dispatcher.post(f"/views/{view.pk}/replace/", {"pair": []})
    assert refused.status_code == 409


def test_the_page_of_views_has_all_of_it_and_its_empty_and_denied_states(cast: Cast) -> None:
    dispatcher = signed_in(cast, "dispatcher")
    assert "还没有保存的视图" in dispatcher.get("/views/").content.decode()
    view = saved(cast, "dispatcher", "投诉", pairs=(*COMPLAINTS, ("light", "soon"), ("order", "oldest"), ("open", "1")))
    shown = dispatcher.get("/views/").content.decode()
    assert "类型：投诉；时限：24 小时内到期；排序：最早在前" in shown
    assert f"/views/{view.pk}/rename/" in shown
    assert latin(shown) == set()
    wrong = dispatcher.post(f"/views/{view.pk}/rename/", {"name": ""})
    assert "请给视图起个名字。" in wrong.content.decode()
    assert signed_in(cast, "system_admin").get("/views/").status_code == 403
    assert dispatcher.get(f"/views/{view.pk}/delete/").status_code == 405


def test_numbers_on_tabs_cost_one_statement_whatever_their_number(
    cast: Cast, django_assert_max_num_queries: Limit
) -> None:
    dispatcher = signed_in(cast, "dispatcher")
    for at_ in range(MOST):
        saved(cast, "dispatcher", f"视图{at_}", pairs=(("unit", "LY"), ("urgency", "urgent")))
    with at(LATER):
        dispatcher.get("/desk/dispatch/")
        with django_assert_max_num_queries(9):
            dispatcher.get("/desk/dispatch/")
