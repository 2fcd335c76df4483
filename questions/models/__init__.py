"""Questions, who is asked and what they answered, and the mails about it."""

from questions.models.letter import Letter
from questions.models.question import Question
from questions.models.recipient import Recipient

__all__ = ["Letter", "Question", "Recipient"]
