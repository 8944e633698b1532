"""YouTube Studio: the table of a channel's videos, with a row of totals on top."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

_CONTENT = "Content|Video|Contenuti|Contenuto|Inhalte|Inhalt|Contenu|Contenido"
_TITLE = (
    "Video title|Titolo video|Titolo del video|Videotitel|Titre de la vidéo|Título del vídeo|Título del video"
)
_TIME = (
    "Video publish time|Ora pubblicazione video|Data e ora di pubblicazione del video"
    "|Ora di pubblicazione del video|Veröffentlichungszeitpunkt des Videos|Veröffentlichungszeit des Videos"
    "|Video veröffentlicht|Heure de publication de la vidéo|Date de publication de la vidéo"
    "|Hora de publicación del vídeo|Hora de publicación del video|Fecha de publicación del vídeo"
)

YOUTUBE_STUDIO = Format(
    key="youtube-studio",
    name=mark("YouTube Studio, videos of one channel"),
    kind=ImportKind.MENTIONS,
    has=(_CONTENT, _TITLE, _TIME),
    platform="youtube",
    has_totals=True,
    languages={
        mark("English"): "Video publish time",
        mark("Italian"): "Titolo video|Titolo del video",
        mark("German"): "Videotitel",
        mark("French"): "Titre de la vidéo",
        mark("Spanish"): "Título del vídeo|Título del video",
    },
    columns={
        "post_id": _CONTENT,
        "created_at": _TIME,
        "text": _TITLE,
        "views": "Views|Visualizzazioni|Aufrufe|Vues|Visualizaciones|Vistas",
        "likes": "Likes|Likes (vs. dislikes)|Mi piace|Gefällt mir|Mag ich|J'aime|Mentions J'aime|Me gusta",
        "replies": "Comments added|Comments|Commenti aggiunti|Commenti|Hinzugefügte Kommentare|Kommentare"
        "|Commentaires ajoutés|Commentaires|Comentarios añadidos|Comentarios",
        "reposts": "Shares|Condivisioni|Geteilte Inhalte|Geteilt|Partages|Contenido compartido|Compartidos",
    },
)
