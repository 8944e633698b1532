from streamlit.testing.v1 import AppTest

from ambassador.ui.kit.jobs import process_jobs
from tests.ui.kit.test_jobs import finished


def page() -> None:
    import streamlit as st

    from ambassador.ui.kit.job_panel import is_running, job_panel
    from ambassador.ui.kit.jobs import start

    if st.button("go", disabled=is_running("sum")):
        start("sum", lambda progress: progress(1, 2, "Adding") or 3)
    result = job_panel("sum")
    if result:
        st.title(str(result))


def test_a_result_is_there_again_after_the_page_was_left_and_reloaded(workspace: str) -> None:
    app = AppTest.from_function(page, default_timeout=120).run()
    app.button[0].click().run()
    job_id = str(app.session_state["job:sum"])
    assert job_id in app.query_params["job"]
    finished(process_jobs(), job_id)
    assert app.run().title[0].value == "3"
    reloaded = AppTest.from_function(page, default_timeout=120)
    reloaded.query_params["job"] = job_id
    assert reloaded.run().title[0].value == "3"


def test_a_job_of_an_earlier_process_is_said_to_be_unknown(workspace: str) -> None:
    app = AppTest.from_function(page, default_timeout=120)
    app.query_params["job"] = "gone"
    app.run()
    assert "no longer known" in app.info[0].value
    assert not app.run().info
