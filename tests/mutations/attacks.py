"""What was mended after an attack: each mending is undone, and the attack must succeed again."""

from __future__ import annotations

from tests.mutations.mutation import Mutation, of_file

_LEAKED = "tests/attacks/test_the_master_key_leaked.py -k sqlite"
_KEYS = (
    *of_file(
        "bot/storage/rotation.py",
        _LEAKED,
        (
            "keys: a rotation seals anew what the old key opens",
            "if row[sealed.column].startswith(unit.keys.mark):\n            continue",
            "if row[sealed.column]:\n            continue",
        ),
        (
            "keys: a rotation seals every table anew",
            "enumerate(_COLUMNS):",
            "enumerate(_COLUMNS[:2]):",
        ),
        (
            "keys: the database goes with the new key",
            "    unit.meta.set(KEY_CHECK, unit.keys.check)\n",
            "",
        ),
        (
            "keys: what is needed of an old key is carried on",
            "    carry(unit.connection, unit.keys, unit.keys.older)\n",
            "",
        ),
    ),
    *of_file(
        "bot/storage/crypto.py",
        _LEAKED,
        (
            "keys: staff stay the same through a rotation",
            "actors=oldest.actors,",
            "actors=self.actors,",
        ),
        (
            "keys: what is kept of an old key opens nothing",
            '*("id", "lookup", "audit",',
            '*("wrapping", "id", "lookup", "audit",',
        ),
    ),
)
_BESIDE = (
    *of_file(
        "bot/content/encoder.py",
        "tests/attacks/test_a_library_reports_to_its_maker.py",
        ("encoder: its runtime reports to nobody", "        silence_runtime()\n", ""),
    ),
    *of_file(
        "bot/cli/resources.py",
        "tests/attacks/test_a_command_beside_the_service.py",
        (
            "commands: root leaves no files in the service's folder",
            "    if owner := owner_to_run_as(folder):",
            "    if (owner := owner_to_run_as(folder)) and False:",
        ),
    ),
    *of_file(
        "bot/cli/records.py",
        "tests/attacks/test_a_command_beside_the_service.py",
        (
            "commands: no database is made to be found whole",
            "closing(existing_store(settings)) as store, store.snapshot()",
            "closing(made_store(settings)) as store, store.snapshot()",
        ),
    ),
)
_DISK = (
    *of_file(
        "bot/cli/main.py",
        "tests/attacks/test_read_by_another_user.py -m long",
        (
            "modes: what a service writes is for its user",
            "os.umask(0o077)  # what is written",
            "os.umask(0o022)  # what is written",
        ),
    ),
    *of_file(
        "bot/storage/engine.py",
        "tests/attacks/test_who_reads_the_disk_beside_the_service.py -k sqlite",
        (
            "modes: files of an older version are closed",
            "            file.chmod(0o600)\n",
            "            pass\n",
        ),
    ),
    *of_file(
        "bot/service/intake.py",
        "tests/attacks/test_who_reads_the_disk_beside_the_service.py -k sqlite",
        (
            "sealing: the id of an event does not say who wrote",
            "event_id=keyed if of_people else event_id,",
            "event_id=event_id,",
        ),
    ),
)
_ROWS = "tests/attacks/test_damaged_rows.py -k sqlite"
_DAMAGE = (
    *of_file(
        "bot/storage/tickets.py",
        _ROWS,
        (
            "damage: a damaged ticket hides no other",
            "        with suppress(KeyFault, ValueError):\n            return self._open(row)\n",
            "        return self._open(row)\n",
        ),
        (
            "damage: a damaged ticket is named",
            "return [row.number for row in found if not self._opens(row)]",
            "return [row.number for row in found if not row]",
        ),
    ),
    *of_file(
        "bot/storage/dialogues.py",
        _ROWS,
        (
            "damage: a damaged conversation begins anew",
            "        with suppress(KeyFault, ValueError):\n            text",
            "        with suppress(ArithmeticError):\n            text",
        ),
    ),
    *of_file(
        "bot/storage/damage.py",
        _ROWS,
        (
            "damage: every table is opened",
            '(Damage(what=f"event {no}") for no in unit.inbox.damaged())',
            "()",
        ),
        (
            "damage: an overwritten table does not hide the others",
            "            if concerns_all(error):\n                raise\n"
            '            yield Damage(what=f"table {table}")',
            '            if error:\n                raise\n            yield Damage(what="")',
        ),
    ),
    *of_file(
        "bot/service/inspection.py",
        _ROWS,
        (
            "damage: staff are alarmed once a day",
            'if unit.meta.first_of_day(f"damaged:{found.what}", today):',
            "if True:",
        ),
        ("damage: staff are alarmed", "            self._alarm(one, today, now)\n", ""),
    ),
    *of_file(
        "bot/replica/workers.py",
        _ROWS,
        ("damage: who handles nothing is not ready", "_STUCK = 30.0", "_STUCK = 3000.0"),
    ),
)
_HTTP = of_file(
    "bot/channels/http/access.py",
    "tests/attacks/test_one_secret_for_all.py -m not(timed)",  # the long ones, too
    (
        "roles: the secret of customers is not that of staff",
        "if staff and signer is not Signer.STAFF:",
        "if staff and signer is None:",
    ),
    (
        "roles: the secret of staff is not that of customers",
        "if not staff and signer is not Signer.CUSTOMERS:",
        "if not staff and signer is None:",
    ),
    (
        "roles: one front-end cannot be two members of staff",
        "if not own and four_eyes:",
        "if not own and not four_eyes:",
    ),
    (
        "roles: a token is its member's own",
        "if own and not hmac.compare_digest(given",
        "if own and not given and not hmac.compare_digest(given",
    ),
)
_REGISTER = of_file(
    "bot/cli/contacts.py",
    "tests/attacks/test_register_wiped_by_a_file.py -k sqlite",
    (
        "register: an empty file empties nothing unasked",
        "    if not listed.persons:\n",
        "    if listed is None:\n",
    ),
    (
        "register: a file without a column empties nothing unasked",
        "if missing := sorted(frozenset(ContactKind) - listed.kinds):",
        "if missing := sorted(listed.kinds - frozenset(ContactKind)):",
    ),
    ("register: half a file empties nothing unasked", "_MANY = 0.5", "_MANY = 1.5"),
    ("register: a doubt is heeded", "if doubts and not agreed:", "if doubts and agreed:"),
    (
        "register: without --replace nothing is forgotten",
        "if replace else set()",
        "if replace is not None else set()",
    ),
)
_TRIAL = of_file(
    "bot/cli/trial.py",
    "tests/attacks/test_chat_beside_production.py -m not(timed)",
    (
        "trial: it has a folder of its own",
        'update={"data_dir": folder}',
        'update={"data_dir": settings.service.data_dir}',
    ),
    (
        "trial: no channel is set",
        '"mail", "http", "telegram", "slack")',
        '"mail", "http", "slack")',
    ),
    (
        "trial: none where customers are served",
        "return bool(unit.meta.get(_SERVES))",
        "return False",
    ),
)
_CHANNELS = (
    *of_file(
        "bot/replica/metrics.py",
        "tests/attacks/test_revoked_token.py",
        (
            "alarms: a revoked token is seen",
            "            self._shut_out.add(channel)\n",
            "            self._shut_out.discard(channel)\n",
        ),
        (
            "alarms: a channel that works again is seen",
            "            self._shut_out.discard(channel)\n        elif",
            "            pass\n        elif",
        ),
    ),
    *of_file(
        "bot/service/channel_alarms.py",
        "tests/attacks/test_revoked_token.py",
        (
            "alarms: once a day",
            'if unit.meta.first_of_day(f"{trouble}:{channel}", self._rules.today(now)):',
            "if True:",
        ),
        (
            "alarms: staff are told",
            "            self._alarm(AlarmReason.CHANNEL_DOWN, channel)\n",
            "            pass\n",
        ),
    ),
    *of_file(
        "bot/delivery/courier.py",
        "tests/attacks/test_revoked_token.py",
        (
            "alarms: a platform that shuts the assistant out is known",
            "shut_out = isinstance(error, ShutOut)",
            "shut_out = isinstance(error, ArithmeticError)",
        ),
    ),
)

ATTACKS: tuple[Mutation, ...] = (
    *_KEYS,
    *_BESIDE,
    *_DISK,
    *_DAMAGE,
    *_HTTP,
    *_REGISTER,
    *_TRIAL,
    *_CHANNELS,
)
