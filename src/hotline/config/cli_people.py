"""`hotline createuser`: the first accounts of an installation; later ones are made on the people pages."""

import sys

import click

from hotline.config.setting_up import django_ready
from hotline.rules.vocabulary import Role


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
    from django.db import transaction

    from hotline.plumbing.clock import today
    from hotline.registry.people.models import RoleGrant, User
    from hotline.registry.units.models import Unit

    if User.objects.filter(username=username).exists():
        raise click.ClickException(f"账号 {username} 已存在 / there is an account {username} already")
    if unit and not Unit.objects.filter(pk=unit).exists():
        raise click.ClickException(f"没有代码为 {unit} 的单位 / there is no unit with the code {unit}")
    with transaction.atomic():
        user = User.objects.create_user(username, password=password, full_name=full_name, unit_id=unit)
        RoleGrant.objects.bulk_create(
            RoleGrant(user=user, role=role, unit_id=unit, valid_from=today()) for role in sorted(set(roles))
        )
