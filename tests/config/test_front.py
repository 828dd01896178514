"""The configuration of the one port: no door to the outside but this one, and streams that are not held back."""

import http.client
import socket
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest

from hotline.config.front import front_config, front_program, socket_folder
from hotline.plumbing.env import Env, read_env
from tests.config.installation import free_port, until


def env_of(home: Path, **given: str) -> Env:
    return read_env({"HOTLINE_HOME": str(home), **given})


def server(config: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = config["apps"]["http"]["servers"]["hotline"]
    return found


def headers(config: dict[str, Any], route: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = server(config)["routes"][route]["handle"][-1]["headers"]["request"]["set"]
    return found


def test_it_opens_one_port_and_asks_nobody_outside(tmp_path: Path):
    config = front_config(env_of(tmp_path), bind="127.0.0.1", port=8123)
    assert server(config)["listen"] == ["127.0.0.1:8123"]
    assert config["admin"] == {"disabled": True, "config": {"persist": False}}
    assert server(config)["automatic_https"] == {"disable": True}
    assert config["storage"]["root"].startswith(str(tmp_path))


def test_a_stream_is_neither_held_back_nor_compressed(tmp_path: Path):
    live, pages = server(front_config(env_of(tmp_path), bind="127.0.0.1", port=1))["routes"]
    assert [step["handler"] for step in live["handle"]] == ["reverse_proxy"]
    assert live["handle"][0]["flush_interval"] == -1
    assert [step["handler"] for step in pages["handle"]] == ["encode", "reverse_proxy"]


def test_the_clients_address_comes_from_the_front_only(tmp_path: Path):
    config = front_config(env_of(tmp_path, HOTLINE_TRUSTED_PROXIES="10.1.0.0/16"), bind="::1", port=1)
    assert headers(config, 1)["X-Hotline-Client"] == ["{http.vars.client_ip}"]
    assert server(config)["trusted_proxies"]["ranges"] == ["10.1.0.0/16"]
    assert server(config)["listen"] == ["[::1]:1"]
    assert "trusted_proxies" not in server(front_config(env_of(tmp_path), bind="::1", port=1))


def test_https_that_ends_before_us_is_passed_on(tmp_path: Path):
    config = front_config(env_of(tmp_path, HOTLINE_HTTPS="yes"), bind="127.0.0.1", port=1)
    assert headers(config, 1)["X-Forwarded-Proto"] == ["https"]
    assert "X-Forwarded-Proto" not in headers(front_config(env_of(tmp_path), bind="127.0.0.1", port=1), 1)


@pytest.mark.parametrize("secure", [False, True])
def test_the_real_front_accepts_what_is_written(tmp_path: Path, secure: bool):
    given = {}
    if secure:
        cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
        make_certificate(cert, key)
        given = {"HOTLINE_TLS_CERT": str(cert), "HOTLINE_TLS_KEY": str(key)}
    program = front_program(env_of(tmp_path, **given), bind="127.0.0.1", port=free_port())
    caddy, _, *rest = program.command
    done = subprocess.run([caddy, "validate", *rest], env=dict(program.surroundings), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_the_citys_certificate_is_shown_whatever_name_is_asked(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
):
    """Nothing lies behind this front, so it also shows the page for a platform that is just starting."""
    monkeypatch.setattr("hotline.config.front.WAIT_FOR_RESTART", "0s")
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    make_certificate(cert, key)
    env = env_of(tmp_path, HOTLINE_TLS_CERT=str(cert), HOTLINE_TLS_KEY=str(key))
    port = free_port()
    program = front_program(env, bind="127.0.0.1", port=port)
    process = subprocess.Popen(program.command, env=dict(program.surroundings), stderr=subprocess.DEVNULL)
    try:
        until(lambda: taken(port))
        context = ssl.create_default_context(cafile=str(cert))
        context.check_hostname = False
        connection = http.client.HTTPSConnection(name, port, timeout=10, context=context)
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
        assert "系统正在启动" in answer.read().decode()
        connection.close()
    finally:
        process.terminate()
        process.wait(20)


def taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def make_certificate(cert: Path, key: Path) -> None:
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(private, hashes.SHA256())
    )
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    key.write_bytes(private.private_bytes(serialization.Encoding.PEM, *plain))


def test_a_long_home_gets_a_short_private_place_for_sockets(tmp_path: Path):
    home = tmp_path / ("long" * 25)
    folder = socket_folder(env_of(home))
    assert len(str(folder)) < 90
    assert folder.stat().st_mode & 0o777 == 0o700
    assert socket_folder(env_of(home)) == folder
    folder.rmdir()
