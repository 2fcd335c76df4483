from __future__ import annotations

from django.urls import path

from questions.views import answers, corrections, questions, sending

app_name = "questions"

urlpatterns = [
    path("", questions.questions, name="list"),
    path("nyt/", questions.question_new, name="question-new"),
    path("<int:pk>/", questions.question, name="question"),
    path("<int:pk>/oplysninger/", questions.question_edit, name="question-edit"),
    path("<int:pk>/fjernelse/", questions.question_removal, name="question-removal"),
    path("<int:pk>/udsendelse/", sending.question_send, name="question-send"),
    path("<int:pk>/paamindelse/", sending.question_remind, name="question-remind"),
    path("<int:pk>/frist/", sending.question_extend, name="question-extend"),
    path("<int:pk>/lukning/", sending.question_close, name="question-close"),
    path(
        "<int:pk>/modtagere/",
        corrections.question_recipients,
        name="question-recipients",
    ),
    path(
        "<int:pk>/tilbagetraekning/",
        corrections.question_call_back,
        name="question-call-back",
    ),
    path("<int:pk>/genaabning/", corrections.question_reopen, name="question-reopen"),
    path("<int:pk>/svar/<int:recipient>/", answers.answer, name="answer"),
    path("<int:pk>/svar.csv", questions.answers_file, name="answers-file"),
]
