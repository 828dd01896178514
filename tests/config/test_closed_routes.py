"""Accounts have no mail address and are made by the office: what would need either isn't there, for anybody."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.cast import Cast
from tests.visits import signed_in

OPEN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
}
ADDRESSES = {
    "account_signup": "/accounts/signup/",
    "account_email": "/accounts/email/",
    "account_email_verification_sent": "/accounts/confirm-email/",
    "account_confirm_email": "/accounts/confirm-email/abc-123/",
    "account_set_password": "/accounts/password/set/",
    "account_reset_password": "/accounts/password/reset/",
    "account_reset_password_done": "/accounts/password/reset/done/",
    "account_reset_password_from_key": "/accounts/password/reset/key/1a-set-password/",
    "account_reset_password_from_key_done": "/accounts/password/reset/key/done/",
    "account_confirm_login_code": "/accounts/login/code/confirm/",
}


def named(resolver: Any, prefix: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        address = prefix + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from named(one, address)
        elif address.startswith("accounts/") and one.name:
            yield one.name


def test_every_page_of_accounts_is_open_or_closed_on_purpose():
    assert set(named(get_resolver())) == OPEN | set(ADDRESSES)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES.values())
def test_a_closed_one_is_not_there(cast: Cast, address: str):
    stranger, agent = Client(headers={"X-Hotline-Client": "127.0.0.1"}), signed_in(cast, "agent")
    for client in (stranger, agent):
        assert client.get(address).status_code == 404
        assert client.post(address, {"email": "a@example.cn", "login": "agent"}).status_code == 404
