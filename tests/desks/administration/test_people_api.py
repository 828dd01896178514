"""Administration through the API: the same parts for the same administrators, and a password in one answer only."""

import pytest

from hotline.plumbing.clock import frozen
from hotline.registry.people.commands import issue_token
from hotline.registry.people.models import User
from tests.api.calling import Answer, Caller
from tests.cast import Cast
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
NOW = OPENING.replace(hour=16)
PEOPLE = "/people"
LI = {"username": "li", "full_name": "李四", "unit": "CGJ", "wanted_role": "unit_handler"}


def caller(cast: Cast, who: str) -> Caller:
    """Somebody of the cast with a token."""
    return Caller(issue_token(username=cast.user(who).username, name="t", days=9, by=None, now=NOW).secret)


def said(answer: Answer, status: int = 200) -> dict[str, object]:
    """The body of an answer that must have that status."""
    assert answer.status == status, answer.body
    body: dict[str, object] = answer.body
    return body


def test_an_account_from_its_making_to_its_end(cast: Cast):
    with frozen(NOW):
        system, security, audit = (caller(cast, f"{kind}_admin") for kind in ("system", "security", "audit"))
        made = said(system.post(PEOPLE, LI))
        assert (made["state"], len(str(made["password"]))) == ("awaiting", 17)
        one = f"{PEOPLE}/{made['id']}"
        assert said(security.post(f"{one}/confirm"))["state"] == "active"
        person = security.post(f"{one}/roles", {"role": "unit_handler"}).body
        assert person["roles"] == ["unit_handler"]
        assert "password" not in person
        assert security.post(f"{one}/roles", {"role": "auditor"}).codes == ["role.onlooker_acts"]
        grant = person["grants"][0]["id"]
        assert said(security.post(f"{one}/roles/{grant}/withdraw", {}))["roles"] == []
        assert said(system.post(f"{one}/data", {"full_name": "李四光", "unit": "CGJ"}))["full_name"] == "李四光"
        assert len(str(said(system.post(f"{one}/reset-password"))["password"])) == 17
        assert said(system.post(f"{one}/switch-off", {"reason": "调离"}))["state"] == "off"
        acts = [entry["act"] for entry in audit.get(f"{PEOPLE}/log", {"who": "li"}).body["entries"]]
    assert acts == [
        "switch_off",
        "reset_password",
        "change_account",
        "withdraw_role",
        "grant_role",
        "confirm_account",
        "create_account",
    ]


@pytest.mark.parametrize("who", ["agent", "director", "cgj_head", "security_admin", "audit_admin"])
def test_others_make_no_account(cast: Cast, who: str):
    with frozen(NOW):
        answer = caller(cast, who).post(PEOPLE, LI)
    assert (answer.status, answer.codes) == (403, ["people.act_denied"])
    assert not User.objects.filter(username="li").exists()


def test_who_may_list_and_read(cast: Cast):
    with frozen(NOW):
        head = caller(cast, "cgj_head")
        assert {row["unit"] for row in head.get(PEOPLE).body["people"]} == {"CGJ"}
        assert head.get(f"{PEOPLE}/{cast.user('agent').pk}").status == 404
        assert caller(cast, "agent").get(PEOPLE).status == 403
        assert caller(cast, "system_admin").get(f"{PEOPLE}/log").status == 403
        assert caller(cast, "security_admin").get(f"{PEOPLE}/sign-ins").status == 200
        assert caller(cast, "audit_admin").get(PEOPLE, {"sate": "off"}).status == 422
