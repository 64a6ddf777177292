"""Encrypted ways to the mail server, with its sign-in; a stranger with its name gets no mail."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_django import Settings

from pawfile.mail.delivery import deliver_due, doubt
from pawfile.mail.models import MailState
from tests.mail.conftest import use_smtp
from tests.mail.letters import make_mail
from tests.mail.smtp_server import Post, post_office

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 127.0.0.1, with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post office")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    pem, clear = serialization.Encoding.PEM, serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, clear) + signed.public_bytes(pem)
    )
    return file


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    is_right = (data.login, data.password) == (b"book", b"secret")
    return AuthResult(success=is_right, handled=False)  # the server finds the words


@pytest.mark.parametrize(("password", "is_right"), [("secret", True), ("wrong", False)])
def test_a_server_that_wants_a_sign_in_after_starttls(
    waiting: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, certificate: Path,
    *, password: str, is_right: bool,
) -> None:  # fmt: skip
    """A wrong password is the installation's fault, not the mail's: it waits."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    post, mail = Post(), make_mail()
    secure = {"tls_context": server_side(certificate), "require_starttls": True}
    with post_office(post, **secure, auth_required=True, authenticator=check) as port:
        use_smtp(settings, port)
        settings.EMAIL_USE_TLS = True
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "book", password
        deliver_due()
    mail.refresh_from_db()
    assert (mail.state, len(post.taken)) == (
        (MailState.SENT, 1) if is_right else (MailState.QUEUED, 0)
    )
    assert ("535" in mail.error) is not is_right


def test_a_server_that_is_encrypted_from_the_first_byte(
    waiting: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, certificate: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    post = Post()
    post.data["carl@example.com"] = "break"
    mail, broken = make_mail(), make_mail("carl@example.com")
    with post_office(post, ssl_context=server_side(certificate)) as port:
        use_smtp(settings, port)
        settings.EMAIL_USE_SSL = True
        deliver_due()
    mail.refresh_from_db()
    broken.refresh_from_db()
    assert (mail.state, len(post.taken)) == (MailState.SENT, 1)
    assert (broken.state, broken.error) == (MailState.FAILED, doubt())


def test_a_server_nobody_vouches_for_gets_no_mail(
    waiting: None, settings: Settings, certificate: Path
) -> None:
    post, mail = Post(), make_mail()
    with post_office(post, ssl_context=server_side(certificate)) as port:
        use_smtp(settings, port)
        settings.EMAIL_USE_SSL = True
        deliver_due()
    mail.refresh_from_db()
    assert (mail.state, post.taken) == (MailState.QUEUED, [])
    assert "certificate" in mail.error
