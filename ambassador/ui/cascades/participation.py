"""Who took part in which cascade, as a file."""

from functools import partial

from ambassador.services.cascades.participation import export_participation
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import FORMAT_NAMES
from ambassador.ui.kit.text import t
from ambassador.values.table_format import TableFormat


def participation_files(work: UnitOfWork, campaign_id: int | None) -> None:
    """Offer who took part in which cascade, and when, in every form of a table."""
    st.caption(t("Who took part in which cascade, when and after whom, as a file:"))
    with st.container(horizontal=True):
        for form in TableFormat:
            st.download_button(
                FORMAT_NAMES[form],
                partial(export_participation, work, campaign_id, form),
                file_name=f"participation.{form.value}",
                icon=":material/download:",
                key=f"participation:{form.value}",
                on_click="ignore",
            )
