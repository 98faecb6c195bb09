"""From a message to an intent: hard rules, known wordings, the linear model, a verdict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from bot.core.catalog import Catalog, Intent, Kind, Language, Right
from bot.core.understanding.models.encoder import TextScores
from bot.core.understanding.models.model import Model, Seen, softmax
from bot.core.understanding.models.near_wordings import KnownWordings, Wordings, wordings
from bot.core.understanding.recognisers.demands import asks, cited, only_cites, without_refusals
from bot.core.understanding.recognisers.short_forms import meant
from bot.core.understanding.topics import not_asked
from bot.core.understanding.topics.chances import SHARPNESS, Chances, Probabilities
from bot.core.understanding.topics.greetings import greetings
from bot.core.understanding.topics.groups import Groups
from bot.core.understanding.topics.match import (
    KNOWN_WORDING,
    SHORT_FORM,
    STATED,
    Match,
    Outcome,
    outcome_of,
)
from bot.core.understanding.topics.other_languages import (
    OTHER_LANGUAGE,
    LanguageIdentifier,
    in_another,
)
from bot.core.understanding.topics.passage_ranks import PassageRanks
from bot.core.understanding.topics.passage_search import PassageSearch
from bot.core.understanding.topics.several_rights import done_in, wanted
from bot.core.understanding.topics.thresholds import WITH_ENCODER, Thresholds
from bot.core.understanding.words.text import normal_form, strip_invisible

_NUMBER = re.compile(r"\bT-\d{4}-\d{4,}\b", re.IGNORECASE)
_SURER_THAN_CITED = 0.6  # what the words themselves say counts more than an article named


class Matcher:
    """Understands messages by a catalogue and the model trained from it."""

    def __init__(
        self,
        catalog: Catalog,
        model: Model,
        thresholds: Thresholds | None = None,
        identifier: LanguageIdentifier | None = None,
        scores: TextScores | None = None,
        known: Mapping[Language, Wordings] | None = None,
        ranks: PassageRanks | None = None,
    ) -> None:
        """Take what the phrases say as `known` where that was worked out before."""
        known = wordings(catalog.phrases) if known is None else known
        self._catalog = catalog
        self._identifier = identifier
        self._model = model
        self._thresholds = thresholds or (WITH_ENCODER if scores else Thresholds())
        self.chances = Chances(catalog, model, scores)
        self._known = KnownWordings(known, self._thresholds.same)
        self._greetings = greetings(known)
        self._groups = Groups(catalog)
        self._ranks = ranks
        self.search = PassageSearch(ranks, self.chances, model) if ranks else None

    def language_of(self, text: str) -> tuple[Language, float]:
        """Return the language of a text and how sure that is (0 to 1)."""
        shares = softmax(SHARPNESS * self._model.language_scores(strip_invisible(text)))
        best = int(np.argmax(shares))
        return list(Language)[best], float(shares[best])

    def match(self, text: str, language: Language | None = None) -> Match:
        """Return what a message wants; never fails, whatever the text."""
        text = strip_invisible(text)
        match = self._understood(text, language)
        if self.search and match.outcome is Outcome.NOT_IN_NOTICE:
            topic = self._catalog.intents[match.intent]
            said = self.chances.readable(text)
            return replace(match, passages=self.search.found(said, match.language, topic))
        if self._ranks is None or match.outcome is not Outcome.ANSWER:
            return match
        topics = [self._catalog.intents[i].passages for i in (match.intent, *match.served)]
        return replace(match, passages=self._ranks.chosen(self.chances.readable(text), topics))

    def _understood(self, text: str, language: Language | None) -> Match:
        language = self._greetings.get(normal_form(text)) or language or self.language_of(text)[0]
        named = self._named_ticket(text, language)
        if named:
            return named
        known = self._catalog.find(self._known.intent_of(normal_form(text), language) or "")
        if known:
            return self._verdict(language, {known.id: KNOWN_WORDING}, text)
        forms = tuple(one.id for one in map(self._catalog.find, meant(text)) if one)
        if forms:
            return self._choice(language, forms, SHORT_FORM)
        if in_another(text, self._model.knows, self._identifier):
            return Match(language=language, outcome=Outcome.SMALLTALK, intent=OTHER_LANGUAGE)
        if not self._model.recognises(text):
            return self._verdict(language, {"out_of_scope.chatter": 1.0}, text)
        seen = self._model.nothing_seen()
        heard = without_refusals(text) or text
        chances = self._weighed(heard, seen)
        match = self._verdict(language, chances, heard)
        if (rights := cited(text)) and (only_cites(text) or match.confidence < _SURER_THAN_CITED):
            about = self._verdict(language, {self._about(rights[0], text): 1.0}, text)
            return replace(about, rights=rights) if about.right else about
        return self._as_sure_as_all(self._with_all_rights(match, heard, seen), chances)

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

    def _weighed(self, text: str, seen: Seen) -> Probabilities:
        """Return the probabilities, by the encoder too where the linear model is not sure.

        A single word has no more meaning than the linear model sees.
        """
        linear = self.chances.of(text, seen)
        if max(self._groups.weighed(linear).values()) >= self._thresholds.alone:
            return linear
        if len(normal_form(text).split()) == 1:
            return linear
        both = self.chances.with_encoder(text, linear)
        return not_asked.weighed(text, linear, both, self._catalog)

    def _about(self, right: Right, text: str) -> str:
        """Return the intent of a message that cites a right's article and says little else."""
        request = self._catalog.request(right)
        about = self._catalog.topic_of(request)
        return about.id if about and asks(text) else request.id

    def _named_ticket(self, text: str, language: Language) -> Match | None:
        if not _NUMBER.search(text):
            return None
        rest = _NUMBER.sub(" ", text)
        if normal_form(rest):
            chances = self.chances.of(rest, self._model.nothing_seen())
            intent = max(chances, key=chances.__getitem__)
            if intent == Outcome.CANCEL:
                return Match(language=language, outcome=Outcome.CANCEL, intent=Outcome.CANCEL)
        return Match(language=language, outcome=Outcome.STATUS, intent=Outcome.STATUS)

    def _verdict(self, language: Language, chances: Probabilities, text: str) -> Match:
        groups = self._groups.weighed(chances)
        best = self._groups.decided(next(iter(groups)), chances, text)
        kind, confidence = self._catalog.intents[best].kind, max(groups.values())
        if kind in (Kind.QUESTION, Kind.REQUEST) and confidence < self._thresholds.sure:
            return self._unsure(language, groups, chances, text)
        return self._stated(language, next(iter(groups)), groups, chances, text)

    def _unsure(
        self, language: Language, groups: Mapping[str, float], chances: Probabilities, text: str
    ) -> Match:
        """Offer a choice between near ones, or say no when what cannot be answered weighs more."""
        best, near = max(groups.values()), self._thresholds.near
        nowhere = next((g for g in groups if g in _NOWHERE), None)
        if nowhere and groups[nowhere] > near * best:
            return self._stated(language, nowhere, groups, chances, text)
        close = [g for g in groups if g not in _TALK and groups[g] > near * best]
        if len(close) == 1:
            return self._stated(language, close[0], groups, chances, text)
        options = tuple(self._groups.decided(g, chances, text) for g in close[:MOST_OPTIONS])
        return self._choice(language, options, best)

    def _stated(
        self,
        language: Language,
        group: str,
        groups: Mapping[str, float],
        chances: Probabilities,
        text: str,
    ) -> Match:
        """Return what is said of a group, with neighbours beside it where that is not sure."""
        match = self._match(language, self._groups.decided(group, chances, text), groups[group])
        if match.confidence >= self._thresholds.stated or match.outcome is Outcome.SMALLTALK:
            return match
        near = [g for g in groups if g not in _NEVER_OFFERED | {group}]
        near = [g for g in near if groups[g] >= self._thresholds.beside][:MOST_BESIDE]
        also = tuple(self._groups.decided(g, chances, text) for g in near)
        share = self._thresholds.fair if match.confidence >= STATED else self._thresholds.served
        fair = share * match.confidence
        served = (i for g, i in zip(near, also, strict=True) if groups[g] >= fair)
        return replace(match, also=also, served=tuple(filter(self._is_answered, served)))

    def _is_answered(self, intent: str) -> bool:
        return self._catalog.intents[intent].kind is Kind.QUESTION

    def _match(self, language: Language, intent_id: str, confidence: float) -> Match:
        intent = self._catalog.intents[intent_id]
        return Match(
            language=language,
            outcome=outcome_of(intent),
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

    def _as_sure_as_all(self, match: Match, chances: Probabilities) -> Match:
        """Return a match that is as sure as its rights are together: they share what is likely."""
        intents = {self._catalog.request(right).id for right in match.rights}
        if match.right is None or len(intents) < 2:
            return match
        together = min(sum(chances.get(intent, 0.0) for intent in intents), 1.0)
        return replace(match, confidence=max(match.confidence, together))

    def _asking_for(self, match: Match, rights: tuple[Right, ...]) -> Match:
        """Return what asks for these rights; where the message wants another one, for the first."""
        if not rights or match.outcome is Outcome.INCIDENT or match.right in rights:
            return replace(match, rights=rights)
        first = self._catalog.request(rights[0])
        return replace(
            match,
            outcome=Outcome.REQUEST,
            intent=first.id,
            right=rights[0],
            rights=rights,
            also=tuple(intent for intent in match.also if intent != first.id),
        )

    def _sure_of(self, clause: str, seen: Seen) -> Intent | None:
        """Return the intent that a clause by itself surely has, or None."""
        chances = self.chances.of(clause, seen)
        best = max(chances, key=chances.__getitem__)
        if best == Outcome.INCIDENT:  # staff are alarmed: both models have to say so
            chances = self.chances.with_encoder(clause, chances)
        return self._catalog.intents[best] if chances[best] > self._thresholds.another else None


MOST_OPTIONS = 3
MOST_BESIDE = 2  # buttons for what else may have been meant
_NEVER_OFFERED = frozenset({Kind.SMALLTALK, Kind.OUT_OF_SCOPE})
_NOWHERE = frozenset({Kind.NOT_IN_NOTICE, Kind.OUT_OF_SCOPE})
_TALK = frozenset({Kind.SMALLTALK, Kind.OUT_OF_SCOPE, Kind.NOT_IN_NOTICE})
