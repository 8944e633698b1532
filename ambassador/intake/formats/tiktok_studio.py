"""TikTok Studio: the videos of one account, whose name stands in their addresses."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

_LINK = "Video link|Link video|Link del video|Videolink|Lien de la vidéo|Lien vidéo|Enlace del vídeo"
"|Enlace del video"

TIKTOK_STUDIO = Format(
    key="tiktok-studio",
    name=mark("TikTok Studio, videos of one account"),
    kind=ImportKind.MENTIONS,
    has=(
        _LINK,
        (
            "Post time|Create time|Ora di pubblicazione|Data di pubblicazione|Veröffentlichungszeit"
            "|Heure de publication|Hora de publicación|Date posted"
        ),
        (
            "Total views|Video views|Visualizzazioni totali|Aufrufe insgesamt|Nombre total de vues"
            "|Total de visualizaciones|Views"
        ),
    ),
    platform="tiktok",
    has_totals=True,
    columns={
        "url": _LINK,
        "author": _LINK,
        "created_at": "Post time|Create time|Ora di pubblicazione|Data di pubblicazione|Veröffentlichungszeit"
        "|Heure de publication|Hora de publicación|Date posted",
        "text": "Video title|Titolo video|Titolo del video|Videotitel|Titre de la vidéo|Título del vídeo",
        "likes": "Total likes|Likes|Mi piace totali|Likes insgesamt|Nombre total de likes|Total de Me gusta",
        "replies": "Total comments|Comments|Commenti totali|Kommentare insgesamt"
        "|Nombre total de commentaires|Total de comentarios",
        "reposts": "Total shares|Shares|Condivisioni totali|Geteilt insgesamt|Nombre total de partages"
        "|Total de compartidos",
        "saves": "Total saves|Saves|Favorites|Total favorites|Add to Favorites|Added to Favorites",
        "views": "Total views|Video views|Visualizzazioni totali|Aufrufe insgesamt|Nombre total de vues"
        "|Total de visualizaciones|Views",
    },
)
