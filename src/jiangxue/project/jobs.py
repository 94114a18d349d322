"""Brings the jobs of all domains to the worker."""

from procrastinate import App

from jiangxue.accounts import jobs as accounts_jobs
from jiangxue.archive import jobs as archive_jobs
from jiangxue.assessment import jobs as assessment_jobs
from jiangxue.courseware import jobs as courseware_jobs
from jiangxue.enrolment import jobs as enrolment_jobs
from jiangxue.facecheck import jobs as facecheck_jobs
from jiangxue.learning import jobs as learning_jobs
from jiangxue.ledger import jobs as ledger_jobs
from jiangxue.notices import jobs as notices_jobs
from jiangxue.operations import jobs as operations_jobs
from jiangxue.reporting import jobs as reporting_jobs
from jiangxue.supervision import jobs as supervision_jobs


def register(app: App) -> None:
    """Add every domain's jobs to the worker's application."""
    app.add_tasks_from(accounts_jobs.blueprint, namespace="accounts")
    app.add_tasks_from(archive_jobs.blueprint, namespace="archive")
    app.add_tasks_from(assessment_jobs.blueprint, namespace="assessment")
    app.add_tasks_from(courseware_jobs.blueprint, namespace="courseware")
    app.add_tasks_from(enrolment_jobs.blueprint, namespace="enrolment")
    app.add_tasks_from(facecheck_jobs.blueprint, namespace="facecheck")
    app.add_tasks_from(learning_jobs.blueprint, namespace="learning")
    app.add_tasks_from(ledger_jobs.blueprint, namespace="ledger")
    app.add_tasks_from(supervision_jobs.blueprint, namespace="supervision")
    app.add_tasks_from(notices_jobs.blueprint, namespace="notices")
    app.add_tasks_from(operations_jobs.blueprint, namespace="operations")
    app.add_tasks_from(reporting_jobs.blueprint, namespace="reporting")
