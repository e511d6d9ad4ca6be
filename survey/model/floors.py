"""Floors of disclosure: how few people a figure, a text or a crowd may rest on.

A wave may raise them (`survey.model.waves.Thresholds`); nothing may go below.
"""

# Answers under a figure, or under one on sensitive questions; texts to a question, to quote one.
K, K_SENSITIVE, K_COMMENTS = 10, 20, 15
# Invited people in every unit and cell of a wave, and on every path over several waves.
K_UP = 20
# Case managers in a unit, none of them with more than half of its invited people.
CASE_MANAGERS = 3
