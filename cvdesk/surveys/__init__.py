"""Surveys: composing a form, handing it out, taking the answers in, and who was asked when."""
