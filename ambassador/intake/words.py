"""Words for kinds, states and labels as exports write them; a courier's in five languages."""

import re
from collections.abc import Mapping
from functools import lru_cache

from ambassador.intake.cells import simplified
from ambassador.values.status import Label, MentionKind, OutcomeKind, ParcelState

_MENTION_KINDS: Mapping[MentionKind, str] = {
    MentionKind.REPOST: "repost retweet retweeted rt share shared condivisione ricondivisione reblog boost",
    MentionKind.QUOTE: "quote quoted qt citazione citato quotetweet",
    MentionKind.REPLY: "reply replied replies risposta answer replying",
    MentionKind.COMMENT: "comment commento comments",
    MentionKind.STORY: "story storia stories storie",
    MentionKind.ORIGINAL: "original originale post tweet video photo foto image immagine reel reels carousel"
    " carosello short status",
}
_LABELS: Mapping[Label, str] = {
    Label.COMPLAINT: "complaint complaints lamentela reclamo lamentele reclami",
    Label.QUESTION: "question questions domanda domande",
    Label.PRAISE: "praise compliment complimento complimenti elogio lode",
}
_OUTCOMES: Mapping[OutcomeKind, str] = {
    OutcomeKind.ORDERS: "order orders ordine ordini sale sales vendita vendite acquisto acquisti redemption",
    OutcomeKind.VISITS: "visit visits visita visite click clicks clic session sessions sessioni",
    OutcomeKind.PRESS: "press stampa rassegna articolo article media",
    OutcomeKind.LESSON: "lesson lezione lessons insegnamento",
}
_NOT_YET = re.compile(
    r"\b(?:non (?:ancora |stat[oa] )?(?:\w+ )?consegnat|mancata consegna|not (?:yet |been )*delivered"
    r"|undeliver|to be delivered|da consegnare|consegna prevista|with delivery|tentativo|tentata"
    r"|attempt|in consegna|out for d|signature missing|missing (?:signature|address|number)"
    r"|address missing|firma mancante|indirizzo (?:mancante|errato)|assente|absent|not (?:at )?home"
    r"|on hold|held|fermo|exception|nicht zugestellt|noch nicht|in zustellung|zustellversuch"
    r"|en cours de livraison|non livre|non recapitat|mancato recapito|consegna fallita|fallita"
    r"|delivery failed"
    r"|^failure$|failed (?:delivery|attempt)|(?:could not|cannot|unable to|not able to)(?: be)? deliver"
    r"|delivery (?:in progress"
    r"|scheduled|planned|exception)|(?:will be|scheduled for|awaiting|pending) deliver|sara consegnat"
    r"|consegna (?:programmata|in corso|non riuscita|rinviata)|wird (?:heute )?zugestellt"
    r"|zustellung (?:heute|nicht"
    r"|geplant|fehlgeschlagen)|noch nicht|nicht geliefert|wird geliefert|echec|impossible|sera livre|a livrer"
    r"|en attente de livraison|sera entregad|por entregar|entrega (?:fallida|no realizada|pendiente"
    r"|programada)"
    r"|intento|no se (?:pudo|ha podido)|unterschrift fehlt|signature manquante|falta (?:la )?firma"
    r"|(?:recipient|customer|consignee|nobody|no one|receiver)(?: was| is)? (?:absent|away|closed|unavailable"
    r"|not available|at home|home)|irreperibile|address (?:unknown|incorrect|incomplete|wrong)"
    r"|adresse (?:unbekannt"
    r"|incorrecte|falsch|incomplete)|direccion (?:incorrecta|incompleta)|nao entregue"
    r"|pas encore|non livre|no entregad|en reparto|(?:at|in) (?:the )?pick ?up point|punto di ritiro"
    r"|(?:to|from) (?:the )?(?:pick ?up point|locker|parcel ?shop|access point|service point)|parcel ?shop"
    r"|access point|service point|(?:available|ready|waiting) for (?:pick|collection|collect)|abholstelle"
    r"|abholung|packstation|punto pudo|ufficio postale|pronto per il ritiro|disponibile (?:per|presso|al)"
    r"|ready for (?:pick|collection)|abholbereit|zur abholung|im paketshop|nicht angetroffen|annahmestelle"
    r"|disponible (?:en|au|chez)|point relais|absent|avis de passage|a retirer|en livraison"
    r"|disponible para recog|pendiente de entrega|ausente|punto de recogida|reparto|in attesa|firma assente"
    r"|do odbioru|awizo|nie (?:doreczon|odebran)|w doreczeniu|wydan\w+ do|ready to (?:pick|collect)|stored"
    r"|abwesend|redeliver|giacenza|dogana|customs|zollabfertigung|douane|aduana|vehicle for delivery|not lost"
    r"|not missing|delivered to (?:the )?(?:agent|carrier|courier|depot|hub|post office|local)"
    r"|destinatario sconosciuto|indirizzo incompleto|rinviata|riprogrammata|delayed|ritardo|rescheduled)"
)
_COURIER = (
    (
        "lost",
        re.compile(
            r"\b(?<!not )(smarrit|dispers|pers[oa]\b|lost\b|furto|rubat|stolen|theft|(?:parcel|package"
            r"|shipment) missing"
            r"|missing (?:parcel|package|shipment)|^missing$|verloren|perdu|perdid|extraviad|egare"
            r"|vol\b|robad|gestohlen|zagubion|zaginion)"
        ),
    ),
    (
        "returned",
        re.compile(
            r"\b(reso\b|rientr|restitu|return|respint|rifiutat|refused|al mittente|to sender"
            r"|zuruckgesandt|zurucksendung|rucksendung|retour|devuelt|devolucion|annahme verweigert|refuse"
            r"|rechazad|rispedit|zwroc|zwrot)"
        ),
    ),
    ("shipped", _NOT_YET),
    (
        "delivered",
        re.compile(
            r"\b(consegnat|delivered|recapitat|zugestellt|geliefert|livree?s?\b|entregue|distribue|entregad|ausgeliefert"
            r"|ubergeben|remis\b|odebran|doreczon|collected by (?:the )?(?:customer|recipient)|recibid"
            r"|ricevut[ao] dal destinatario)"
        ),
    ),
    (
        "shipped",
        re.compile(
            r"\b(spedit|shipped|transit|partit|in viaggio|ritirat|in carico|picked up|dispatched|affidat"
            r"|sent\b|inviat|on the way|in giacenza|unterwegs|versand|expedie|en transit|enviad|en camino"
            r"|label created|departed|arrived|processed|sorting|acheminement|pris en charge|depart|arrive"
            r"|transito|recogid|admitid|abgeholt|eingetroffen|sendung|ordine (?:creato|registrato)"
            r"|information received"
            r"|in lavorazione|etichetta|accettat|smistament|nadan|w drodze|przyjet|wys\u0142an|adopted"
            r"|taken by courier|sent from|confirmed|collected from)"
        ),
    ),
)
KNOWN_WORDS: Mapping[ParcelState, tuple[str, ...]] = {
    ParcelState.DELIVERED: (
        "delivered", "delivered, signed for", "consegnata", "recapitata", "zugestellt", "ausgeliefert",
        "livré", "distribué", "entregado", "recibido",
    ),
    ParcelState.SHIPPED: (
        "shipped", "in transit", "out for delivery", "not yet delivered", "signature missing",
        "recipient absent", "at the pick-up point", "in consegna", "non ancora consegnata",
        "firma mancante", "destinatario assente", "in giacenza", "presso il punto di ritiro",
        "in Zustellung", "noch nicht zugestellt", "zur Abholung bereit", "en cours de livraison",
        "pas encore livré", "disponible au point relais", "en reparto", "no entregado", "ausente",
    ),
    ParcelState.RETURNED: (
        "returned to sender", "refused", "reso al mittente", "rifiutata", "Annahme verweigert",
        "zurückgesandt", "retour à l'expéditeur", "devuelto", "rechazado",
    ),
    ParcelState.LOST: (
        "lost", "stolen", "smarrita", "dispersa", "rubata", "verloren", "gestohlen", "perdu", "égaré",
        "extraviado",
    ),
}  # fmt: skip
"""Some of what couriers say, for a person to see what is understood; what is read stands above."""
NO_POST = "no post"
"""What stands for the kind of a record that is none: a like, a follow, a profile."""
_LONGEST_WORD = 80
"""Characters beyond which a text is a remark, not the name of a state."""

_BY_WORD: dict[str, MentionKind] = {
    word: kind for kind, words in _MENTION_KINDS.items() for word in words.split()
}
_RETOLD = re.compile(r"^\s*(?P<how>RT|QT)\s+@(?P<who>[\w.\-]+)", re.IGNORECASE)
_ADDRESSED = re.compile(r"^\s*@(?P<who>[\w.\-]+)")


@lru_cache(maxsize=1024)
def mention_kind(text: str) -> MentionKind | None:
    """Read what kind of post a word means; None when the word is not known.

    >>> mention_kind("Retweet"), mention_kind("replied_to"), mention_kind("xyz")
    (<MentionKind.REPOST: 'repost'>, <MentionKind.REPLY: 'reply'>, None)
    """
    return next((_BY_WORD[word] for word in simplified(text).split() if word in _BY_WORD), None)


def retold(text: str) -> tuple[MentionKind, str] | None:
    """Read ``RT @nina:`` and ``QT @nina:`` at the start of a text: what it is, and whose."""
    found = _RETOLD.match(text)
    if not found:
        return None
    kind = MentionKind.REPOST if found["how"].upper() == "RT" else MentionKind.QUOTE
    return kind, found["who"].rstrip(".-")


def addressed(text: str) -> str:
    """Return the handle a text begins with, as replies do."""
    found = _ADDRESSED.match(text)
    return found["who"].rstrip(".-") if found else ""


def labels_in(text: str) -> tuple[Label, ...]:
    """Read the labels a cell names."""
    words = set(simplified(text).split())
    return tuple(label for label, known in _LABELS.items() if words & set(known.split()))


def outcome_kind(text: str) -> OutcomeKind | None:
    """Read what kind of outcome a text names."""
    words = set(simplified(text).split())
    return next((kind for kind, known in _OUTCOMES.items() if words & set(known.split())), None)


def is_word(text: str) -> bool:
    """Tell whether a text may be a courier's word for a state.

    >>> is_word("Al vicino"), is_word("4471"), is_word("")
    (True, False, False)
    """
    return len(text) <= _LONGEST_WORD and any(map(str.isalpha, text))


def courier_status(text: str, own: Mapping[str, str] | None = None) -> str:
    """Read a courier's word as shipped, delivered, returned or lost; ``""`` when it is none of them.

    What a person said (``own``) goes before what is known, for exactly these words.

    >>> courier_status("CONSEGNATA"), courier_status("In consegna"), courier_status("Reso al mittente")
    ('delivered', 'shipped', 'returned')
    >>> courier_status("Lasciata al vicino", {"lasciata al vicino": "delivered"})
    'delivered'
    """
    plain = simplified(text)
    if own and plain in own:
        return own[plain]
    return next((status for status, words in _COURIER if words.search(plain)), "")
