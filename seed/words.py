"""What people say in the demo, in Italian and English: ``{name}`` stands for whom they answer."""

import random

# ruff: noqa: E501 - sentences are easier to read whole

HASHTAG = "#Q1brezza"
PREVIEW_HASHTAG = "#Q1preview"

_FIRST = {
    "it": (
        "Da stamattina giro con il Q1 di Brezza Mobile, prodotto inviato da Brezza. Prime impressioni? Leggerissimo. {tag}",
        "Prodotto inviato da Brezza Mobile: il Q1 arriva a sera con il 40% di batteria, e io non scherzo con la batteria. {tag}",
        "Foto di notte con il Q1 (prodotto inviato da Brezza Mobile). Giudicate voi. {tag}",
        "Una settimana con il nuovo Q1, ricevuto da Brezza Mobile: cosa mi piace e cosa no, nel video. {tag}",
        "Il Q1 in tasca si dimentica. Ricevuto in prova da Brezza Mobile. {tag}",
    ),
    "en": (
        "Carrying the Q1 since this morning, gifted by Brezza Mobile. First thought: so light. {tag}",
        "Product gifted by Brezza Mobile: the Q1 still has 40% at midnight, and I film all day. {tag}",
        "Night shots with the Q1 (gifted by Brezza Mobile). You be the judge. {tag}",
    ),
}
_ANSWER = {
    "it": (
        "@{name} la fotocamera è davvero così? {tag}", "@{name} quanto dura la batteria in giro tutto il giorno?",
        "@{name} bellissimo, che colore è?", "@{name} ok mi hai convinto, lo provo. {tag}",
        "@{name} meglio del mio che ha due anni sicuro", "@{name} costa?", "@{name} ma il doppio SIM c'è? {tag}",
        "@{name} visto oggi in negozio, leggerissimo {tag}",
    ),
    "en": (
        "@{name} is the camera really that good? {tag}", "@{name} how long does the battery last on the road?",
        "@{name} love that colour", "@{name} ok, sold. {tag}", "@{name} dual SIM? {tag}",
    ),
}  # fmt: skip
_QUOTE = {
    "it": (
        "Se lo dice @{name} ci credo: il Q1 merita. {tag}", "Ecco, questo volevo sapere del Q1. {tag}",
        "Da vedere: la prova di @{name} {tag}", "Il telefono di cui parlano tutti in ufficio {tag}",
        "Provato quello di un amico dopo il video di @{name}: schermo splendido {tag}",
    ),
    "en": ("If @{name} says so I believe it. {tag}", "Worth a look: @{name} on the Q1 {tag}"),
}  # fmt: skip
_COMPLAINT = (
    "@{name} bello il telefono, ma con Brezza da me in via Sparano non prende niente {tag}",
    "@{name} copertura zero a Japigia, a che serve il Q1 se la rete non c'è? {tag}",
    "@{name} stesso problema: una tacca in casa, zero in ascensore. Brezza rispondete? {tag}",
    "@{name} chiamato l'assistenza Brezza tre volte per la copertura, nessuna risposta {tag}",
    "@{name} anche qui a Poggiofranco Brezza va e viene. Peccato. {tag}",
    "@{name} passo: finché la copertura è questa resto dove sono {tag}",
)
_CARE = (
    "@{name} ci dispiace: stiamo potenziando la rete in quella zona entro fine mese. Ti scriviamo in privato "
    "per controllare la tua linea. Il team Brezza"
)
_OUTSIDE = (
    "Sentito parlare del Q1 al bar, qualcuno lo ha? {tag}", "Q1 di Brezza o tengo il mio? {tag}",
    "Mio cugino non smette di parlare del Q1 {tag}", "Anyone tried the Q1 yet? {tag}",
)  # fmt: skip
_RIDER = (
    "12 ore di consegne a Bari, pioggia, guanti, navigatore sempre acceso: il Q1 (prodotto inviato da Brezza "
    "Mobile) è arrivato a sera. Ragazzi, questo è il telefono per chi lavora in strada. {tag}"
)
_STAR = "New in. Prodotto inviato da Brezza Mobile. {tag}"
_PRAISE = (
    "@{name} preso anch'io, con i guanti si usa davvero {tag}", "@{name} finalmente un telefono per noi rider {tag}",
    "@{name} numero uno! batteria infinita {tag}", "@{name} oggi 10 ore, 35% rimasto. Avevi ragione {tag}",
    "@{name} lo sto dicendo a tutti in piazza {tag}", "@{name} dove l'hai messo per la bici? voglio lo stesso",
)  # fmt: skip


class Words:
    """Choose sentences from a key."""

    def __init__(self, key: int, tag: str = HASHTAG) -> None:
        self._dice = random.Random(key)
        self._tag = tag

    def first(self, language: str) -> str:
        """Say what an ambassador says first, with the disclosure."""
        return self._say(_FIRST[language])

    def answer(self, language: str, name: str) -> str:
        """Answer somebody."""
        return self._say(_ANSWER[language], name)

    def quote(self, language: str, name: str) -> str:
        """Share somebody's post with a few words."""
        return self._say(_QUOTE[language], name)

    def praise(self, name: str) -> str:
        """Say what riders say."""
        return self._say(_PRAISE, name)

    def complaint(self, name: str) -> str:
        """Complain about coverage."""
        return self._say(_COMPLAINT, name)

    def outside(self) -> str:
        """Say what somebody says whom nobody here prompted."""
        return self._say(_OUTSIDE)

    def care(self, name: str) -> str:
        """Answer as the operator."""
        return _CARE.format(name=name)

    def rider(self) -> str:
        """Say what the rider said."""
        return _RIDER.format(tag=self._tag)

    def star(self) -> str:
        """Say what the star said."""
        return _STAR.format(tag=self._tag)

    def _say(self, sentences: tuple[str, ...], name: str = "") -> str:
        return self._dice.choice(sentences).format(tag=self._tag, name=name)
