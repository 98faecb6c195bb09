"""From a message to what is wanted: hard rules, known wordings, the linear model, a verdict."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from bot.core.catalog import Catalog, Intent, Kind, Language, Right
from bot.core.understanding.demands import (
    asks,
    asks_for_it,
    cited,
    demands,
    without_refusals,
)
from bot.core.understanding.greetings import greetings
from bot.core.understanding.model import Array, Model, Seen, softmax
from bot.core.understanding.near_wordings import KnownWordings
from bot.core.understanding.other_languages import OTHER_LANGUAGE, LanguageIdentifier, in_another
from bot.core.understanding.several_rights import done_in, wanted
from bot.core.understanding.short_forms import meant
from bot.core.understanding.spelling import Spelling
from bot.core.understanding.text import normal_form, sentences, strip_invisible


class Outcome(StrEnum):
    """What the assistant makes of a message."""

    ANSWER = "answer"
    REQUEST = "request"
    CLARIFY = "clarify"
    NOT_IN_NOTICE = "not_in_notice"
    OUT_OF_SCOPE = "out_of_scope"
    SMALLTALK = "smalltalk"
    INCIDENT = "incident"
    HUMAN = "human"
    STATUS = "status"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A message understood. `rights` are all rights asked for, `options` what to choose from.

    `reported` tells that it reports an incident, too.
    """

    language: Language
    outcome: Outcome
    intent: str
    right: Right | None = None
    rights: tuple[Right, ...] = ()
    confidence: float = 1.0
    options: tuple[str, ...] = ()
    reported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Where a verdict turns; probabilities of 0 to 1, chosen on the phrases, out of fold."""

    sure: float = 0.22
    near: float = 0.75
    another: float = 0.6
    same: float = 95.0


# Turns distances to the boundaries into probabilities; fitted on the phrases, out of fold.
_SHARPNESS, _SHARPNESS_OF_KINDS = 5.0, 4.0
# How much likelier a request is when the words demand it; chosen on the phrases, out of fold.
_DEMANDED = 3.0
_NUMBER = re.compile(r"\bT-\d{4}-\d{4,}\b", re.IGNORECASE)
_QUOTED = re.compile(r"^[^\S\n]*>.*$", re.MULTILINE)
_MOST_SENTENCES = 40
_LONG = 160
_SURER_THAN_ARTICLES = 0.6  # what the words themselves say counts more than an article named

SHORT_FORM = 0.95  # the confidence where a rule knows what a short form means
KNOWN_WORDING = 1.0  # the confidence where a message is a phrase of the catalogue

Probabilities = Mapping[str, float]


class Matcher:
    """Understands messages by a catalogue and the model trained from it."""

    def __init__(
        self,
        catalog: Catalog,
        model: Model,
        thresholds: Thresholds | None = None,
        identifier: LanguageIdentifier | None = None,
    ) -> None:
        self._catalog = catalog
        self._identifier = identifier
        self._model = model
        self._thresholds = thresholds or Thresholds()
        self._spelling = Spelling(model)
        kinds = [catalog.intents[intent].kind for intent in model.intents]
        self._kind_columns = [model.kinds.index(kind) for kind in kinds]
        self._request_columns = [i for i, kind in enumerate(kinds) if kind is Kind.REQUEST]
        self._known = KnownWordings(catalog.phrases, self._thresholds.same)
        self._greetings = greetings(catalog.phrases)
        self._groups_of = {intent.id: _group(intent) for intent in catalog.intents.values()}

    def language_of(self, text: str) -> tuple[Language, float]:
        """Return the language of a text and how sure that is (0 to 1)."""
        shares = softmax(_SHARPNESS * self._model.language_scores(strip_invisible(text)))
        best = int(np.argmax(shares))
        return list(Language)[best], float(shares[best])

    def match(self, text: str, language: Language | None = None) -> Match:
        """Return what a message wants; never fails, whatever the text."""
        text = strip_invisible(text)
        language = self._greetings.get(normal_form(text)) or language or self.language_of(text)[0]
        named = self._named_ticket(text, language)
        if named:
            return named
        known = self._known.intent_of(normal_form(text), language)
        if known:
            return self._verdict(language, {known: KNOWN_WORDING}, text)
        forms = tuple(one for one in meant(text) if one in self._catalog.intents)
        if forms:
            return self._choice(language, forms, SHORT_FORM)
        if in_another(text, self._model.knows, self._identifier):
            return Match(language=language, outcome=Outcome.SMALLTALK, intent=OTHER_LANGUAGE)
        if not self._model.recognises(text):
            return self._verdict(language, {"out_of_scope.chatter": 1.0}, text)
        seen = self._model.nothing_seen()
        heard = without_refusals(text) or text
        match = self._verdict(language, self._probabilities(heard, seen), heard)
        if match.confidence < _SURER_THAN_ARTICLES and (rights := cited(text)):
            about = self._verdict(language, {self._about(rights[0], text): 1.0}, text)
            return replace(about, rights=rights) if about.right else about
        return self._with_all_rights(match, heard, seen)

    def _choice(self, language: Language, options: tuple[str, ...], confidence: float) -> Match:
        """Return the choice between intents, or the only one that there is."""
        if len(options) == 1:
            return self._match(language, options[0], confidence)
        return Match(
            language=language,
            outcome=Outcome.CLARIFY,
            intent=options[0],
            confidence=confidence,
            options=options,
        )

    def _about(self, right: Right, text: str) -> str:
        """Return the intent of a message that cites a right's article and says little else."""
        intent = self._catalog.request(right).id
        question = intent.replace("request.", "question.", 1)
        return question if asks(text) and question in self._catalog.intents else intent

    def match_mail(self, subject: str, body: str, language: Language | None = None) -> Match:
        """Return what a mail wants: its subject and body without what it quotes."""
        text = f"{subject}\n{_QUOTED.sub('', body)}".strip()
        return self.match(text, language)

    def _named_ticket(self, text: str, language: Language) -> Match | None:
        if not _NUMBER.search(text):
            return None
        rest = _NUMBER.sub(" ", text)
        if normal_form(rest):
            chances = self._probabilities(rest, self._model.nothing_seen())
            intent = max(chances, key=chances.__getitem__)
            if intent == Outcome.CANCEL:
                return Match(language=language, outcome=Outcome.CANCEL, intent=Outcome.CANCEL)
        return Match(language=language, outcome=Outcome.STATUS, intent=Outcome.STATUS)

    def _probabilities(self, text: str, seen: Seen) -> Probabilities:
        """Return the probability of each intent; of long texts, what its best sentence says."""
        whole = self._chances(text, seen)
        parts = sentences(text)
        if len(text) > _LONG and len(parts) > 1:
            by_part = np.stack([self._chances(part, seen) for part in parts[:_MOST_SENTENCES]])
            in_scope = self._in_scope_mask()
            best = np.where(in_scope, by_part.max(axis=0), by_part.min(axis=0))
            whole = (whole + best / best.sum()) / 2
        return dict(zip(self._model.intents, map(float, whole), strict=True))

    def _chances(self, text: str, seen: Seen) -> Array:
        """Return the probability of each intent, weighed by that of its kind."""
        if text in seen.chances:
            return seen.chances[text]
        intents, kinds = self._model.intent_scores(self._spelling.repaired(text), seen.words)
        of_kind = softmax(_SHARPNESS_OF_KINDS * kinds)[self._kind_columns]
        chances: Array = softmax(_SHARPNESS * intents) * np.sqrt(of_kind)
        if demands(text):
            chances[self._request_columns] *= _DEMANDED
        chances /= chances.sum()
        seen.chances[text] = chances
        return chances

    def _in_scope_mask(self) -> Array:
        kinds = (self._catalog.intents[intent].kind for intent in self._model.intents)
        return np.array([kind not in (Kind.OUT_OF_SCOPE, Kind.SMALLTALK) for kind in kinds])

    def _verdict(self, language: Language, chances: Probabilities, text: str) -> Match:
        groups = self._groups(chances)
        ranked = sorted(groups, key=groups.__getitem__, reverse=True)
        best, confidence = self._decided(ranked[0], chances, text), groups[ranked[0]]
        kind = self._catalog.intents[best].kind
        if kind in (Kind.QUESTION, Kind.REQUEST) and confidence < self._thresholds.sure:
            return self._unsure(language, ranked, groups, chances, text)
        return self._match(language, best, confidence)

    def _groups(self, chances: Probabilities) -> dict[str, float]:
        """Add up a right asked for and asked about; of a kind with many topics, take the best."""
        groups: dict[str, float] = defaultdict(float)
        for intent, chance in chances.items():
            group = self._groups_of[intent]
            groups[group] = max(groups[group], chance) if group in _TALK else groups[group] + chance
        return groups

    def _decided(self, group: str, chances: Probabilities, text: str) -> str:
        """Return the intent of a group: of a right, whether it is asked for or asked about."""
        members = [intent for intent in chances if self._groups_of[intent] == group]
        best = max(members, key=chances.__getitem__)
        right = self._catalog.intents[best].right
        if right and not asks_for_it(text, right):
            about = f"question.{group}"
            return about if about in self._catalog.intents else best
        return best

    def _unsure(
        self,
        language: Language,
        ranked: Sequence[str],
        groups: Mapping[str, float],
        chances: Probabilities,
        text: str,
    ) -> Match:
        """Offer a choice between near ones, or say no when what cannot be answered weighs more."""
        nowhere = max((g for g in ranked if g in _NOWHERE), key=groups.__getitem__, default=None)
        best = groups[ranked[0]]
        if nowhere and groups[nowhere] > self._thresholds.near * best:
            intent = self._decided(nowhere, chances, text)
            return self._match(language, intent, groups[nowhere])
        near = [g for g in ranked if g not in _TALK and groups[g] > self._thresholds.near * best]
        options = tuple(self._decided(g, chances, text) for g in near[:3])
        return self._choice(language, options, best)

    def _match(self, language: Language, intent_id: str, confidence: float) -> Match:
        intent = self._catalog.intents[intent_id]
        outcome = Outcome.ANSWER if intent.kind is Kind.QUESTION else Outcome(intent.kind)
        return Match(
            language=language,
            outcome=outcome,
            intent=intent_id,
            right=intent.right,
            rights=(intent.right,) if intent.right else (),
            confidence=min(confidence, 1.0),
        )

    def _with_all_rights(self, match: Match, text: str, seen: Seen) -> Match:
        """Add what other clauses surely want: rights, in the order of the message, and a report."""
        reports = match.outcome is Outcome.INCIDENT
        asked_about = match.outcome in (Outcome.ANSWER, Outcome.NOT_IN_NOTICE)
        if match.right is None and not reports and not asked_about:
            return match
        if match.right is None and not reports:
            done = done_in(text)
            return self._asking_for(match, done) if done else match
        found = wanted(
            text,
            match.right,
            surely=match.confidence >= self._thresholds.another,
            understood=lambda part: self._sure_of(part, seen),
        )
        return self._asking_for(replace(match, reported=reports or found.reports), found.rights)

    def _asking_for(self, match: Match, rights: tuple[Right, ...]) -> Match:
        """Return what asks for these rights; where the message wants another one, for the first."""
        if not rights or match.outcome is Outcome.INCIDENT or match.right in rights:
            return replace(match, rights=rights)
        first = self._catalog.request(rights[0])
        return replace(
            match, outcome=Outcome.REQUEST, intent=first.id, right=rights[0], rights=rights
        )

    def _sure_of(self, clause: str, seen: Seen) -> Intent | None:
        """Return the intent that a clause by itself surely has, or None."""
        chances = self._probabilities(clause, seen)
        best = max(chances, key=chances.__getitem__)
        return self._catalog.intents[best] if chances[best] > self._thresholds.another else None


_NOWHERE = frozenset({Kind.NOT_IN_NOTICE, Kind.OUT_OF_SCOPE})
_TALK = frozenset({Kind.SMALLTALK, Kind.OUT_OF_SCOPE, Kind.NOT_IN_NOTICE})


def _group(intent: Intent) -> str:
    kind, _, name = intent.id.partition(".")
    return name if kind in (Kind.QUESTION, Kind.REQUEST) else kind
