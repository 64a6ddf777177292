"""``pawfile``: the command line. Each command imports what it needs when it runs."""

import os
import sys
from pathlib import Path

import click
import django


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Pawfile, the client-and-pet book of a pet-sitting company.

    Settings come from the environment: PAWFILE_DATA (folder of database, uploads and keys, default
    ./data), DATABASE_URL (PostgreSQL; default an SQLite file in that folder), PORT. The admin guide
    lists all of them.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pawfile.settings")
    django.setup()


@main.command("demo")
@click.option(
    "--clients",
    type=click.IntRange(1, 1_000_000),
    help="How many clients; without it the small company of about fifty.",
)
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same company.")
def demo(clients: int | None, seed: int) -> None:
    """Fill an empty database with a company of invented people.

    Homes, pets of all kinds, vets, territories and updates to look at: first some fifty households
    written by hand, then, with --clients, invented ones up to that number, thousands a second on
    PostgreSQL. Days count back from today; all else repeats with the seed.

    The database is made if it is not there, and refused if it holds a user or a client. It is all
    one transaction: stopped half-way (Ctrl-C), it leaves the database empty. Everybody knows the
    password of the demo's sign-ins, so keep it off the internet.

    \b
    pawfile demo                     the small company
    pawfile demo --clients 100000    a big one, to see how fast it stays
    """
    from django.conf import settings
    from django.core.management import call_command

    from pawfile.demo.fill import FilledDatabaseError, fill_demo

    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    try:
        fill_demo(clients=clients, seed=seed, say=click.echo)
    except FilledDatabaseError as filled:
        raise click.ClickException(str(filled)) from None
    say_sign_ins()


@main.command("import")
@click.argument(
    "files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    nargs=-1,
    required=True,
)
@click.option(
    "--map", "mapping", multiple=True, help="'Heading=client.last_name'; may be repeated."
)
@click.option(
    "--set",
    "fixed",
    multiple=True,
    help="'pet.animal=Dog': the same in every row; may be repeated.",
)
@click.option("--mapping", "saved", default="", help="The name of a mapping saved in the browser.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option(
    "--all-or-nothing", is_flag=True, help="Take everything back if a row cannot be imported."
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every remark to this CSV file.",
)
def import_file(
    *,
    files: tuple[Path, ...],
    mapping: tuple[str, ...],
    fixed: tuple[str, ...],
    saved: str,
    report: Path | None,
    dry_run: bool,
    all_or_nothing: bool,
) -> None:
    """Read clients, pets, vets and keys from the files of one program, all together.

    CSV, XLSX, ODS, Excel-2003 XML and vCard. The files of known programs are recognised; in others
    headings are, by the fields' labels and keys. --map says what the rest is; what fills no field
    is kept with its client as an imported extra, and so is 'Heading='. Import a file again,
    and what it says differently is changed; nothing is made twice, and blank cells erase nothing.
    Every row is in the result, whose last line counts clients and pets.
    """
    from pawfile.imports.command import import_and_report

    sys.exit(
        import_and_report(
            files,
            mapped=mapping,
            fixed=fixed,
            is_dry=dry_run,
            is_whole=all_or_nothing,
            table=report,
            say=click.echo,
            mapping=saved,
        )
    )


@main.command("undo-import")
@click.argument("number", type=int, required=False)
def undo_import(number: int | None) -> None:
    """Take back what an import made and changed; without NUMBER list the imports of a week.

    What somebody edited since, or booked or wrote about, stays as it is and is listed.
    """
    from pawfile.imports.command import undo_and_report

    sys.exit(undo_and_report(number, say=click.echo))


PASSPHRASE = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Its first line is the passphrase. Else PAWFILE_PASSPHRASE, else it is asked for.",
)


@main.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@PASSPHRASE
@click.option(
    "--without-secrets",
    is_flag=True,
    help="Leave out codes, passwords and second factors; everybody asks for a new password.",
)
def export_file(file: Path, passphrase_file: Path | None, without_secrets: bool) -> None:
    """Write the whole company into one ZIP file, while people work.

    Every table as JSON and CSV, every photo and file, with checksums: for another installation
    (`pawfile restore`, on SQLite or PostgreSQL) or another program; docs/export-format.md says what
    is in it. Codes and passwords are sealed with the passphrase: nobody opens them without it.
    """
    from pawfile.exports.command import export_and_report

    sys.exit(export_and_report(file, passphrase_file, is_secretless=without_secrets))


@main.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@PASSPHRASE
@click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Of a backup: its vault.keys. Without it those of this installation.",
)
@click.option("--check", is_flag=True, help="Rehearse it elsewhere; nothing here is touched.")
def restore_file(
    file: Path, passphrase_file: Path | None, keys: Path | None, *, check: bool
) -> None:
    """Bring the file of `pawfile export` or `pawfile backup` into a new installation.

    The database must be untouched or empty; it is brought to the shape it had when the file was
    made, filled, and brought up to date. Refused: a company that is here already, a wrong
    passphrase, a file of a newer Pawfile, a damaged file. Then nothing is written.

    --check restores it into an SQLite database in a temporary folder, secrets and files too, says
    how it went, and removes it again.
    """
    from pawfile.exports.command import rehearse_and_report, restore_and_report

    restore = rehearse_and_report if check else restore_and_report
    sys.exit(restore(file, passphrase_file, keys))


@main.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--keys",
    type=click.Path(file_okay=False, path_type=Path),
    help="Copy the keys into this folder; never the same, best another machine.",
)
@click.option("--keep", type=click.IntRange(1), help="Delete all but so many of the newest.")
def backup(folder: Path, keys: Path | None, keep: int | None) -> None:
    """Write everything as of this moment into a new file in FOLDER, while people work.

    The file is the one of `pawfile export`, but codes and passwords stay sealed with the
    installation's keys: it asks for no passphrase, and is worth nothing to a burglar without them.
    `pawfile restore FILE --check` rehearses that it is good, `pawfile restore FILE` brings it back,
    on SQLite or PostgreSQL.
    """
    from pawfile.exports.command import backup_and_report

    sys.exit(backup_and_report(folder, keys, keep))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=int, envvar="PORT", default=8000, show_default=True)
@click.option("--processes", default=2, show_default=True, help="Server processes.")
@click.option("--demo", "with_demo", is_flag=True, help="Fill an empty database with the demo.")
@click.option("--production", is_flag=True, help="Refuse what is only good enough for a demo.")
@click.option("--worker/--no-worker", default=True, help="Run the worker beside the server.")
def serve(*, host: str, port: int, processes: int, with_demo: bool, **switches: bool) -> None:
    """Open the book: migrate the database, start server and worker. Ctrl-C stops both.

    Starts the demo company (--demo) on this machine alone. A company of real people is refused
    while a password everybody knows, a weak SECRET_KEY or PAWFILE_DEBUG is in the way.
    """
    from contextlib import nullcontext

    from pawfile import server
    from pawfile.access.rotation import make_first_key, missing_keys
    from pawfile.demo.fill import fill_demo
    from pawfile.lib.vault import VaultKeyError
    from pawfile.options.models import SiteOptions

    if server.is_port_taken(host, port):
        raise click.ClickException(f"{host}:{port} is taken or not ours. Try PORT={port + 1}.")
    server.prepare()
    try:
        make_first_key(say=click.echo)
    except VaultKeyError as problem:
        raise click.ClickException(f"Not started. {problem}") from None
    if with_demo and server.is_empty():
        fill_demo(clients=None, seed=1, say=click.echo)
    problems = server.refusals(host=host, is_production=switches["production"])
    if problems:
        raise click.ClickException("Not started.\n" + "\n".join(f"- {line}" for line in problems))
    if server.is_empty():
        click.echo("Nobody can sign in yet: make an administrator with `pawfile createadmin`.")
    if missing := missing_keys():
        click.echo(missing, err=True)
    if SiteOptions.load().is_demo:
        say_sign_ins()
    click.echo(f"Pawfile is open at http://{host}:{port}/  (Ctrl-C stops it)")
    with server.worker_beside() if switches["worker"] else nullcontext():
        server.serve(host=host, port=port, processes=processes)


def say_sign_ins() -> None:
    from pawfile.demo.fill import PASSWORD, SIGN_INS

    click.echo(f"The demo company. Sign in with the password {PASSWORD} as:")
    for address, role in SIGN_INS:
        click.echo(f"  {address:22} {role}")


@main.command()
@click.option("--once", is_flag=True, help="Stop as soon as nothing is left to do.")
def worker(once: bool) -> None:
    """Do the work that is too slow for a page: sending mails, pictures in two sizes.

    Several may run at once. Ctrl-C or SIGTERM stops after the job at hand; a job whose worker was
    killed is taken up again after five minutes. A mail that was being sent then is not sent again:
    it stands in the Email log as failed. Mails need EMAIL_HOST, see the admin guide.
    """
    import signal
    from threading import Event

    from pawfile.jobs.worker import work

    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *unused: stop.set())
    done = work(stop=stop, once=once)
    if once:
        click.echo(f"Jobs done: {done}")


@main.command("rotate-keys")
@click.option("--remove-old", is_flag=True, help="Only take the old keys out, if none is needed.")
def rotate(remove_old: bool) -> None:
    """Seal every code and password with a new key, while the server runs.

    The new key comes first in the file of the keys; the old ones stay until --remove-old, which
    refuses while a secret here needs one. Backups need the keys of their day. Stopped half-way,
    run it again and it goes on. Exit code 1: some secrets could not be opened and stay as they are.
    """
    from pawfile.access.rotation import KeysRefusedError, remove_old_keys, rotate_keys
    from pawfile.lib.key_file import RotationUnderWayError
    from pawfile.lib.vault import VaultKeyError

    try:
        if remove_old:
            remove_old_keys(say=click.echo)
        elif not rotate_keys(say=click.echo):
            sys.exit(1)
    except RotationUnderWayError:
        raise click.ClickException("Another process is changing the keys. Wait for it.") from None
    except (KeysRefusedError, VaultKeyError) as refusal:
        raise click.ClickException(str(refusal)) from None


@main.command("find-codes")
def find_codes() -> None:
    """Look for codes in the free texts of everything stored.

    Says whose profile and which field, never the code. What is found in profiles waits for the
    office under Petcare > Codes in text; what was said there to be no code is not asked again.
    """
    from pawfile.access.finding import find_everywhere

    find_everywhere(say=click.echo)


@main.command()
@click.option("--email", prompt="E-mail", help="Address to sign in with.")
@click.option("--name", prompt="Your name")
@click.option("--company", help="The company's name, if it has none yet.")
@click.password_option(help="Asked for when it is not given.")
def createadmin(email: str, name: str, company: str | None, password: str) -> None:
    """Make an administrator; in an empty database, start a company with it."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from pawfile import server
    from pawfile.accounts.models import Role, User
    from pawfile.lib.emails import bad_emails
    from pawfile.options.models import SiteOptions

    server.prepare()
    email = email.strip().lower()
    if bad_emails([email]):
        raise click.BadParameter(f"“{email}” is not an e-mail address.", param_hint="--email")
    if not name.strip():
        raise click.BadParameter("Say a name.", param_hint="--name")
    if User.objects.get_queryset().filter(email=email).exists():
        raise click.ClickException(f"{email} has an account already.")
    options = SiteOptions.load()
    if options.is_demo:
        raise click.ClickException(
            "This is the demo company. Use another PAWFILE_DATA or DATABASE_URL for your own."
        )
    try:
        validate_password(password, User(email=email, name=name))
    except ValidationError as problem:
        raise click.BadParameter(" ".join(problem.messages), param_hint="--password") from problem
    if company and company.strip():
        options.company_name = company.strip()[:200]
        options.save()
    User.objects.create_user(email, password, name=name.strip(), role=Role.ADMINISTRATOR)
    click.echo(f"{email} is an administrator of {options.company_name}. Next: pawfile serve")


if __name__ == "__main__":
    sys.exit(main())
