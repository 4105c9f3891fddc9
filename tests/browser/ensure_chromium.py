"""Finds a Chromium for the browser tests, or tries to get one: Debian's as root, otherwise Playwright's.

Without one the browser tests are skipped and say so; under CI=true that is a failure.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The path of a Chromium on this machine: the system's first, then Playwright's; None without one."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def attempts() -> list[list[list[str]]]:
    """The ways to get one that this machine and user allow, best first; each is a list of commands."""
    ways = []
    if shutil.which("apt-get") and os.geteuid() == 0:
        # A failed update of one list is no reason to stop: the install says whether it matters.
        ways.append([["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]])
    ways.append([[sys.executable, "-m", "playwright", "install", "chromium"]])
    return ways


def run(command: list[str]) -> str | None:
    """Runs a command quietly, ten minutes at most: None when it went well, else its complaint."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        lines: list[str] = error.output.strip().splitlines() or [f"ended with {error.returncode}"]
        return next((line for line in lines if re.search("error|^E:|fail", line, re.IGNORECASE)), lines[-1]).strip()
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return None


def main() -> int:
    if find_chromium():
        return 0
    reasons = []
    for way in attempts():
        print(f"Getting a Chromium for the browser tests: {' '.join(way[-1])}", flush=True)
        failed = [f"{' '.join(command)}: {why}" for command in way if (why := run(command))]
        if find_chromium():
            return 0
        reasons += failed
    print("No Chromium: the browser tests cannot run.", *reasons, sep="\n  ")
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
