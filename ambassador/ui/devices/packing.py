"""The packing list: shown, taken away, printed, and the parcels sent off."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from ambassador.services.devices.devices import ship_devices
from ambassador.services.devices.packing import packing_list, packing_sheet
from ambassador.ui.devices.views import packing_columns
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import day_order, language, t, t_count
from ambassador.ui.kit.workspace import current_work
from ambassador.values.devices import PackingLine, Shipment


def packing_dialog(campaign_id: int | None) -> None:
    """Show the packing list, to print or to download, and send the parcels off."""

    @st.dialog(t("Packing list"), width="large")
    def show() -> None:
        lines = packing_list(current_work(), campaign_id)
        if not lines:
            st.info(t("Nothing waits to be sent: reserve phones first."))
            return
        chosen = show_table(
            "packing_list", lines, packing_columns(), title=t("Packing list"), choose="many"
        ) or list(lines)
        _warn_unsigned(chosen)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            courier = st.text_input(t("Courier"), width=160)
            tracking = st.text_input(t("Tracking"), width=200, disabled=len(chosen) > 1)
            sent_on = st.date_input(t("Sent on"), value=date.today(), width=160, format=day_order())
            st.download_button(
                t("To print"),
                packing_sheet(chosen, language()),
                file_name="packing_list.html",
                mime="text/html",
                icon=":material/print:",
                on_click="ignore",
                help=t("Opens in a browser; one slip a parcel, with the words that go into it."),
            )
            label = t_count("Send {count} parcel", "Send {count} parcels", len(chosen))
            if st.button(label, type="primary"):
                _send(chosen, courier, tracking, sent_on)

    show()


def _send(lines: Sequence[PackingLine], courier: str, tracking: str, sent_on: date) -> None:
    with errors_shown():
        at = None if sent_on == date.today() else datetime.combine(sent_on, time(12), UTC)
        done: Shipment = ship_devices(
            current_work(), [line.custody_id for line in lines], courier, tracking, at=at
        )
        say_done(
            t_count(
                "{count} parcel is on its way; the words that go with it are recorded.",
                "{count} parcels are on their way; the words that go with them are recorded.",
                len(done.shipped),
            )
        )
        st.rerun()


def _warn_unsigned(lines: Sequence[PackingLine]) -> None:
    unsigned = [line.recipient for line in lines if line.agreement_signed_on is None]
    if unsigned:
        st.warning(
            t(
                "Not signed yet: {names}. A phone that is gone is hard to get back.",
                names=", ".join(unsigned),
            ),
            icon=":material/draw:",
        )
