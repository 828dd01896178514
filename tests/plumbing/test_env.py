"""A misspelt setting stops the program with a sentence; nothing is guessed and nothing is printed that is secret."""

from pathlib import Path

import pytest

from hotline.plumbing.env import GIVEN_SECRETS, NAMES, SECRETS, VARIABLES, Env, EnvRefused, read_env

LONG = "k" * 40


def surroundings(home: Path, **given: str) -> dict[str, str]:
    return {"HOTLINE_HOME": str(home), **given}


def test_it_has_safe_values_when_nothing_is_set(tmp_path: Path):
    env = read_env(surroundings(tmp_path))
    assert (env.debug, env.bind, env.port, env.secure, env.hosts) == (False, "127.0.0.1", 8000, False, ())
    assert env.database_url == ""
    assert env.language == "zh-hans"


@pytest.mark.parametrize(
    ("given", "about"),
    [
        ({"HOTLINE_DEBGU": "yes"}, "HOTLINE_DEBUG"),
        ({"HOTLINE_NOTHING_LIKE_IT": "1"}, "HOTLINE_NOTHING_LIKE_IT"),
        ({"HOTLINE_DEBUG": "true"}, "yes 或 no"),
        ({"PORT": "http"}, "PORT=http"),
        ({"PORT": "70000"}, "PORT=70000"),
        ({"PORT": "-1"}, "PORT=-1"),
        ({"PORT": "٨٠٠٠"}, "PORT"),
        ({"HOTLINE_BIND": "localhost"}, "HOTLINE_BIND=localhost"),
        ({"HOTLINE_BIND": "0.0.0.0"}, "HOTLINE_HOSTS"),
        ({"HOTLINE_HOSTS": "https://12345.gov.cn"}, "HOTLINE_HOSTS"),
        ({"HOTLINE_HOSTS": "*"}, "HOTLINE_HOSTS"),
        ({"HOTLINE_WEB_WORKERS": "0"}, "HOTLINE_WEB_WORKERS=0"),
        ({"HOTLINE_WEB_THREADS": "many"}, "HOTLINE_WEB_THREADS=many"),
        ({"HOTLINE_JOB_THREADS": "1.5"}, "HOTLINE_JOB_THREADS=1.5"),
        ({"HOTLINE_JOB_STALLED_SECONDS": "1"}, "HOTLINE_JOB_STALLED_SECONDS=1"),
        ({"HOTLINE_LANGUAGE": "fr"}, "HOTLINE_LANGUAGE=fr"),
        ({"HOTLINE_CITY": "../etc"}, "HOTLINE_CITY"),
        ({"HOTLINE_LOG_LEVEL": "loud"}, "HOTLINE_LOG_LEVEL=loud"),
        ({"HOTLINE_HTTPS": "on"}, "HOTLINE_HTTPS=on"),
        ({"HOTLINE_TRUSTED_PROXIES": "10.0.0.0/99"}, "HOTLINE_TRUSTED_PROXIES"),
        ({"HOTLINE_TLS_CERT": "/nowhere/cert.pem"}, "HOTLINE_TLS_CERT"),
        ({"DATABASE_URL": "mysql://root@db/hotline"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://db:5432"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://db:port/hotline"}, "DATABASE_URL"),
        ({"DATABASE_OWNER_URL": "sqlite:///x.db"}, "DATABASE_OWNER_URL"),
        ({"HOTLINE_SECRET_KEY": "short"}, "HOTLINE_SECRET_KEY"),
        ({"HOTLINE_LEDGER_KEY_FILE": "/nowhere/key"}, "/nowhere/key"),
        ({"HOTLINE_EMAIL_URL": "mail.example.gov.cn"}, "smtp+starttls"),
        ({"HOTLINE_EMAIL_URL": "smtp://a:b@mail.example.gov.cn", "HOTLINE_EMAIL_FROM": "a@b.cn"}, "HOTLINE_EMAIL_URL"),
        ({"HOTLINE_EMAIL_URL": "smtp://mail.example.gov.cn"}, "HOTLINE_EMAIL_FROM"),
        ({"HOTLINE_EMAIL_FROM": "12345"}, "HOTLINE_EMAIL_FROM=12345"),
        ({"HOTLINE_EMAIL_PASSWORD_FILE": "/nowhere/word"}, "/nowhere/word"),
        ({"HOTLINE_SMS_URL": "gateway.example.gov.cn", "HOTLINE_SMS_KEY": LONG}, "HOTLINE_SMS_URL"),
        ({"HOTLINE_SMS_URL": "https://gateway.example.gov.cn/send"}, "HOTLINE_SMS_KEY"),
        ({"HOTLINE_WEBHOOK_KEY": "short"}, "HOTLINE_WEBHOOK_KEY"),
        ({"HOTLINE_WEBHOOK_NETWORKS": "10.0.0.0/99"}, "HOTLINE_WEBHOOK_NETWORKS"),
        ({"HOTLINE_MESSAGE_ROW_DAYS": "89"}, "HOTLINE_MESSAGE_ROW_DAYS=89"),
        ({"HOTLINE_CALL_NOTE_DAYS": "forever"}, "HOTLINE_CALL_NOTE_DAYS=forever"),
        ({"HOTLINE_MESSAGE_KEEP_DAYS": "-1"}, "HOTLINE_MESSAGE_KEEP_DAYS=-1"),
    ],
    ids=lambda value: next(iter(value.items())) if isinstance(value, dict) else "",
)
def test_it_refuses_with_a_sentence_in_both_languages(tmp_path: Path, given: dict[str, str], about: str):
    with pytest.raises(EnvRefused) as refused:
        read_env(surroundings(tmp_path, **given))
    (sentence,) = refused.value.sentences
    zh, _, en = sentence.partition(" / ")
    assert about in sentence
    assert any("\u4e00" <= sign <= "\u9fff" for sign in zh)
    assert en.endswith((".", "?"))


def test_it_names_all_faults_at_once(tmp_path: Path):
    with pytest.raises(EnvRefused) as refused:
        read_env(surroundings(tmp_path, PORT="x", HOTLINE_DEBUG="1", HOTLINE_ODD="1"))
    assert len(refused.value.sentences) == 3


def test_a_home_that_is_a_file_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvRefused):
        read_env({"HOTLINE_HOME": str(tmp_path / "file")})


def test_it_never_repeats_a_database_password(tmp_path: Path):
    with pytest.raises(EnvRefused) as refused:
        read_env(surroundings(tmp_path, DATABASE_URL="mysql://root:Hunter2@db/x"))
    assert "Hunter2" not in str(refused.value)


def test_its_printed_form_holds_no_secret(tmp_path: Path):
    env = read_env(surroundings(tmp_path, HOTLINE_SECRET_KEY=LONG, DATABASE_URL="postgresql://u:Hunter2@db/x"))
    assert LONG not in repr(env)
    assert "Hunter2" not in repr(env)


def test_an_empty_value_counts_as_not_set(tmp_path: Path):
    assert read_env(surroundings(tmp_path, PORT="", DATABASE_URL="", HOTLINE_HOSTS=" ")).port == 8000


def test_keys_are_made_once_and_kept_for_the_owner_only(tmp_path: Path):
    first, second = read_env(surroundings(tmp_path)), read_env(surroundings(tmp_path))
    assert first.secret_key == second.secret_key != first.ledger_key == second.ledger_key
    kept = tmp_path / "secrets" / "ledger.key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in kept.parent.iterdir()) == ["ledger.key", "secret.key"]


def test_a_given_key_comes_before_a_file_and_a_file_before_the_kept_one(tmp_path: Path):
    file = tmp_path / "key"
    file.write_text(f"{'f' * 40}\n")
    given = read_env(surroundings(tmp_path, HOTLINE_SECRET_KEY=LONG, HOTLINE_SECRET_KEY_FILE=str(file)))
    from_file = read_env(surroundings(tmp_path, HOTLINE_SECRET_KEY_FILE=str(file)))
    assert (given.secret_key, from_file.secret_key) == (LONG, "f" * 40)
    assert not (tmp_path / "secrets" / "secret.key").exists()


def test_the_city_network_is_opened_only_with_names(tmp_path: Path):
    env = read_env(surroundings(tmp_path, HOTLINE_BIND="0.0.0.0", HOTLINE_HOSTS="12345.hefei.gov.cn, .hefei.cn"))
    assert env.hosts == ("12345.hefei.gov.cn", ".hefei.cn")


def test_a_certificate_needs_its_key(tmp_path: Path):
    cert = tmp_path / "cert.pem"
    cert.write_text("")
    with pytest.raises(EnvRefused, match="HOTLINE_TLS_KEY"):
        read_env(surroundings(tmp_path, HOTLINE_TLS_CERT=str(cert)))
    assert read_env(surroundings(tmp_path, HOTLINE_TLS_CERT=str(cert), HOTLINE_TLS_KEY=str(cert))).secure


def test_every_setting_stands_in_the_operators_manual():
    manual = (Path(__file__).parents[2] / "docs" / "operate" / "settings.md").read_text(encoding="utf-8")
    missing = [name for name in sorted(NAMES) if f"`{name}`" not in manual]
    assert missing == []


def test_every_default_can_itself_be_read():
    for variable in VARIABLES:
        variable.parse(variable.default)
    fields = {
        name.removeprefix("HOTLINE_").lower() for name in (*(v.name for v in VARIABLES), *SECRETS, *GIVEN_SECRETS)
    }
    assert fields == set(Env.__dataclass_fields__)
