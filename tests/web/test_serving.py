"""``kehoach serve``: what is checked before it listens, and a server that really runs."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from pipeline import cli
from pipeline.corpus.store import Store
from pipeline.errors import USAGE
from pipeline.web.serving import listen


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--host", "0.0.0.0"], "password-needed"),
        (["--host", "::"], "password-needed"),
        (["--host", "203.0.113.9"], "password-needed"),
        (["--certificate", "here.pem"], "usage"),
        (["--certificate", "nowhere.pem", "--key", "nowhere.pem"], "usage"),
        (["--port", "99999"], "usage"),
    ],
)
def test_what_is_refused(
    place: Path,
    capsys: pytest.CaptureFixture[str],
    limits: Callable[..., None],
    arguments: list[str],
    code: str,
) -> None:
    limits()
    assert cli.main(["serve", "--corpus", str(place), *arguments]) == USAGE
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{code}: ")


def test_a_certificate_that_is_none(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (file := tmp_path / "c.pem").write_text("no certificate")
    where = ["--port", "0", "--certificate", str(file), "--key", str(file)]
    assert cli.main(["serve", "--corpus", str(place), *where]) == USAGE
    assert capsys.readouterr().err.splitlines()[-1].startswith("usage: ")


def test_a_port_that_is_taken(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        assert cli.main(["serve", "--corpus", str(place), "--port", port]) == USAGE
    assert capsys.readouterr().err.startswith("port-taken: ")


def test_a_corpus_that_is_missing_is_not_made_read_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.db"
    assert cli.main(["serve", "--corpus", str(missing), "--read-only"]) != 0
    assert capsys.readouterr().err.startswith("corpus-missing: ")
    assert not missing.exists()


def run(corpus: Path, *more: str) -> tuple[subprocess.Popen[str], str, str]:
    """The command in a process of its own: its address, and what it said before."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "serve", "--corpus", str(corpus), "--port", "0", *more],
        stderr=subprocess.PIPE,
        text=True,
    )
    said = ""
    assert process.stderr is not None
    for line in process.stderr:
        said += line
        if found := re.search(r"https?://\S+", line):
            return process, found.group(), said
    raise AssertionError(said)


def stop(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGINT)
    try:
        return process.wait(30)
    finally:
        process.kill()


def test_it_makes_a_corpus_and_serves_it(tmp_path: Path) -> None:
    process, address, said = run(tmp_path / "new.db", "--extracted", str(tmp_path / "extracted"))
    try:
        assert "it is made, and empty" in said
        assert "Kho còn trống" in httpx.get(address).text
    finally:
        stop(process)


def test_an_index_of_other_rules_is_made_anew(place: Path) -> None:
    with Store(place, write=True) as store, store.transaction() as connection:
        connection.execute("UPDATE about SET value = '0' WHERE name = 'spelling'")
    process, address, said = run(place, "--extracted", str(place.parent / "extracted"))
    try:
        assert "made anew" in said
        assert httpx.get(f"{address}api/v1/search?q=cai cach").json()["total"] > 0
    finally:
        stop(process)


def test_tls(place: Path, tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (tmp_path / "c.pem").write_bytes(certificate.public_bytes(pem))
    (tmp_path / "k.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    files = ["--certificate", str(tmp_path / "c.pem"), "--key", str(tmp_path / "k.pem")]
    process, address, _ = run(place, "--read-only", *files)
    try:
        answer = httpx.get(address, verify=False)
        assert address.startswith("https:")
        assert "Secure" in answer.headers["set-cookie"]
        assert answer.headers["strict-transport-security"]
    finally:
        stop(process)
