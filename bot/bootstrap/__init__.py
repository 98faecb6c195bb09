"""The composition root: `assistant` builds what answers, `process.replica` what runs it.

The command line, the tests, the soak and the benchmark all call these two. `replica` is not
imported here, because a question at the command line needs neither web server nor platforms.
"""

from bot.bootstrap.parts import (
    Assistant,
    anchors_of,
    assistant,
    database_url,
    key_file,
    master_keys,
    post_of,
    retention_periods,
    routes_of,
    store_of,
    utc_now,
)

__all__ = [
    "Assistant",
    "anchors_of",
    "assistant",
    "database_url",
    "key_file",
    "master_keys",
    "post_of",
    "retention_periods",
    "routes_of",
    "store_of",
    "utc_now",
]
