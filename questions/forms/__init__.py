"""Forms of questions and answers; a form's fields are its service's keywords."""
