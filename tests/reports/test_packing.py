"""The packing list as pages to print."""

from datetime import date

from ambassador.reports.html import packing_html
from ambassador.values.devices import PackingLine
from ambassador.values.status import Deal

LINE = PackingLine(
    custody_id=7,
    reference="Q1-0007",
    recipient="Nina <Rossi>",
    handle="instagram:nina",
    city="Bari",
    country="",
    email="",
    model="Q1",
    colour="",
    serial="BZ0007",
    imei1="352099001761481",
    imei2="",
    deal=Deal.LOAN,
    due_back=date(2026, 6, 30),
    agreement_signed_on=None,
    telephone="+39 347 555 0100",
    notice='Say "product supplied by Brezza".',
)


def test_a_slip_carries_reference_phone_and_words_and_escapes_names() -> None:
    page = packing_html([LINE], "en").decode()
    for text in (
        "Q1-0007",
        "BZ0007",
        "352099001761481",
        "product supplied by Brezza",
        "Agreement not signed yet",
        "+39 347 555 0100",
    ):
        assert text in page
    assert "Nina &lt;Rossi&gt;" in page
    assert "Nina <Rossi>" not in page


def test_no_text_of_a_slip_stays_untranslated() -> None:
    page = packing_html([LINE], "xx").decode()
    assert "⟦Packing list⟧" in page
    assert "⟦Agreement not signed yet⟧" in page
