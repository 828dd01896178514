"""What integrators read is true: the committed description is the program's, and the walk of the README works."""

import json
import re
import shlex
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from hotline.config.cli_api import described
from hotline.config.program import hotline
from tests.api.calling import Caller, Calling
from tests.cast import Cast

DOCS = Path(__file__).parents[2] / "docs" / "api"
README = (DOCS / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
WHO = {
    "$AGENT": "agent",
    "$DISPATCHER": "dispatcher",
    "$HANDLER": "cgj_handler",
    "$SECTION": "cgj_section",
    "$DEPUTY": "cgj_deputy",
    "$REVIEWER": "reviewer",
    "$CALLER": "callback_officer",
}


@pytest.mark.parametrize("name", ["openapi.json", "refusals.md"])
def test_the_committed_file_is_what_the_program_says(name: str) -> None:
    committed = (DOCS / name).read_text(encoding="utf-8")
    assert committed == described()[name], "run `hotline api-schema --output docs/api`"


def test_no_two_schemas_share_a_name() -> None:
    """The description holds one of them only, and half of the answers would then be described wrongly."""
    package = Path(__file__).parents[2] / "src" / "hotline"
    found = re.compile(r"^class (\w+)\((?:Schema|Strict|\w+(?:Out|In))\):", re.MULTILINE)
    names = [name for path in package.rglob("*.py") for name in found.findall(path.read_text(encoding="utf-8"))]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_the_description_is_the_same_when_it_is_made_again() -> None:
    assert described() == described()


def test_the_running_platform_describes_itself_to_anybody(cast: Cast) -> None:
    answer = Caller().get("/openapi.json")
    assert answer.status == 200
    assert answer.body == json.loads((DOCS / "openapi.json").read_text(encoding="utf-8"))
    del cast


def test_every_operation_says_what_it_is_and_how_it_refuses() -> None:
    paths = json.loads((DOCS / "openapi.json").read_text(encoding="utf-8"))["paths"]
    for path, methods in paths.items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert re.fullmatch(r"[^a-zA-Z]+ / .+", operation["summary"]), where
            assert operation["description"], where
            assert {"200", "401", "503"} <= set(operation["responses"]), where
            assert operation["security"] == [{"BearerToken": []}, {"Session": []}], where
            if method == "post":
                assert {"413", "422", "403"} <= set(operation["responses"]), where


def test_the_command_writes_and_compares(tmp_path: Path) -> None:
    run = CliRunner()
    assert run.invoke(hotline, ["api-schema", "--output", str(tmp_path)]).exit_code == 0
    assert run.invoke(hotline, ["api-schema", "--check", str(tmp_path)]).exit_code == 0
    (tmp_path / "openapi.json").write_text("{}", encoding="utf-8")
    stale = run.invoke(hotline, ["api-schema", "--check", str(tmp_path)])
    assert (stale.exit_code, "openapi.json" in stale.output) == (1, True)
    printed = run.invoke(hotline, ["api-schema"])
    assert json.loads(printed.output)["openapi"].startswith("3.")


@dataclass(frozen=True)
class Curl:
    """One command of the README."""

    method: str
    path: str
    who: str
    body: bytes | None


def curls() -> Iterator[Curl]:
    """The commands of the README, in order."""
    for block in re.findall(r"```bash\n(.*?)```", README, re.DOTALL):
        for command in re.split(r"\n(?=curl )", block):
            words = shlex.split(command)
            assert words[0] == "curl"
            given = [words[n + 1] for n, word in enumerate(words) if word == "-H"]
            bearer = next(word for word in given if word.startswith("Authorization: Bearer "))
            address = next(word for word in words if word.startswith("$ZT"))
            body = words[words.index("-d") + 1].encode() if "-d" in words else None
            assert (body is None) != ("Content-Type: application/json" in given)
            yield Curl("post" if "POST" in words else "get", address[3:], WHO[bearer.split()[-1]], body)


def test_the_walk_of_the_readme_can_be_walked(cast: Cast, caller: Calling) -> None:
    number, stages = "", []
    for command in curls():
        path = command.path.replace("$NO", number)
        system = caller(command.who)
        answer = system.get(path) if command.method == "get" else system.post(path, command.body or b"")
        assert answer.status == 200, (command, answer.body)
        if not number:
            number = answer.body["number"]
            drawn = {"number": number, "query_code": answer.body["query_code"]}  # differ from one ticket to the next
            assert json.loads(SHOWN[0]) | drawn == answer.body
            assert re.fullmatch(r"\d{6}", drawn["query_code"])
        if command.method == "post" and "stage" in answer.body:
            stages.append(answer.body["stage"])
    assert (stages[0], stages[-1]) == ("registered", "closed")
    del cast


def test_every_status_of_the_readme_is_one_that_is_described() -> None:
    told = {int(status) for status in re.findall(r"^\| (\d{3}) \|", README, re.MULTILINE)}
    paths = json.loads((DOCS / "openapi.json").read_text(encoding="utf-8"))["paths"].values()
    answered = {int(s) for methods in paths for operation in methods.values() for s in operation["responses"]}
    assert told == answered | {405}
