import time

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


def waiting() -> None:
    import time

    from ambassador.ui.kit.job_panel import is_running, job_panel
    from ambassador.ui.kit.jobs import start

    def work(progress):
        for done in range(10_000):
            progress(done, 10_000, "Adding")
            time.sleep(0.02)

    if not is_running("long") and "job:long" not in __import__("streamlit").session_state:
        start("long", work)
    job_panel("long")


def _of(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def test_a_job_that_has_run_for_long_asks_before_it_is_stopped(workspace: str) -> None:
    app = AppTest.from_function(waiting, default_timeout=120).run()
    job = process_jobs().get(str(app.session_state["job:long"]))
    assert job is not None
    while not job.started:
        time.sleep(0.01)
    job.started -= 3_600
    _of(app, "Stop").click().run()
    assert not app.exception
    assert not job.stop.is_set()
    assert "It has run for 1 hour: what it has worked out so far is lost." in [
        one.value for one in app.markdown
    ]
    _of(app, "Go on").click().run()
    assert not job.stop.is_set()
    _of(app, "Stop").click().run()
    _of(app, "Yes: Stop").click().run()
    assert job.stop.is_set()
    finished(process_jobs(), job.id)


def test_a_job_that_has_just_begun_is_stopped_at_once(workspace: str) -> None:
    app = AppTest.from_function(waiting, default_timeout=120).run()
    job = process_jobs().get(str(app.session_state["job:long"]))
    _of(app, "Stop").click().run()
    assert job is not None
    assert job.stop.is_set()
    finished(process_jobs(), job.id)


def test_a_job_of_an_earlier_process_is_said_to_be_unknown(workspace: str) -> None:
    app = AppTest.from_function(page, default_timeout=120)
    app.query_params["job"] = "gone"
    app.run()
    assert "no longer known" in app.info[0].value
    assert not app.run().info
