"""Say which accounts are ours, so that an answer of ours is recognised."""

from ambassador.services.campaigns.brand_accounts import list_brand_accounts, set_brand_accounts
from ambassador.services.undo import undo_of
from ambassador.ui.kit.meanwhile import OpenForm
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work


def brand_accounts_form() -> None:
    """Ask for our own accounts, one on a line."""
    work = current_work()
    now = list_brand_accounts(work)
    form = OpenForm("brand")
    seen = form.seen(now, {"accounts": "\n".join(now)})
    with (
        st.expander(t("Our accounts"), icon=":material/storefront:", expanded=not now),
        form.saving({"accounts": t("Our accounts")}),
        st.form("brand", border=False),
    ):
        st.caption(
            t(
                "A reply of these to a complaint or a question counts as our answer, and they do not count "
                "as people who talk."
            )
        )
        typed = st.text_area(
            t("One on a line, as platform:handle or as the address of the profile"),
            key=form.key("accounts"),
            help=t("Such as {example}", example="instagram:brezzamobile"),
            height=110,
        )
        if st.form_submit_button(t("Save our accounts")):
            lines = [line.strip() for line in typed.splitlines() if line.strip()]
            noting = work.noting()
            set_brand_accounts(noting, lines, seen)
            form.begin_again()
            say_done(t("Our accounts are saved."), undo=undo_of(noting))
            st.rerun()
