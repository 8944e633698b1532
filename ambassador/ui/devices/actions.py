"""What can be done with phones: add, reserve, send, deliver, take back, lose, replace."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from ambassador.errors import AmbassadorError
from ambassador.i18n import mark
from ambassador.services.campaigns import list_ambassadors
from ambassador.services.devices.devices import (
    add_device,
    deliver_device,
    keep_device,
    lose_device,
    move_device,
    release_device,
    replace_device,
    reserve_device,
    return_device,
)
from ambassador.services.devices.stock import device_history
from ambassador.services.undo import undo_of
from ambassador.services.work import UnitOfWork
from ambassador.ui.devices.courier_words import courier_words_dialog
from ambassador.ui.devices.sending import packing_dialog, sending_rules_dialog
from ambassador.ui.devices.views import draw_device, draw_history
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.navigation import go_to
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t, t_count
from ambassador.ui.kit.workspace import current_work
from ambassador.values.campaigns.ambassadors import ChaseItem
from ambassador.values.devices import DeviceView
from ambassador.values.drafts import DeviceDraft
from ambassador.values.money import money
from ambassador.values.status import AmbassadorStatus, DeviceStatus, ImportKind

_S = DeviceStatus
_OPENED: Final = "_device_opened"
_Act = Callable[..., Any]
_HELD: Final[dict[DeviceStatus, tuple[tuple[str, str, _Act], ...]]] = {
    _S.RESERVED: (
        (mark("Handed over in person"), mark("Noted as delivered."), deliver_device),
        (mark("Put back in stock"), mark("Back in stock."), release_device),
    ),
    _S.SHIPPED: (
        (mark("It arrived"), mark("Noted as delivered."), deliver_device),
        (mark("It came back"), mark("Back in stock."), return_device),
        (mark("Lost: write it off"), mark("Written off."), lose_device),
        (mark("Lost: send another"), mark("Written off; another one is reserved."), replace_device),
    ),
    _S.DELIVERED: (
        (mark("It came back"), mark("Back in stock."), return_device),
        (mark("Lost: write it off"), mark("Written off."), lose_device),
        (mark("Lost: send another"), mark("Written off; another one is reserved."), replace_device),
        (mark("Theirs for good"), mark("It left the stock."), keep_device),
    ),
}
_ENDS: Final = frozenset({release_device, return_device, lose_device, replace_device, keep_device})
"""What ends somebody's having a phone: none of it is one click away."""
_MAY_HAVE: Final = frozenset({AmbassadorStatus.INVITED, AmbassadorStatus.ACCEPTED, AmbassadorStatus.SILENT})
_FREE: Final[dict[DeviceStatus, tuple[tuple[str, DeviceStatus], ...]]] = {
    _S.IN_STOCK: ((mark("Missing from the store room"), _S.LOST), (mark("Retire it"), _S.RETIRED)),
    _S.LOST: ((mark("Found: back in stock"), _S.IN_STOCK), (mark("Write it off for good"), _S.RETIRED)),
    _S.RETIRED: ((mark("Put it back into use"), _S.IN_STOCK),),
}


def device_dialog(printed: str) -> None:
    """Open a device by its serial, IMEI or number: its history, and what can be done with it."""

    @st.dialog(t("One phone"), width="large")
    def show() -> None:
        with errors_shown():
            history = device_history(current_work(), printed)
            draw_device(history.device)
            _device_actions(history.device)
            draw_history(history)

    show()


def open_chosen(chosen: Sequence[DeviceView], late: ChaseItem | None) -> None:
    """Open the phone of a clicked line, or of a row just ticked; a row that stays ticked opens once."""
    ticked = chosen[0].id if chosen else None
    before = st.session_state.get(_OPENED)
    st.session_state[_OPENED] = ticked
    if late:
        device_dialog(late.device)
    elif ticked and ticked != before:
        device_dialog(f"#{ticked}")


def scan_box() -> None:
    """Draw the box a serial or IMEI is scanned or typed into; it, or the address, jumps to the history."""
    form = st.form("scan", border=False, clear_on_submit=True)
    with form, st.container(horizontal=True, vertical_alignment="bottom"):
        printed = st.text_input(
            t("Serial or IMEI"), placeholder=t("Scan or type"), icon=":material/barcode_scanner:", width=280
        )
        asked = st.form_submit_button(t("Open"))
    wanted = printed.strip() if asked else st.query_params.pop("device", "")
    if wanted:
        device_dialog(wanted)


def add_device_dialog() -> None:
    """Ask for a new phone."""

    @st.dialog(t("Add a phone"))
    def ask() -> None:
        model = st.text_input(t("Model"))
        serial = st.text_input(t("Serial"))
        imei1 = st.text_input(t("IMEI"), help=t("15 digits; dial *#06# to read it."))
        imei2 = st.text_input(t("IMEI of the second SIM"))
        colour = st.text_input(t("Colour"))
        cost = st.number_input(t("Cost"), min_value=0.0, value=None, step=10.0, help=t("Empty is unknown."))
        currency = st.text_input(t("Currency"), value="EUR", max_chars=3)
        if st.button(t("Add to the stock"), type="primary"):
            with errors_shown():
                known = None if cost is None else money(str(cost), currency.upper())
                work = current_work().noting()
                add_device(work, DeviceDraft(0, model, serial, imei1, imei2, colour, known))
                say_done(t("Added to the stock."), undo=undo_of(work))
                st.rerun()

    ask()


def reserve_dialog(campaign_id: int, device_id: int | None = None) -> None:
    """Ask for whom phones are kept: several people at once, or one for a given phone."""

    @st.dialog(t("Reserve phones"))
    def ask() -> None:
        waiting = {
            row.id: row.label
            for row in list_ambassadors(current_work(), campaign_id)
            if row.custody_id is None and row.status in _MAY_HAVE
        }
        if not waiting:
            st.info(t("Everybody who is invited or in has a phone already."))
            return
        most = 1 if device_id else None
        chosen = st.multiselect(
            t("For whom"), list(waiting), format_func=waiting.__getitem__,
            placeholder=t("Choose people"), max_selections=most,
            default=None if device_id else list(waiting),
        )  # fmt: skip
        if st.button(t("Reserve"), type="primary") and given(chosen, t("Choose first for whom.")):
            _reserve_all(chosen, device_id)

    ask()


def _device_actions(device: DeviceView) -> None:
    note = st.text_input(t("Note"), key=f"note:{device.id}", placeholder=t("What happened?"))
    with st.container(horizontal=True):
        if device.custody_id and device.status in _HELD:
            for label, done, act in _HELD[device.status]:
                if _pressed(label, device, asks=act in _ENDS):
                    _do(done, partial(act, custody_id=device.custody_id, note=note))
        else:
            for label, wanted in _FREE.get(device.status, ()):
                if _pressed(label, device, asks=wanted is not _S.IN_STOCK):
                    _do(mark("Noted."), partial(move_device, device_id=device.id, to=wanted, note=note))


def _pressed(label: str, device: DeviceView, *, asks: bool) -> bool:
    """Draw a button; one that ends something asks again before it does."""
    if not asks:
        return st.button(t(label), key=f"{label}:{device.id}")
    with st.popover(t(label)):
        st.markdown(t("This ends who has the phone {device}.", device=device.label))
        return st.button(t("Yes: {what}", what=t(label)), key=f"{label}:{device.id}", type="primary")


def _do(done: str, act: Callable[[UnitOfWork], object]) -> None:
    work = current_work().noting()
    act(work)
    say_done(t(done), undo=undo_of(work))
    st.rerun()


def _reserve_all(ambassador_ids: Sequence[int], device_id: int | None) -> None:
    with errors_shown():
        kept, work = 0, current_work().noting()
        try:
            for number in ambassador_ids:
                reserve_device(work, number, device_id)
                kept += 1
        except AmbassadorError:
            if not kept:
                raise
            say_done(
                t("Only {kept} of {wanted} phones could be reserved.", kept=kept, wanted=len(ambassador_ids)),
                undo=undo_of(work),
            )
            st.rerun()
        text = t_count("{count} phone is reserved.", "{count} phones are reserved.", kept)
        say_done(text, undo=undo_of(work))
        st.rerun()


def device_buttons(campaign_id: int | None, *, empty: bool = False) -> None:
    """Draw what one comes to this page for; ``empty`` where there is no phone yet."""
    if empty:
        st.info(
            t("No phone is here yet: import the list of your phones, or add them by hand."),
            icon=":material/inbox:",
        )
    with st.container(horizontal=True):
        if empty and st.button(t("Import devices"), type="primary", icon=":material/upload_file:"):
            go_to("imports", kind=ImportKind.DEVICES.value)
        elif not empty and st.button(t("Packing list"), type="primary", icon=":material/package_2:"):
            packing_dialog(campaign_id)
        if not empty and campaign_id and st.button(t("Reserve phones"), icon=":material/bookmark:"):
            reserve_dialog(campaign_id)
        if not empty and st.button(t("Courier file"), icon=":material/local_shipping:"):
            go_to("imports", kind=ImportKind.COURIER.value)
        if st.button(t("Add a phone"), icon=":material/add:"):
            add_device_dialog()
        _settle_buttons()


def _settle_buttons() -> None:
    """Offer what is settled once: the rules for sending, what couriers' words mean."""
    if st.button(t("Rules for sending"), icon=":material/gavel:", type="tertiary"):
        sending_rules_dialog()
    if st.button(t("Couriers' words"), icon=":material/translate:", type="tertiary"):
        courier_words_dialog()
