"""What one customer answered on a score sheet, as it was given: answers, never a value figure of one person."""

from __future__ import annotations

from cvdesk.catalogue import store as catalogue
from cvdesk.customers.records_moments import Answer
from cvdesk.db import Queries
from cvdesk.wording import _
from cvdesk.wording.asked import filled_in

_ANSWERS = """
SELECT COALESCE(factors.label, version.wording), COALESCE(factors.lever, questions.lever, ''), questions.kind,
    answers.state = 'answered', answers.value, answers.text
FROM answers JOIN question_versions AS version ON version.id = question_version_id
JOIN questions ON questions.id = version.question_id LEFT JOIN factors ON factors.id = questions.factor_id
WHERE assessment_id = ? AND answers.state IN ('answered', 'not_apply') AND questions.kind IN
    ('scale5', 'scale0_10', 'yes_no', 'text')
ORDER BY questions.kind <> 'text', questions.place
"""
_ABOUT = """
SELECT COALESCE(offerings.name, '') AS offer, COALESCE(competitors.name, '') AS rival
FROM assessments LEFT JOIN offerings ON offerings.id = offering_id
LEFT JOIN competitors ON competitors.id = competitor_id WHERE assessments.id = ?
"""


def sheet_answers(db: Queries, assessment_id: int) -> list[Answer]:
    """The answers of a score sheet: the customer's own words first, then the questions in their order."""
    business = catalogue.business(db).name
    about = db.row(_ABOUT, (assessment_id,))
    offer, rival = (about["offer"], about["rival"]) if about is not None else ("", "")
    if rival:
        business, offer = rival, _("their product or service")
    return [
        Answer(filled_in(row[0], business, offer), row[1], row[2], bool(row[3]), row[4], row[5])
        for row in db.rows(_ANSWERS, (assessment_id,))
    ]


__all__ = ["Answer", "sheet_answers"]
