"""Words and signs that mostly complain or praise, in Italian and English.

Written for this program from everyday talk about telephones, parcels, shops and tariffs; no published list
was copied. They say where learning starts before anybody has labelled a post; what people label
wins.
"""

from typing import Final

from ambassador.values.mentions.search_words import fold, stem

_BAD: Final = """
arrabbiata arrabbiato assurda assurdo bruttissima bruttissimo brutta brutti brutto bugia bugie cattiva
cattivo cretini delude delusa delusi delusione deluso difetto difettosa difettoso disastro disastrosa
disastroso disgustata disgustato disgusto disservizio ennesima ennesimo fastidio fregatura furiosa furioso
guasta guasti guasto imbarazzante imbroglio incapaci incompetenti indecente inaccettabile inutile inutili
ladri lamentela lenta lentissima lentissimo lento maleducati mediocre menzogna odio orrenda orrendo orribile
pentita pentito pessima pessime pessimi pessimo peggio peggiore peccato problema problemi rabbia
ridicola ridicoli ridicolo rotta rotte rotti rotto rovinata rovinato schifo schifosa schifoso scandalo
scandaloso scadente scontenta scontento sconsiglio sbagliata sbagliato stufa stufo sprecati spreco truffa
truffatori vergogna vergognosa vergognoso abysmal angry annoyed annoying appalling atrocious awful bad broke
broken bug bugs buggy cheated complain complaint crap crash crashed crashes crashing cracked damaged dead
defect defective disappointed disappointing disappointment disaster disgrace disgraceful disgusting dreadful
fail failed failing fails failure faulty fraud freezes frozen frustrated frustrating furious garbage hate
hated horrible horrific inferior joke junk lag laggy lied lies liars mess misleading nightmare outrageous
overheating overpriced pathetic poor ridiculous rip ripoff rude rubbish sad scam shame shameful shit
shocking slow stuck stupid suck sucks terrible thieves trash ugly unacceptable unhappy unreliable unusable
upset useless worse worst wrong
"""
_GOOD: Final = """
adoro affidabile amo bella belle belli bellissima bellissime bellissimi bellissimo bello brava bravi
bravissimi bravo complimenti comoda comodo consigliata consigliato consiglio contenta contenti contento
convinta convinto eccellente eccezionale efficiente elegante entusiasta facile fantastica fantastici
fantastico favolosa favoloso felice felici funziona gentile gentili gentilissimi geniale impeccabile
innamorata innamorato meraviglia meravigliosa meraviglioso migliore migliori ottima ottime ottimi ottimo
perfetta perfette perfetti perfetto piace piaciuta piaciuto preferita preferito promossa promosso splendida
splendido spettacolare spettacolo stupenda stupendo super soddisfatta soddisfatti soddisfatto straordinaria
straordinario strepitoso top utile valida valido veloce velocissima velocissimo wow amazing awesome
beautiful best better brilliant comfortable cool delighted easy efficient elegant enjoy enjoyed excellent
excited fab fabulous fantastic fast favorite favourite flawless friendly fun genius glad good gorgeous great
happy helpful impressed impressive incredible kind like love loved lovely loves nice outstanding perfect
perfectly pleasant pleased recommend recommended reliable satisfied smooth solid stunning superb sweet
thanks thank terrific thrilled useful wonderful worth yay
"""
_TROUBLE: Final = """
aiuto annullare assistenza attesa aspetto aspettando bloccata bloccato bolletta denuncia disdetta disdire
errore garanzia guasto mai nessuno pacco pagato perso pratica reclamo reclami restituire restituzione resi
reso riavvia rimborso rimborsi risolvere rispondete risponde ritardo ritardi scarica sollecito spegne
sostituzione spento spedizione vostra cancel cancelled charged claim customer delay delayed help hold late
lost missing never nobody overcharged refund refunds refused repair replacement response restarts return
returned returning service still support unanswered wait waited waiting warranty
"""
_TURNING: Final = (
    "non no mai senza nessun nessuna poco mica not never no without hardly don doesn didn isn wasn cannot"
)
_BAD_SIGNS: Final = "😡🤬😠😤👎💔😞😒😩😫🤮🤢😭😢🙄😖😣😟🤦💩⚠"
_GOOD_SIGNS: Final = "😍🥰😊😀😃😄😁🤩👍❤💕💖💙💚🧡💛🎉👏🙌🔥✨💪😎🥳♥😘🤗💯"


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in words.split())


BAD: Final = _stems(_BAD)
"""Stems of words that mostly complain."""
GOOD: Final = _stems(_GOOD) - BAD
"""Stems of words that mostly praise."""
TROUBLE: Final = _stems(_TROUBLE)
"""Seeds: stems of what people write about who want something put right."""
TURNING: Final = frozenset(_TURNING.split())
"""Words that turn what follows them round, as they are folded."""
BAD_SIGNS: Final = frozenset(_BAD_SIGNS)
GOOD_SIGNS: Final = frozenset(_GOOD_SIGNS)
