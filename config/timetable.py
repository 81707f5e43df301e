"""The timetable: what beat sends when (Europe/Brussels). Each entry names a floor's task and says why then."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

TIMETABLE: dict[str, dict[str, Any]] = {
    # Proof of life for /healthz: it passes beat, broker and worker.
    "heartbeat": {"task": "pathways.base.tasks.heartbeat", "schedule": 5.0, "options": {"expires": 20}},
    # A list or export whose worker was killed goes on within two and a half minutes.
    "resume-stuck-lists": {
        "task": "pathways.registrations.tasks.resume_stuck_lists",
        "schedule": 20.0,
        "options": {"expires": 15},
    },
    "resume-stuck-exports": {
        "task": "pathways.cases.tasks.resume_stuck_exports",
        "schedule": 20.0,
        "options": {"expires": 15},
    },
    "resume-stuck-letters": {
        "task": "pathways.notices.tasks.resume_stuck_jobs",
        "schedule": 20.0,
        "options": {"expires": 15},
    },
    "resume-stuck-previews": {
        "task": "pathways.previews.tasks.resume_stuck_previews",
        "schedule": 20.0,
        "options": {"expires": 15},
    },
    # A version comes into force with its first day, in the first minute after midnight; a day that was missed, at the start.
    "come-into-force": {
        "task": "pathways.publishing.tasks.come_into_force",
        "schedule": 60.0,
        "options": {"expires": 50},
    },
    # Cases of a review that a team lead has left as they are: the night does not decide them, it lists them again.
    "return-reviews": {"task": "pathways.publishing.tasks.return_reviews", "schedule": crontab(hour=0, minute=10)},
    # Each reminder goes once, however often this runs; every hour of the working day makes up for one that was missed.
    "send-reminders": {"task": "pathways.notices.tasks.send_reminders", "schedule": crontab(hour="7-18", minute=10)},
    # Newcomers hear of a message at once; this makes up for a mail server that was down.
    "tell-waiting": {"task": "pathways.correspondence.tasks.tell_waiting", "schedule": crontab(minute=25)},
    # A new day can change what dates decide; before anybody comes to work. One that was missed is made up at the next start.
    "redecide-due": {"task": "pathways.cases.tasks.redecide_due", "schedule": crontab(hour=0, minute=5)},
    # Suspensions that begin or end with the day, and terms that follow changed decisions; after the decisions of the day.
    "settle-grounds": {"task": "pathways.duties.tasks.settle_grounds", "schedule": crontab(hour=0, minute=20)},
    # Talks at the rhythm of the programme, planned a month ahead.
    "plan-follow-ups": {"task": "pathways.meetings.tasks.plan_follow_ups", "schedule": crontab(hour=0, minute=40)},
    # A place that was offered and not taken goes to the next who waits; before anybody comes to work.
    "lapse-offers": {"task": "pathways.courses.tasks.lapse_offers", "schedule": crontab(hour=0, minute=35)},
    # Exported lists hold names; they live a week.
    "expire-exports": {"task": "pathways.cases.tasks.expire_exports", "schedule": crontab(hour=3, minute=40)},
    "expire-letter-papers": {"task": "pathways.notices.tasks.expire_papers", "schedule": crontab(hour=3, minute=42)},
    "forget-sent-forms": {"task": "pathways.web.tasks.forget_sent_forms", "schedule": crontab(hour=3, minute=45)},
    # Codes on paper that have run out are revoked, sent ones of yesterday deleted.
    "forget-codes": {"task": "pathways.access.tasks.forget_codes", "schedule": crontab(hour=3, minute=48)},
    # What is held and planned decides who is at risk: before anybody comes to work, and soon after a timetable has changed.
    "forecast-all": {"task": "pathways.attendance.tasks.forecast_all", "schedule": crontab(hour=1, minute=15)},
    # Whose certificate can be issued: after the forecast of the night, and soon after a result.
    "find-ready": {"task": "pathways.outcomes.tasks.find_ready", "schedule": crontab(hour=1, minute=45)},
    "find-ready-recent": {
        "task": "pathways.outcomes.tasks.find_ready_recent",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 500},
    },
    "forecast-changed": {
        "task": "pathways.attendance.tasks.forecast_changed",
        "schedule": 60.0,
        "options": {"expires": 50},
    },
}
