"""What each figure means: the text behind a question mark, in a workbook and in ``docs/definitions.md``."""

from typing import Final

from ambassador.i18n import mark

DEFINITIONS: Final = {
    "complaint-share": mark(
        "Of the labelled answers to a person's posts, the share that complains, drawn to everybody's share "
        "the more the fewer they are. Answers without a label do not count, nor do answers to a post that "
        "complains itself."
    ),
    "people-who-talk": mark(
        "Different people who said something that belongs to the campaign. Each is counted once, however "
        "often and from however many accounts they post; the brand's own accounts are left out."
    ),
    "may-see-it": mark(
        "People who follow those who talk. Where follower lists are known they are counted once each; "
        "otherwise it is a range, from the largest audience to the sum of all."
    ),
    "views": mark(
        "How often posts were shown, as platforms report it. A post without the figure is not counted as "
        "0, and the page says how many posts state it."
    ),
    "engagements": mark(
        "Likes, replies, reposts, quotes and saves of each post, as far as its newest figures state them."
    ),
    "credit": mark(
        "A mention is credited to the nearest ambassador upstream: the one whose post it answers, "
        "directly or through others, and to the phone then in their hands. Where the platform hides the "
        "path it is shared by how likely each path is; where there is none, it goes to whom the text "
        "names. The rest is outside the network, or not attributable. The shares of a mention add up to "
        "exactly one."
    ),
    "inferred": mark(
        "Where the platform names only the start, whom a post was taken from is inferred from who hears "
        "from whom and from how long people wait. Often several sources are plausible, so figures are "
        "ranges that hold 8 times in 10. Of strangers nothing is known, and nothing is guessed."
    ),
    "cost": mark(
        "Fees of those who accepted, all phones that do not come back (a gift once it is sent, a loan "
        "only when it is lost or kept, or by what it loses in value where the campaign says so), a parcel "
        "for each phone, and what else the campaign says each person costs. A fee or price nobody entered "
        "is not taken as 0: nothing is divided until it is."
    ),
    "cost-per-order": mark(
        "The whole cost divided by the orders that came with a code of the campaign, as logged."
    ),
    "planned-delivered-observed": mark(
        "People asked to take part, then those who got a phone, then those of them who posted. The post "
        "rate is the last divided by the one before."
    ),
    "forecast": mark(
        "What was expected at launch. It was frozen then and never changes. The range given with it "
        "should hold 9 times in 10; a figure outside is flagged, above or below."
    ),
    "calibration": mark(
        "Whether forecast ranges hold as often as they promise. Of many 80% ranges, 80 in 100 should hold; "
        "an exact binomial test says whether chance explains the difference."
    ),
    "expected-size": mark(
        "How many posts a running cascade will have by a day, from how earlier cascades of yours went on "
        "after a start like this one. The range given with it should hold 8 times in 10. With fewer than 5 "
        "posts it is too early; with fewer than 10 earlier cascades it rests on general experience and is "
        "wide."
    ),
    "silent": mark(
        "Somebody who accepted, has had the phone for longer than the campaign's patience, is free to "
        "speak, and has not posted."
    ),
    "learned-from": mark(
        "People who joined a cascade after somebody they listen to had. They, and all who were exposed and "
        "stayed silent, are what probabilities are learned from."
    ),
    "outside": mark(
        "Those who joined though nobody they listen to had, as far as the ties known here say. No tie is "
        "credited with them, and no pick of people explains them. Measured on the latest cascades; ties "
        "known only because somebody answered there do not count, as they would explain every answer."
    ),
    "tells-who-joins": mark(
        "Of two people with somebody they listen to posting, one joined and one did not: how often the one "
        "who joined had been given the higher probability. 50% is guessing, 100% is never wrong. Measured "
        "on the latest cascades, which were not learned from. In the literature: AUC."
    ),
    "calibration-error": mark(
        "Everybody who could have joined is sorted by their probability and put into one of 20 groups of the "
        "same size. The average gap between what was expected of a group and what it did."
    ),
    "log-likelihood": mark(
        "How well probabilities fit what happened: the nearer to 0 the better. Being sure and wrong costs "
        "most. In the literature: mean log-likelihood."
    ),
    "contagious": mark(
        "People who joined after one post of this person, among those who listen directly; who heard "
        "several people is shared among them. Posts nobody answered count. The less was seen, the nearer it"
        " is drawn to what is common."
    ),
    "susceptible": mark(
        "How often this person joined when somebody they listen to had posted. The less was seen, the "
        "nearer it is drawn to what is common."
    ),
    "at-least": mark(
        "The lower end of the 90% interval: the true figure is below it once in twenty times. The list is "
        "in this order, so that nobody is named first for one lucky post. Who was seen in fewer than 5 "
        "cascades comes last: too little is known."
    ),
    "counted-on": mark(
        "What picks and forecasts count on from the tie probabilities: joiners after one post, or the "
        "chance to join if everybody they listen to posts. Where little was seen of a person it rests on "
        "what people like them do."
    ),
    "late": mark(
        "Somebody waits for us, or we wait for somebody: complaints and questions without an answer for a "
        "day, phones overdue or stuck, agreements not signed, invitations not answered, ambassadors who are "
        "silent."
    ),
    "complaint-branch": mark(
        "Posts known as complaints, by their label or their case, and all that hangs on them. Our own posts "
        "are left out."
    ),
    "lift": mark(
        "Posts that came by themselves in the hours of a moment, less those of the same hours of other weeks "
        "or days, with the range of 8 in 10 such cases."
    ),
    "incident": mark(
        "Posts of a perimeter that depart from its own past by hour of the week. One incident for each "
        "branch of a cascade, not one for each post."
    ),
}
