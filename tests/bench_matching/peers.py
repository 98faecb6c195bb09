"""The peers: each learns phrases, and tells the likeliest intent of a text."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.content.training import train
from bot.core.catalog import Catalog, Language, Phrase
from bot.core.understanding.topics.match import Match, outcome_of
from bot.core.understanding.topics.matching import Matcher
from bot.core.understanding.words.text import normal_form

# With liblinear's own limits all phrases take longer than anybody waits, for no better answers.
_NEAR_ENOUGH, _MOST_ROUNDS = 0.01, 100


class NearestWording:
    """rapidfuzz: the intent of the phrase with the nearest wording."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._said = [normal_form(phrase.text) for phrase in catalog.phrases]

    def match(self, text: str, /) -> Match:
        """Return the intent of the nearest phrase."""
        found = process.extractOne(normal_form(text), self._said, scorer=fuzz.ratio)
        return likeliest(self._catalog, self._catalog.phrases[found[2]].intent)


class TfidfLinear:
    """scikit-learn: TF-IDF of pieces of words, and linear SVMs."""

    def __init__(self, catalog: Catalog) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline
        from sklearn.svm import LinearSVC

        pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
        self._catalog = catalog
        svm = LinearSVC(C=0.5, tol=_NEAR_ENOUGH, max_iter=_MOST_ROUNDS, random_state=0)
        self._model = make_pipeline(pieces, svm)
        self._model.fit(texts(catalog.phrases), [phrase.intent for phrase in catalog.phrases])

    def match(self, text: str, /) -> Match:
        """Return the intent whose boundary is the farthest behind."""
        return likeliest(self._catalog, str(self._model.predict([text])[0]))


def linear(catalog: Catalog) -> Matcher:
    """Return the matcher of this project, without the encoder."""
    return Matcher(catalog, train(catalog.library()))


def texts(phrases: Sequence[Phrase]) -> list[str]:
    """Return what phrases say."""
    return [phrase.text for phrase in phrases]


def likeliest(catalog: Catalog, intent: str) -> Match:
    """Return a match of an intent alone."""
    found = catalog.find(intent)
    if found is None:
        raise ValueError(f"{intent} is not in the catalogue")
    return Match(
        language=Language.FI,
        outcome=outcome_of(found),
        intent=found.id,
        right=found.right,
        rights=(found.right,) if found.right else (),
    )
