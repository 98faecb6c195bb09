"""Recognises who wants offers and newsletters: no wish to be spared them is to be assumed."""

from __future__ import annotations

import re

from bot.core.understanding.words.text import normal_form

_LONGEST = 14  # words; who says more says what it is about
_EN = (
    r"(?:(?:discount|marketing|special|promotional|sales?) )?(?:offers?|newsletters?|adverts?|ads"
    r"|advertis(?:ing|ements?)|marketing|promotions?|promos?|deals?|discounts?|coupons?|mailings?"
    r"|catalogues?|marketing (?:mails?|e ?mails?|messages?|texts?|sms))"
)
_FI = (
    r"(?:tarjou\w+|uutiskirje\w*|mainok\w+|mainontaa?|mainospost\w*|alennu\w+|kampanja\w*"
    r"|markkinointi(?:a|viest\w*|post\w*|sähköpost\w*)|kuvasto\w*|etu(?:ja|jani|kupon\w+))"
)
_SV = (
    r"(?:erbjudanden?(?:a)?|erbjudandet|nyhetsbrev(?:et|en)?|reklam(?:en|er|mejl\w*|brev\w*)?"
    r"|annonser(?:na)?|marknadsföring(?:en)?|rabatt(?:er|erna)|kampanj(?:er|erna)|kataloger(?:na)?)"
)
_BEGUN = (
    r"(?:(?:actually|no|yes|yeah|ok|okay|oh|hi|hello|hey|and|but|please|just|well|so"
    r"|ei|joo|juu|kyllä|hei|moi|no|mutta|vaan|itse asiassa|oikeastaan|siis|voisitteko"
    r"|nej|ja|jo|hej|men|snälla|faktiskt|egentligen|alltså|nä) )*"
)
_ENDED = (
    r"(?: (?:please|too|also|again|as well|still|thanks|thank you|from you|by e ?mail|to my inbox"
    r"|as before|after all|in (?:the )?future"
    r"|sittenkin|kiitos|kans|myös|jatkossakin|edelleen|yhä|vielä|teiltä|tulla"
    r"|sähköpostiin|sähköpostitse|tekstiviestillä|niin kuin ennenkin|kuten ennenkin"
    r"|tack|också|även framöver|framöver|i fortsättningen|från er|per e post|som förut|ändå"
    r"|trots allt))*"
)
_WANTED = {
    "en": (
        r"(?:i|we) (?:(?:would|d|do|really|still|also|gladly|definitely) )*(?:want|like|love|wish"
        r"|enjoy)(?: (?:to|get|getting|receive|receiving|have|keep|continue|go on|carry on"
        r"|subscribe|sign up|for|more|all|the|your|those|these|some|my|any|nice))* {noun}",
        r"(?:keep|leave) (?:(?:the|your|my|those|these|all) )*{noun} (?:coming|on|as (?:they|it)"
        r" (?:are|is))",
        r"(?:keep(?: on)?|continue|carry on|go on)(?: (?:sending|mailing|emailing|texting|giving"
        r"|getting|with|to|send|me|us|the|your|those|these|all|more))* {noun}",
        r"(?:do not|don t|dont|never) (?:stop|end|cancel|drop|turn off|block)(?: (?:sending|me|us"
        r"|with|the|your|my|those|these|all|from))* {noun}",
        r"(?:sign me up|subscribe me|send me|i subscribe|add me)(?: (?:for|to|the|your|more|all"
        r"|some|list|of|new))* {noun}",
    ),
    "fi": (
        r"(?:minä |mä |me )?(?:haluan|haluaisin|haluun|haluisin|haluamme|tahdon|toivon|tykkään"
        r"|tilaan|tilaisin|otan|ottaisin|ilmoittaudun)(?: (?:kyllä|edelleen|vielä|yhä|myös"
        r"|sittenkin|jatkossakin|jatkossa|mielelläni|mielellään|saada|tilata|vastaanottaa|ottaa|vastaan|lisää"
        r"|teidän|teiltä|niitä|ne|nuo|kaikki|kaikkia|hyviä|noita|että))* {noun}",
        r"(?:älkää|älä|elkää|elä|en halua että) (?:nyt )?(?:lopettako|lopeta|lopetatte|peruko|peru"
        r"|perutte|poistako|poista|katkaisko|keskeyttäkö|estäkö)(?: (?:minun|mun|noita|niitä|teidän"
        r"|tätä|kaikkia))* {noun}(?: (?:lähettämistä|lähetystä|tulemista|tilausta|tilaustani))?",
        r"(?:lähettäkää|lähetä|laittakaa|laita|pistäkää|lähettäkääs|liittäkää)(?: (?:minulle|mulle"
        r"|meille|edelleen|vielä|lisää|yhä|toki|vaan|vain|kyllä|teidän|niitä|kaikki))* {noun}",
        r"(?:ne |nuo |teidän )?{noun} (?:saa|saavat) (?:(?:kyllä|vielä|edelleen|yhä|hyvin|mulle"
        r"|minulle) )*(?:tulla|jatkua|jäädä)",
        r"jatkakaa (?:\w+ )?{noun} (?:lähettämistä|lähetystä)",
    ),
    "sv": (
        r"(?:jag|ja|vi) (?:vill|skulle vilja|önskar|tar|prenumererar på|beställer|tycker om"
        r"|gillar)(?: (?:ändå|gärna|fortfarande|också|ännu|fortsätta|att|ha|få|ta emot"
        r"|prenumerera|på|beställa|fler|mer|mera|era|ert|er|alla|nya|även|de|dem|det|så|mycket))*"
        r" {noun}(?: kvar)?",
        r"sluta (?:inte|int|aldrig|ej) (?:att )?(?:skicka|sända|med)(?: (?:mig|oss|era|ert|de|det"
        r"|alla|med))* {noun}",
        r"(?:ta|avsluta|säg|stoppa|avbryt|avbeställ) (?:inte|int|ej|aldrig)(?: (?:bort|upp|mitt"
        r"|mina|era|ert|de))* {noun}",
        r"(?:skicka|sänd|fortsätt)(?: (?:mig|oss|gärna|fortfarande|mer|mera|fler|till|att|skicka"
        r"|sända|med|era|ert|alla))* {noun}",
        r"(?:era |ert |de )?{noun} får (?:(?:gärna|fortfarande|ännu|bra) )*(?:komma|fortsätta)",
    ),
}
_NOUNS = {"en": _EN, "fi": _FI, "sv": _SV}
_ASKED = re.compile(
    "|".join(
        _BEGUN + core.replace("{noun}", _NOUNS[language]) + _ENDED
        for language, cores in _WANTED.items()
        for core in cores
    )
)


def wants_offers(text: str) -> bool:
    """Tell whether a text wants offers or newsletters, still or anew, and nothing else."""
    if "?" in text:
        return False
    said = normal_form(text)
    return len(said.split()) <= _LONGEST and _ASKED.fullmatch(said) is not None
