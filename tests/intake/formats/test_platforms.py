"""Exports of platforms, listening tools and managers of devices, in the languages they come in."""

import json
from datetime import UTC, datetime

import pytest

from ambassador.errors import AnswerNeededError, UnreadableFileError
from ambassador.intake.reading import ReadingOptions, inspect_file
from ambassador.values.money import Money
from ambassador.values.status import ImportKind, MentionKind
from tests.intake.reading import read

MENTIONS, PEOPLE, TIES, COURIER, DEVICES = (
    ImportKind.MENTIONS,
    ImportKind.PEOPLE,
    ImportKind.TIES,
    ImportKind.COURIER,
    ImportKind.DEVICES,
)


def told(drafts):
    return [str(note) for note in drafts.preview.notes]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (
            (
                "Post ID,Account ID,Account username,Description,Publish time,Permalink,Post type,"
                "Views,Reach,Likes,"
                "Shares,Comments,Saves"
            ),
            "English",
        ),
        (
            (
                "Identificativo del post,Identificativo dell'account,Nome utente dell'account,Descrizione,"
                "Data di pubblicazione,Link permanente,Tipo di post,Visualizzazioni,Copertura,"
                "Mi piace,Condivisioni,"
                "Commenti,Salvataggi"
            ),
            "Italian",
        ),
        (
            (
                "Beitrags-ID,Konto-ID,Kontobenutzername,Beschreibung,Veröffentlichungszeitpunkt,Permalink,"
                "Beitragsart,Aufrufe,Reichweite,„Gefällt mir“-Angaben,Geteilte Inhalte,Kommentare,Gespeichert"
            ),
            "German",
        ),
        (
            (
                "Identifiant de la publication,Identifiant du compte,Nom d'utilisateur du compte,Description,"
                "Heure de publication,Permalien,Type de publication,Vues,Couverture,Mentions J'aime,Partages,"
                "Commentaires,Enregistrements"
            ),
            "French",
        ),
        (
            (
                "Identificador de la publicación,Identificador de la cuenta,Nombre de usuario de la cuenta,"
                "Descripción,Hora de publicación,Enlace permanente,Tipo de publicación,"
                "Visualizaciones,Alcance,"
                "Me gusta,Veces que se compartió,Comentarios,Veces que se guardó"
            ),
            "Spanish",
        ),
    ],
)
def test_every_column_of_metas_export_is_read_in_five_languages(header, language):
    row = (
        "17900000000000111,17800000000000222,ida.moro,ciao,25/03/2026 08:00,"
        "https://www.instagram.com/p/Abc123/,IG reel,900,700,50,4,3,2"
    )
    drafts = read(f"{header}\n{row}\n", MENTIONS)
    (post,) = drafts.rows
    figures = post.metrics
    assert (post.author, post.author_id, post.text) == ("ida.moro", "17800000000000222", "ciao")
    assert (post.kind, post.url) == (MentionKind.ORIGINAL, "https://www.instagram.com/p/Abc123/")
    assert (figures.views, figures.reach, figures.likes) == (900, 700, 50)
    assert (figures.reposts, figures.replies, figures.saves) == (4, 3, 2)
    assert f"read as: Meta Business Suite, Instagram posts, {language}" in told(drafts)


def test_posts_of_a_facebook_page_are_by_the_page():
    text = (
        "ID del post;ID della Pagina;Nome della Pagina;Titolo;Descrizione;Ora di"
        " pubblicazione;Link permanente;"
        "Tipo di post;Reazioni;Commenti;Condivisioni;Copertura\n"
        "88;77;Ida Moro;Nuovo;;25/03/2026 08:00;https://www.facebook.com/77/posts/88;Foto;9;2;1;300\n"
    )
    drafts = read(text, MENTIONS)
    (post,) = drafts.rows
    assert (post.platform, post.author_id, post.text) == ("facebook", "77", "Nuovo")
    assert (post.metrics.likes, post.metrics.replies, post.metrics.reposts) == (9, 2, 1)
    assert "read as: Meta Business Suite, Facebook posts, Italian" in told(drafts)


@pytest.mark.parametrize(
    ("header", "total"),
    [
        ("Content,Video title,Video publish time,Views,Likes,Comments added", "Total"),
        (
            "Contenuti,Titolo video,Ora pubblicazione video,Visualizzazioni,Mi piace,Commenti aggiunti",
            "Totale",
        ),
        ("Inhalt,Videotitel,Veröffentlichungszeitpunkt des Videos,Aufrufe,Mag ich,Kommentare", "Gesamt"),
        ("Contenu,Titre de la vidéo,Heure de publication de la vidéo,Vues,J'aime,Commentaires", "Total"),
        (
            "Contenido,Título del vídeo,Hora de publicación del vídeo,Visualizaciones,Me gusta,Comentarios",
            "Total",
        ),
    ],
)
def test_the_row_of_totals_of_a_channel_is_no_video(header, total):
    text = f'{header}\n{total},,,900,50,3\nabcDEF12345,Two days,"2026-03-25",900,50,3\n'
    with pytest.raises(AnswerNeededError, match="whose posts"):
        read(text, MENTIONS)
    (video,) = read(text, MENTIONS, author="@idamoro").rows
    assert (video.post_id, video.author, video.text) == ("abcDEF12345", "idamoro", "Two days")
    assert (video.metrics.views, video.metrics.likes, video.metrics.replies) == (900, 50, 3)


def test_videos_of_tiktok_studio_name_their_account_in_the_address():
    text = (
        "Time,Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views\n"
        "1,Two days,https://www.tiktok.com/@ida.moro/video/7400000000000000777,2026-03-25,50,3,4,900\n"
    )
    drafts = read(text, MENTIONS)
    (video,) = drafts.rows
    assert (video.author, video.post_id) == ("ida.moro", "7400000000000000777")
    assert (video.metrics.likes, video.metrics.reposts, video.metrics.views) == (50, 4, 900)
    assert "read as: TikTok Studio, videos of one account" in told(drafts)


def test_exportcomments_gives_comments_that_answer_the_post():
    text = (
        "Name (click to view profile),Profile ID,Date,Likes,Comment,(view) Source\n"
        "ugo.sala,123,2026-03-25 10:00:00,2,how long?,https://www.instagram.com/p/Abc123/c/18100000000000777/\n"
    )
    (comment,) = read(text, MENTIONS).rows
    assert (comment.post_id, comment.parent_id, comment.kind) == (
        "18100000000000777",
        "Abc123",
        MentionKind.COMMENT,
    )
    assert (comment.author, comment.metrics.likes) == ("ugo.sala", 2)


def test_brandwatch_below_its_preamble_with_thread_addresses_that_are_no_authors():
    text = (
        '"Report:","Bulk Mentions Download"\n"Brand:","Q1"\n\n'
        "Query Id,Query Name,Date,Title,Snippet,Url,Author,Full Name,Thread Entry Type,Twitter Reply to,"
        "Twitter Retweet of,Twitter Followers,Impressions,Full Text\n"
        "9,Q1,2026-03-25 10:00:00.0,,short,http://twitter.com/ida/statuses/71,ida,Ida Moro,post,,,"
        "500,900,all of it\n"
        "9,Q1,2026-03-25 11:00:00.0,,yes,http://twitter.com/ugo/statuses/72,ugo,Ugo,reply,"
        "http://twitter.com/ida/statuses/71,,50,90,\n"
        "9,Q1,2026-03-25 12:00:00.0,,RT,http://twitter.com/pia/statuses/73,pia,Pia,share,,"
        "http://twitter.com/ida/statuses/71,50,90,\n"
    )
    first, second, third = read(text, MENTIONS).rows
    assert (first.post_id, first.text, first.author_followers) == ("71", "all of it", 500)
    assert first.created_at == datetime(2026, 3, 25, 10, tzinfo=UTC)
    assert (second.kind, second.parent_id, second.text) == (MentionKind.REPLY, "71", "yes")
    assert (third.kind, third.parent_id) == (MentionKind.REPOST, "71")


def test_sprinklr_names_who_sent_what():
    text = (
        "Created Time,Social Network,Sender Screen Name,Sender Listed Name,Sender Followers Count,Message,"
        "Permalink,Message Type\n"
        "2026-03-25 10:00:00,TWITTER,ida,Ida Moro,500,hello,https://twitter.com/ida/status/71,Update\n"
    )
    (post,) = read(text, MENTIONS).rows
    assert (post.platform, post.post_id, post.author, post.text) == ("x", "71", "ida", "hello")


def test_followers_by_number_alone_are_refused_in_words():
    follower = '{ "follower" : { "accountId" : "5", "userLink" : "https://x.example" } }'
    text = f"window.YTD.follower.part0 = [ {follower} ]"
    for kind in (PEOPLE, TIES):
        with pytest.raises(UnreadableFileError, match="numbers alone"):
            read(text, kind, name="follower.js")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Consegna fallita", "shipped"),
        ("Delivery failed: recipient not available", "shipped"),
        ("Could not be delivered", "shipped"),
        ("Scheduled for delivery", "shipped"),
        ("Wird heute zugestellt", "shipped"),
        ("Zustellung nicht möglich", "shipped"),
        ("Échec de livraison", "shipped"),
        ("Sera livré demain", "shipped"),
        ("Entrega fallida", "shipped"),
        ("Pendiente de entrega", "shipped"),
        ("Delivered to pickup point", "shipped"),
        ("Consegnata al punto di ritiro", "shipped"),
        ("Unterschrift fehlt", "shipped"),
        ("Address unknown", "shipped"),
        ("Paket geliefert", "delivered"),
        ("Entregue", "delivered"),
        ("Delivered, signed by Ida", "delivered"),
        ("Extraviado", "lost"),
    ],
)
def test_what_a_courier_says_in_five_languages(word, status):
    (row,) = read(f'Reference,Status\nR-1,"{word}"\n', COURIER).rows
    assert row.status == status


@pytest.mark.parametrize(
    "heading",
    ["Ship date", "Data spedizione", "Versanddatum", "Estimated delivery date", "Date d'expédition"],
)
def test_the_day_of_the_shipment_or_of_a_guess_is_not_that_of_the_event(heading):
    drafts = read(f"Reference,Status,{heading}\nR-1,Delivered,2026-03-01\n", COURIER)
    assert drafts.rows[0].happened_at is None
    assert "rows that do not say when it happened, taken as happening now: 1" in told(drafts)
    drafts = read(f"Reference,Status,{heading},Status date\nR-1,Delivered,2026-03-01,2026-03-04\n", COURIER)
    assert drafts.rows[0].happened_at.day == 4


@pytest.mark.parametrize(
    "header",
    [
        "Referenz;Empfänger;Sendungsnummer;Sendungsstatus;Ereignisdatum",
        "Référence client;Destinataire;Numéro de suivi;Statut;Date de l'événement",
        "Referencia;Destinatario;Número de seguimiento;Estado;Fecha del evento",
        "Rif. cliente;Destinatario;N. spedizione;Stato;Data ultimo evento",
    ],
)
def test_couriers_headings_in_other_languages(header):
    (row,) = read(f"{header}\nR-1;Ida Moro;T9;Delivered;2026-03-04\n", COURIER).rows
    assert (row.reference, row.recipient, row.tracking, row.happened_at.day) == ("R-1", "Ida Moro", "T9", 4)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (
            "Device name,Enrollment date,Serial number,Model,IMEI,ICCID,Total storage,Primary user UPN",
            "Microsoft Intune, devices",
        ),
        (
            "Device ID,Last Sync,Serial Number,Model,IMEI,ICCID,Storage,Email",
            "Google Admin, mobile devices",
        ),
    ],
)
def test_managers_of_devices_keep_serial_and_imei_and_say_what_they_leave(header, name):
    row = "ida,2026-03-01,SER1,Q1,490154203237518,8939000000000000017,128,ida@ex.org"
    drafts = read(f"{header}\n{row}\n", DEVICES)
    (phone,) = drafts.rows
    assert (phone.serial, phone.model, phone.imei1) == ("SER1", "Q1", "490154203237518")
    assert f"read as: {name}" in told(drafts)
    assert any("ICCID" in one for one in told(drafts) if one.startswith("columns not used"))


@pytest.mark.parametrize(
    "heading",
    [
        "Cost per reel",
        "Price per video",
        "Rate per post",
        "Tarif par post",
        "Preis pro Post",
        "Tarifa por post",
        "Costo per reel",
        "Est. post price",
    ],
)
def test_what_a_post_costs_is_the_fee(heading):
    text = f"handle,followers,{heading},niche1,niche2,niche3,niche4,niche5\nida,500,€300,a,b,c,d,e\n"
    (person,) = read(text, PEOPLE, platform="instagram").rows
    assert (person.fee, person.topics) == (Money(30_000), ("a", "b", "c", "d", "e"))


@pytest.mark.parametrize(
    "header",
    [
        "Benutzername;Vollständiger Name;Abonnenten;Stadt;Themen",
        "Nom d'utilisateur;Nom complet;Abonnés;Ville;Thématiques",
        "Nombre de usuario;Nombre completo;Seguidores;Ciudad;Intereses",
    ],
)
def test_lists_of_people_in_other_languages(header):
    (person,) = read(f"{header}\n@ida.moro;Ida Moro;500;Bari;food\n", PEOPLE, platform="instagram").rows
    assert (person.name, person.city, person.topics) == ("Ida Moro", "Bari", ("food",))
    assert person.accounts[0].figures.followers == 500


def test_an_archive_of_mastodon_has_words_without_markup_and_boosts():
    items = [
        {
            "id": "https://social.example/users/ida/statuses/71/activity",
            "type": "Create",
            "actor": "https://social.example/users/ida",
            "published": "2026-03-25T10:00:00Z",
            "object": {
                "id": "https://social.example/users/ida/statuses/71",
                "content": "<p>yes &amp; no</p>",
                "published": "2026-03-25T10:00:00Z",
                "inReplyTo": "https://other.example/users/ugo/statuses/70",
                "url": "https://social.example/@ida/71",
            },
        },
        {
            "id": "https://social.example/users/ida/statuses/72/activity",
            "type": "Announce",
            "actor": "https://social.example/users/ida",
            "published": "2026-03-25T11:00:00Z",
            "object": "https://other.example/users/ugo/statuses/70",
        },
    ]
    first, second = read(json.dumps({"orderedItems": items}), MENTIONS, name="outbox.json").rows
    assert (first.post_id, first.author, first.text) == ("71", "ida@social.example", "yes & no")
    assert (first.kind, first.parent_id) == (MentionKind.REPLY, "70")
    assert (second.kind, second.parent_id) == (MentionKind.REPOST, "70")


def test_snscrape_tells_answers_shares_and_quotes():
    about = {"user": {"username": "ida", "id": 5}, "date": "2026-03-25T10:00:00+00:00", "likeCount": 5}
    posts = [
        {
            **about,
            "_type": "x",
            "id": 71,
            "url": "https://x.com/ida/status/71",
            "content": "a",
            "inReplyToTweetId": 70,
        },
        {
            **about,
            "_type": "x",
            "id": 72,
            "url": "https://x.com/ida/status/72",
            "content": "b",
            "quotedTweet": {"id": 70},
        },
    ]
    lines = "\n".join(map(json.dumps, posts))
    first, second = read(lines, MENTIONS, name="posts.jsonl").rows
    assert (first.kind, first.parent_id, first.text) == (MentionKind.REPLY, "70", "a")
    assert (second.kind, second.parent_id) == (MentionKind.QUOTE, "70")


def test_a_tweet_that_answers_one_is_a_reply():
    text = "id,username,created_at,text,type,in_reply_to_id\n71,ida,2026-03-25T10:00:00Z,hi,tweet,70\n"
    (row,) = read(text, MENTIONS, platform="x").rows
    assert (row.kind, row.parent_id) == (MentionKind.REPLY, "70")


def test_who_was_said_for_a_layout_is_proposed_the_next_time():
    text = b"id,timestamp,media_type,like_count,permalink\n1,2026-03-25T10:00:00Z,IMAGE,5,https://www.instagram.com/p/A/\n"
    before = inspect_file("a.csv", text, MENTIONS, ReadingOptions(answers={"author": "@ida"}))
    preview = inspect_file("b.csv", text, MENTIONS, ReadingOptions(before.mapping))
    (question,) = preview.open_questions
    assert (question.kind, question.proposed) == ("author", "@ida")


def test_addresses_of_linkedin_that_name_nobody_ask_whose_they_are():
    one, two = (f"https://www.linkedin.com/feed/update/urn:li:activity:740000000000000077{n}" for n in (7, 8))
    text = (
        "Post URL,Post publish date,Engagements,,Post URL,Post publish date,Impressions\n"
        f"{one},25/3/2026,22,,{two},20/3/2026,700\n"
    )
    with pytest.raises(AnswerNeededError, match="whose posts"):
        read(text, MENTIONS)
    rows = read(text, MENTIONS, author="ida-moro").rows
    assert [(row.post_id[-3:], row.author, row.metrics.views) for row in rows] == [
        ("777", "ida-moro", None),
        ("778", "ida-moro", 700),
    ]


@pytest.mark.parametrize("heading", ["Konto", "Compte", "Cuenta"])
def test_the_account_of_a_post_in_other_languages(heading):
    text = f"Veröffentlicht;{heading};Link;Text;Likes\n14.05.2026 18:31;ida.moro;https://www.instagram.com/p/Abc/;hi;10\n"
    (row,) = read(text, MENTIONS).rows
    assert (row.author, row.created_at.month, row.post_id) == ("ida.moro", 5, "Abc")
