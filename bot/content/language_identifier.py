"""Identifies languages by their letters, with py3langid, which is loaded on first use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import structlog

from bot.core.understanding.topics.other_languages import LanguageIdentifier

# Those that are written to a company in Finland. Rarer ones would only be mistaken for dialects;
# what is closest to them is in the list, so they are taken for another language all the same.
_LANGUAGES = (
    "fi sv en no nn da is fo de nl lb fr it es pt ca gl ro pl cs sk sl hr bs sr mk bg ru uk be lt"
    " lv et hu el sq mt ga cy eu se tr az ku so sw tl vi id ms ar fa sdh ps ur hi bn ne pa ta te ml"
    " si th km lo my zh yue ja ko he hy ka am rw kk uz mn"
).split()


class LoadedWhenAsked:
    """A language identifier whose model, some 76 MB, is read at the first question.

    It is unpacked where temporary files are, which may have no room.
    """

    @cached_property
    def _loaded(self) -> LanguageIdentifier:
        from py3langid.langid import MODEL_FILE
        from py3langid.langid import LanguageIdentifier as Model

        model: LanguageIdentifier = Model.from_model_file(MODEL_FILE, norm_probs=True)
        model.set_languages(_LANGUAGES)  # type: ignore[attr-defined]
        return model

    def rank(self, text: str) -> Sequence[tuple[str, float]]:
        """Return the languages and how likely each is (0 to 1); none where it cannot be read."""
        try:
            return self._loaded.rank(text)
        except OSError as error:
            structlog.get_logger().warning("languages are not told apart", error=error.strerror)
            return ()
