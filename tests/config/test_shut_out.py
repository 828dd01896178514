"""An account that is switched off opens nothing from that moment: page, form, token, live stream; in real processes."""

import pytest

from tests.config.installation import PASSWORD, Browser, Installation, Stream

pytestmark = pytest.mark.slow


def account(served: Installation, name: str, role: str) -> str:
    """A new account; its number."""
    made = served.run("createuser", name, "--name", "某人", "--role", role, "--password-stdin", given=PASSWORD)
    assert made.returncode == 0, made.stderr
    told = served.run(
        "django",
        "shell",
        "-v0",
        "-c",
        f"from hotline.registry.people.models import User; print(User.objects.get(username='{name}').pk)",
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.strip().splitlines()[-1]


def streaming(served: Installation, name: str) -> tuple[Browser, Stream]:
    """Somebody at work with an open stream."""
    browser = served.browser()
    assert browser.sign_in(name).status == 302
    assert browser.post("/live-cookie/").status == 204
    stream = Stream(browser)
    assert stream.status == 200
    return browser, stream


def ended(stream: Stream) -> bool:
    """Whether the server lets go of the stream at once; while it is open nothing comes for longer than the patience."""
    try:
        while stream._response.readline():
            pass
    except TimeoutError:
        return False
    return True


def asked_with(served: Installation, token: str) -> int:
    """The API's answer to another system."""
    return served.browser().get("/api/v1/tickets", Authorization=f"Bearer {token}").status


def test_switching_off_ends_session_token_and_stream_at_once(served: Installation):
    number, _ = account(served, "leaver", "agent"), account(served, "keeper", "system_admin")
    token = served.run("token", "issue", "leaver", "--name", "系统").stdout.strip()
    browser, stream = streaming(served, "leaver")
    assert asked_with(served, token) == 200
    assert browser.get("/intake/new/").status == 200
    admin = served.browser()
    assert admin.sign_in("keeper").status == 302
    admin.get(f"/people/{number}/switch-off/")
    assert admin.post(f"/people/{number}/switch-off/", reason="调离").status == 302
    assert ended(stream)
    stream.close()
    assert browser.get("/live/").status == 401
    assert browser.get("/intake/new/").status == 302
    assert browser.post("/live-cookie/").status in {302, 403}
    assert asked_with(served, token) == 401
    assert served.run("check", "people").returncode == 0


def test_a_withdrawn_role_ends_the_stream_but_not_the_session(served: Installation):
    number, _ = account(served, "mover", "agent"), account(served, "granter", "security_admin")
    browser, stream = streaming(served, "mover")
    admin = served.browser()
    admin.sign_in("granter")
    page = admin.get(f"/people/{number}/").body
    address = page.split("/withdraw/")[0].rpartition('"')[2] + "/withdraw/"
    admin.get(address)
    assert admin.post(address).status == 302
    assert ended(stream)
    stream.close()
    assert browser.get("/live/").status == 401
    assert browser.post("/live-cookie/").status == 204
    again = Stream(browser)
    assert again.status == 200
    again.close()
    assert browser.get("/intake/new/").status == 403
