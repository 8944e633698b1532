"""What was said in the live campaign: the hit, the star without an echo, the complaints, the late answer."""

from dataclasses import replace
from datetime import timedelta

from ambassador.services.mentions import list_mentions, take_down_mentions
from ambassador.services.results import log_outcome
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.networks.rehearsals import Rehearsal
from ambassador.values.results.outcomes import OutcomeForm
from ambassador.values.status import ImportKind, OutcomeKind
from seed.exports import bring_in, import_posts
from seed.files import orders_file
from seed.launch import STARTS, Launched, first_posts
from seed.posts import Newsroom, Post
from seed.runs import find_launch, prompted
from seed.stage import BRAND, Stage
from seed.words import Words

_KEY = 3307
_STRANGERS = 34
_DOUBTFUL = (
    "Q1 promosso o bocciato? Voi che dite",
    "Aspetto il Q1 di quest'anno prima di decidere",
    "Il Q1 va forte, lo vedo ovunque",
    "Which Q1 do you mean?",
    "Nuovo Q1, nuovi colori. Mah.",
)
_THANKS = (
    "Sì, davvero! Domani ne parlo in una storia",
    "Con la rete accesa tutto il giorno arrivo al 35%",
    "Colore Mare, dal vivo è ancora meglio",
    "Doppia SIM, confermo",
    "Provalo in negozio, poi mi dici",
)
_OTHER_Q1 = "Risultati Q1: ricavi in crescita del 4% sul trimestre"
_COMPLAINTS, _ANSWERED = 9, 2
_SOON = timedelta(hours=2)
_FEWEST_TALKERS = 390
_HIT_SHARE = (0.195, 0.24)
_LABEL = "q1-launch"


def play_talk(stage: Stage, launched: Launched) -> None:
    """Write the posts, bring them in week by week, and log what came of them."""
    posts = _all_posts(stage, launched)
    for offset, growth in ((-7, 0.5), (-3, 0.8), (0, 1.0)):
        import_posts(stage, posts, offset, growth, _LABEL)
    _take_down_the_early_one(stage, launched)
    _log_orders(stage, launched)
    _log_the_rest(stage, launched)


def _all_posts(stage: Stage, launched: Launched) -> list[Post]:
    words = Words(_KEY)
    room = Newsroom(_LABEL, _KEY, words, stage.people)
    told = room.tell(prompted(_the_launch(stage, launched)), first_posts(stage, launched))
    told = [_in_character(stage, post, words) for post in told]
    told = _complaints(stage, told, words)
    told += _care_answers(room, told, words)
    told += _conversation(stage, room, told)
    told.append(_too_early(stage, launched, room))
    told += _second_posts(stage, launched, room)
    told += _strangers(stage, room)
    return told


def _the_launch(stage: Stage, launched: Launched) -> Rehearsal:
    """Take the first simulated launch with a hit nobody foresaw, a star without an echo, a usual total."""
    expected = {person.handle: person.talkers for person in launched.foreseen.people}

    def tells_the_story(rehearsal: Rehearsal) -> bool:
        sizes, total = rehearsal.branch_sizes(), len(rehearsal.talkers) + _STRANGERS
        hit = sizes[stage.cast.rider]
        return (
            total >= _FEWEST_TALKERS
            and sizes[stage.cast.star] == 1
            and _HIT_SHARE[0] <= hit / total <= _HIT_SHARE[1]
            and not expected[stage.cast.rider].holds(hit)
            and launched.foreseen.result.talkers.holds(total)
            and all(talker.handle != launched.silent for talker in rehearsal.talkers)
        )

    return find_launch(stage.work, launched.posting, _KEY, tells_the_story)


def _in_character(stage: Stage, post: Post, words: Words) -> Post:
    """Return the rider, his crowd and the star their own words."""
    if post.author == stage.cast.rider:
        return replace(post, text=words.rider())
    if post.author == stage.cast.star:
        return replace(post, text=words.star())
    if post.branch == stage.cast.rider and post.kind == "reply":
        return replace(post, text=words.praise(post.text.split()[0].strip("@")), labels=("praise",))
    return post


def _complaints(stage: Stage, posts: list[Post], words: Words) -> list[Post]:
    """Turn one branch into complaints about coverage: the largest one that is neither hero's."""
    sizes: dict[str, int] = {}
    for post in posts:
        if post.kind == "reply" and post.branch not in (stage.cast.rider, stage.cast.star):
            sizes[post.branch] = sizes.get(post.branch, 0) + 1
    branch = max(sizes, key=lambda handle: sizes[handle])
    angry = [p for p in posts if p.branch == branch and p.kind == "reply" and p.created_at < stage.now]
    chosen = {post.post_id for post in sorted(angry, key=lambda post: post.created_at)[:_COMPLAINTS]}
    return [
        replace(post, text=words.complaint(post.text.split()[0].strip("@")), labels=("complaint",))
        if post.post_id in chosen
        else post
        for post in posts
    ]


def _care_answers(room: Newsroom, posts: list[Post], words: Words) -> list[Post]:
    """Answer the first two complaints, a day and a half late; the others still wait."""
    waiting = sorted((p for p in posts if p.labels == ("complaint",)), key=lambda post: post.created_at)
    return [
        room.answer(post, BRAND, words.care(post.author), post.created_at + timedelta(hours=33 + 4 * place))
        for place, post in enumerate(waiting[:_ANSWERED])
    ]


def _conversation(stage: Stage, room: Newsroom, posts: list[Post]) -> list[Post]:
    """Let people answer those who wrote to them: mentions, but nobody new who talks."""
    author = {post.post_id: post.author for post in posts}
    asked = [post for post in posts if post.kind == "reply" and "complaint" not in post.labels]
    return [
        room.answer(post, author[post.parent_id], _THANKS[place % len(_THANKS)], post.created_at + _SOON)
        for place, post in enumerate(asked)
        if author[post.parent_id] != stage.cast.star
    ]


def _too_early(stage: Stage, launched: Launched, room: Newsroom) -> Post:
    """Break the embargo two days before."""
    return room.opening(launched.early, stage.moment(STARTS - 2, 20, 15))


def _second_posts(stage: Stage, launched: Launched, room: Newsroom) -> list[Post]:
    """Let every other ambassador post once more in the second week."""
    again = [handle for handle in launched.posting[::2] if handle not in (stage.cast.star, stage.cast.rider)]
    return [
        room.opening(handle, stage.moment(STARTS + 6 + place % 4, 12 + place % 8, 13))
        for place, handle in enumerate(again)
    ]


def _strangers(stage: Stage, room: Newsroom) -> list[Post]:
    """Let people nobody here prompted talk as well, some of them about another Q1."""
    posts = [
        room.stray(f"passante{place:02d}", stage.moment(STARTS + place % 11, 8 + place % 14, 17 * place % 60))
        for place in range(_STRANGERS)
    ]
    other = [*_DOUBTFUL, _OTHER_Q1]
    return posts + [
        replace(
            room.stray(f"altroq{place}", stage.moment(-2, 9 + place, 5)), text=text, platform="x", likes=2
        )
        for place, text in enumerate(other)
    ]


def _take_down_the_early_one(stage: Stage, launched: Launched) -> None:
    before = MentionFilter(
        search=f"@{launched.early}", since=stage.moment(STARTS - 3), until=stage.moment(STARTS, 0)
    )
    early = [row.id for row in list_mentions(stage.work, before).rows if row.handle == launched.early]
    take_down_mentions(stage.on(STARTS - 1, 9), early)


def _log_orders(stage: Stage, launched: Launched) -> None:
    """Bring in the shop's export: the rider's code sells most, the star's hardly."""
    rows = stage.ambassadors(launched.campaign_id)
    counts = {handle: 1 + 3 * place % 7 for place, handle in enumerate(launched.posting[:12])}
    counts |= {stage.cast.rider: 21, stage.cast.star: 2}
    orders = [
        (rows[handle].code, count, 389 * count, stage.day(-1 - place % 6))
        for place, (handle, count) in enumerate(counts.items())
    ]
    bring_in(
        stage.on(0, 9, 20), ImportKind.OUTCOMES, f"shop-{stage.day(0):%Y-%m-%d}.csv", orders_file(orders)
    )


def _log_the_rest(stage: Stage, launched: Launched) -> None:
    number = launched.campaign_id
    entries = [
        OutcomeForm(number, OutcomeKind.VISITS, quantity=1_930, happened_on=stage.day(-1), note="Q1 page"),
        OutcomeForm(
            number,
            OutcomeKind.PRESS,
            happened_on=stage.day(-4),
            note="A Bari daily: the phone the riders talk about.",
        ),
        OutcomeForm(
            number,
            OutcomeKind.LESSON,
            happened_on=stage.day(-1),
            note="The pick chose the rider for low overlap; nobody foresaw the size. Who else is out there?",
        ),
    ]
    for place, form in enumerate(entries):
        log_outcome(stage.on(-1, 18), form, token=f"demo-launch-{place}")
