"""`hotline createuser`: the first accounts of an installation; later ones are made on the people pages."""

import sys
from typing import TYPE_CHECKING

import click

from hotline.config.setting_up import django_ready
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Role

if TYPE_CHECKING:
    from hotline.registry.people.models import User
    from hotline.registry.people.recording import Done


@click.command()
@click.argument("username")
@click.option("--name", "full_name", required=True, help="姓名 / full name")
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]), help="岗位 / role")
@click.option("--unit", help="单位代码 / code of the unit")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码 / read the password from standard input")
def createuser(username: str, full_name: str, roles: tuple[str, ...], unit: str | None, password_stdin: bool) -> None:
    """新建账号 / Make an account."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _asked()
    with django_ready():
        _refuse_weak(password)
        _make(username, full_name, roles, unit, password)
    click.echo(f"已建立账号 {username} / account {username} made")


def _asked() -> str:
    password: str = click.prompt("密码 / password", hide_input=True, confirmation_prompt="再输一次 / again")
    return password


def _refuse_weak(password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password)
    except ValidationError as weak:
        raise click.ClickException("密码太弱 / the password is too weak: " + " ".join(weak.messages)) from weak


def _make(username: str, full_name: str, roles: tuple[str, ...], unit: str | None, password: str) -> None:
    """The same commands as the people pages', all by the operator: made, confirmed, and each role granted."""
    from django.db import transaction

    from hotline.plumbing.clock import now
    from hotline.registry.people.accounts import AccountData, create_account
    from hotline.registry.people.roles import GrantData, confirm_account, grant_role
    from hotline.rules.lifecycle import SYSTEM
    from hotline.rules.vocabulary import UNIT_ROLES

    with transaction.atomic():
        data = AccountData(full_name=full_name, unit=unit or "")
        made = _done(create_account(username=username, data=data, actor=SYSTEM, now=now(), password=password))
        _done(confirm_account(person=made.pk, actor=SYSTEM, now=now()))
        for role in sorted(set(map(Role, roles))):
            grant = GrantData(role, unit=(unit or "") if role in UNIT_ROLES else "")
            _done(grant_role(person=made.pk, grant=grant, actor=SYSTEM, now=now()))


def _done(outcome: "Done") -> "User":
    if outcome.person is None or not outcome.ok:
        said = [f"{render(refusal, 'zh')} / {render(refusal, 'en')}" for refusal in outcome.refusals]
        raise click.ClickException("\n".join(said))
    return outcome.person
