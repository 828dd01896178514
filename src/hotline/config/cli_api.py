"""`hotline token` and `hotline api-schema`: letting another city system in, and telling it what it may call."""

import os
import sys
from pathlib import Path

import click

from hotline.config.setting_up import django_ready
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render

DAYS = 365


@click.group()
def token() -> None:
    """签发、列出、撤销接口令牌 / Issue, list and revoke tokens of other systems."""


@token.command()
@click.argument("username")
@click.option("--name", required=True, help="供哪个系统使用 / which system it is for")
@click.option("--days", default=DAYS, show_default=True, type=int, help="有效天数 / days it is valid")
def issue(username: str, name: str, days: int) -> None:
    """以某账号的名义签发令牌；只显示这一次 / Issue a token for an account; it is shown this once only."""
    with django_ready():
        from hotline.plumbing.clock import now
        from hotline.registry.people.commands import issue_token

        issued = issue_token(username=username, name=name, days=days, by=None, now=now())
        if issued.token is None:
            raise _refused(issued.refusal or Refusal("token.unknown"))
        until = issued.token.expires_on
        click.echo(
            f"令牌 {issued.token.pk}（{name}）自 {until} 起失效。请立即妥善保存，平台不再显示。"
            f" / Token {issued.token.pk} ({name}) ends on {until}. Keep it now; it is not shown again.",
            err=True,
        )
        click.echo(issued.secret)


@token.command(name="list")
@click.argument("username", default="")
def list_tokens(username: str) -> None:
    """列出全部或某账号的令牌 / List all tokens, or those of one account."""
    with django_ready():
        from hotline.plumbing.clock import today
        from hotline.registry.people.queries import api_tokens

        for found in api_tokens(username):
            used = found.last_used_on or "从未使用 / never used"
            state = found.state_on(today())
            click.echo(f"{found.pk}\t{found.user.username}\t{found.name}\t{found.expires_on}\t{STATES[state]}\t{used}")


@token.command()
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """撤销令牌，立即生效 / Revoke a token, at once."""
    with django_ready():
        from hotline.plumbing.clock import now
        from hotline.registry.people.commands import revoke_token

        refusal = revoke_token(token_id=number, now=now())
        if refusal is not None:
            raise _refused(refusal)
        click.echo(f"令牌 {number} 已撤销 / token {number} revoked")


STATES = {"valid": "有效 / valid", "expired": "已到期 / expired", "revoked": "已撤销 / revoked"}


@click.command()
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="写入文件夹 / write into a folder")
@click.option("--check", type=click.Path(file_okay=False, path_type=Path), help="与文件夹比较 / compare with a folder")
def api_schema(output: Path | None, check: Path | None) -> None:
    """输出接口说明（OpenAPI）和拒绝码表 / Print the description of the API; with a folder, the refusal codes too."""
    files = described()
    if check is not None:
        stale = [name for name, text in files.items() if not _same(check / name, text)]
        for name in stale:
            click.echo(f"{name} 已过时，请重新生成 / {name} is not current, write it anew")
        sys.exit(1 if stale else 0)
    if output is None:
        click.echo(files["openapi.json"], nl=False)
        return
    output.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (output / name).write_text(text, encoding="utf-8")


def described() -> dict[str, str]:
    """The files that are committed in docs/api. Needs no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.config.settings")
    import django

    django.setup()
    from hotline.config.api import api
    from hotline.config.api_refusals import as_markdown
    from hotline.config.api_schema import as_text

    return {"openapi.json": as_text(api.get_openapi_schema()), "refusals.md": as_markdown()}


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _refused(refusal: Refusal) -> click.ClickException:
    return click.ClickException(f"{render(refusal, 'zh')} / {render(refusal, 'en')}")
