"""Words that say nothing of a subject, in Italian and English; written for this program."""

from typing import Final

_WORDS: Final = """
a ad adesso agli ai al all alla alle allo altra altre altri altro anche ancora avere aveva avevo avete
abbiamo avra bene c ce che chi ci ciao cioe co coi col come con cosa cosi cui d da dagli dai dal dall dalla
dalle davvero de degli dei del dell della delle dello dentro di dice do dopo dove e ecco ed era erano ero
essere fa faccio fai fanno fare fatto fino fra fu gia giu gli grazie ha hai hanno ho i il in invece io l la
le lei li lo loro lui ma mai me mentre mi mia mie miei mio molta molte molti molto ne negli nei nel nell
nella nelle nello nessuno no noi non nostra nostri nostro o ogni oggi oppure or ora perche pero piu po poi
possibile posso prima proprio puo qual quale quali quando quanta quanti quanto quel quella quelle quelli
quello questa queste questi questo qui quindi sara se sei sempre senza si sia siamo siete so solo sono sta
stata stati stato sto su sua sue sui sul sull sulla sulle suo suoi te tra tre tu tua tue tuo tuoi tutta
tutte tutti tutto un una uno va vado vi voi vostra vostro
about after again all also am an and any are as at be because been before being both but by can cannot
could did didn do does doesn doing don down each even ever few for from get gets getting go goes going got
had has have having he her here hers him his how i if in into is isn it its itself just let like ll m me
more most much my myself no nor not now of off on once one only or other our out over own re really s same
she should so some still such t than that the their them then there these they this those through to too
up us very was wasn we were what when where which while who why will with would you your yours ve
amp http https www com rt via
"""
STOP_WORDS: Final = frozenset(_WORDS.split())
"""Folded: lower case, without accents."""
