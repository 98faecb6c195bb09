"""The promises that are kept before a start: what cannot work is refused, by check and by run."""

from __future__ import annotations

from tests.mutations.mutation import of_file

_SETTINGS = "tests/preflight/test_configured.py"
_MACHINE = "tests/preflight/test_machine.py"

PREFLIGHT = (
    *of_file(
        "bot/preflight/staff.py",
        f"{_SETTINGS} tests/attacks/test_one_person_under_two_names.py",
        ("staff: one person is one entry", "if len(same) > 1:", "if len(same) > 2:"),
        (
            "staff: one account is one entry",
            'for key in ("name", "slack", "telegram"):',
            'for key in ("name", "slack"):',
        ),
        ("staff: somebody can decide", "if acting and not approvers:", "if acting and False:"),
        (
            "staff: a desk has somebody who acts there",
            "weigh = warning if peopled else fault",
            "weigh = warning",
        ),
        ("staff: four eyes need two", "len(agents | approvers) == 1", "len(agents) == 9"),
    ),
    *of_file(
        "bot/preflight/secrets.py",
        _SETTINGS,
        ("secrets: none that can be guessed", "SHORTEST = 16", "SHORTEST = 1"),
        (
            "secrets: swapped tokens are named",
            "if not token or token.startswith(prefix):",
            "if not token or token.startswith(_OTHER_TOKENS):",
        ),
    ),
    *of_file(
        "bot/preflight/database.py",
        _SETTINGS,
        (
            "database: one over a network proves who it is",
            '_PROVED = ("verify-full", "verify-ca")',
            '_PROVED = ("verify-full", "verify-ca", "require")',
        ),
    ),
    *of_file(
        "bot/preflight/configured.py",
        _SETTINGS,
        (
            "mail: no code is promised that nobody sends",
            "elif has_channel(settings) and mail.to_files:",
            "elif has_channel(settings):",
        ),
        (
            "desk: a service whose requests nobody sees does not start",
            "refused = fault if has_channel(settings) else run_fault",
            "refused = warning",
        ),
    ),
    *of_file(
        "bot/preflight/machine.py",
        _MACHINE,
        ("machine: not as root", "os.geteuid() == 0 and not allow_root", "False"),
        (
            "machine: the port is free",
            "with socket.create_server(address[:2], family=family):",
            "with socket.socket():",
        ),
        (
            "machine: the data folder can be written",
            'yield fault("[service] data_dir", f"{folder} cannot be written: {told}")',
            "return",
        ),
    ),
    *of_file(
        "bot/preflight/modes.py",
        _MACHINE,
        ("modes: data is nobody else's", "0o007, 0o077, 0o022", "0o007, 0o007, 0o022"),
        ("modes: a secret is not for all to read", "0o007, 0o077, 0o022", "0o000, 0o077, 0o022"),
    ),
    *of_file(
        "bot/storage/engine.py",
        _MACHINE,
        (
            "modes: the database is made for one user",
            "path.touch(mode=0o600",
            "path.touch(mode=0o644",
        ),
        ("modes: its folder too", "mkdir(mode=0o700, parents", "mkdir(mode=0o755, parents"),
    ),
    *of_file(
        "bot/config/environment.py",
        "tests/attacks/test_mistyped_environment.py",
        (
            "environment: a mistyped variable is refused",
            "elif variable.startswith(PREFIX) and not",
            "elif variable.startswith('X') and not",
        ),
    ),
)
