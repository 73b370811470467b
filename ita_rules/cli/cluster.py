"""``ita-rules cluster local|status|fetch``: many machines for one audit, tried here, looked at, and what they left taken in."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from ita_rules.cli import console, exits, given, options
from ita_rules.cli.cluster_night import storage_of, tls_of
from ita_rules.config import FILE_NAME
from ita_rules.errors import RunError, UsageError
from ita_rules.history import enter
from ita_rules.saved import NAME as REPORT
from ita_rules.storage import bodies, nights

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

_MOST_WORKERS = 64
_EVERY = 100

Count = Annotated[int, typer.Argument(metavar=options.NUMBER, help="help.cluster.count", show_default=False)]
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="help.cluster.address", show_default=False)]


@app.callback()
def _options(lang: options.Lang = None) -> None:
    """``--lang`` is understood before the sub-command too."""
    given.lang_of(lang)


@app.command("local", help="help.cluster.local")
def local(workers: Count, lang: options.Lang = None) -> int:
    """A scheduler and workers on this machine until Ctrl-C."""
    given.lang_of(lang)
    if not 1 <= workers <= _MOST_WORKERS:
        raise UsageError("error.number.wrong", option="N", low=1, high=_MOST_WORKERS, found=workers)
    from ita_rules.audit.cluster_client import on_this_machine

    say = console.words()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="ita-rules-cluster-", ignore_cleanup_errors=True) as folder,
            on_this_machine(workers, Path(folder)) as address,
        ):
            console.result(say.say("cli.cluster.local", address=address, workers=workers))
            console.result(say.say("cli.cluster.local.use", address=address))
            while True:
                time.sleep(1)
    except KeyboardInterrupt:
        console.say("cli.cluster.local.ended")
    return exits.PASSED


@app.command("status", help="help.cluster.status")
def status(
    address: Address,
    tls_ca: options.TlsCa = None,
    tls_cert: options.TlsCert = None,
    tls_key: options.TlsKey = None,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
) -> int:
    """The workers, what they carry, and whether they can do this machine's jobs; exit status 1 where one cannot."""
    given.lang_of(lang)
    settings = given.config_of(config)
    given.lang_of(lang, settings.lang)
    say = console.words()
    from ita_rules.audit.cluster_client import connected, is_loopback

    path = config or Path(FILE_NAME)
    certificates = tls_of(settings.cluster, path, (tls_ca, tls_cert, tls_key))
    if certificates is None and not is_loopback(address):
        console.say("cli.cluster.no_tls", address=address)
    storage = storage_of(settings, Path(settings.out), True)
    with connected(address, certificates) as cluster:
        views = cluster.greetings(storage)
    fine = True
    for view in views:
        if view.fault is not None:
            found = say.error(view.fault)
        elif not view.slots:
            found = say.say("cli.cluster.no_slots", worker=view.address)
        else:
            console.result(say.say("cli.cluster.worker", worker=view.address, busy=view.busy, slots=view.slots))
            continue
        fine = False
        console.result(found)
    slots = sum(view.slots for view in views)
    console.result(say.say("cli.cluster.found", address=address, workers=len(views), slots=slots, storage=storage.url))
    return exits.PASSED if fine and views else exits.TOOL_FAILED


@app.command("fetch", help="help.cluster.fetch")
def fetch(
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="help.store.out", show_default=False)] = None,
    lang: options.Lang = None,
    config: options.ConfigFile = None,
) -> int:
    """Every run that the storage has and OUT has not, brought into OUT and entered into its history."""
    given.lang_of(lang)
    settings = given.config_of(config)
    given.lang_of(lang, settings.lang)
    base = out or Path(settings.out)
    storage = storage_of(settings, base, True)
    say = console.words()
    count = 0
    broken: list[RunError] = []
    for agency in nights.agencies(storage):
        for manifest in nights.nights(storage, agency):
            if not nights.is_there(storage, manifest):
                continue
            try:
                run = nights.fetch(storage, manifest, base)
                if run is not None and (run / REPORT).is_file():
                    enter(base, run, code=manifest.code, depth=str(manifest.result.get("depth", "")))
                    count += 1
            except RunError as error:
                broken.append(error)
            if count and count % _EVERY == 0:
                console.say("store.progress", count=count)
    if count and (storage.folder is None or storage.folder.resolve() != base.resolve()):
        bodies.name_origin(base / given.BLOBS, storage.url)
    for fault in broken:
        console.tell(say.error(fault))
    console.result(say.say("cli.cluster.fetched", count=count, storage=storage.url, path=base))
    return exits.TOOL_FAILED if broken else exits.PASSED
