"""All promises that are broken, one after the other."""

from __future__ import annotations

from tests.mutations.attacks import ATTACKS
from tests.mutations.conversation import CONVERSATION
from tests.mutations.core import CORE
from tests.mutations.histories import HISTORIES
from tests.mutations.mutation import Mutation
from tests.mutations.preflight import PREFLIGHT
from tests.mutations.shell import SHELL
from tests.mutations.tickets import TICKETS

MUTATIONS: tuple[Mutation, ...] = (
    *TICKETS,
    *CONVERSATION,
    *CORE,
    *SHELL,
    *PREFLIGHT,
    *ATTACKS,
    *HISTORIES,
)
