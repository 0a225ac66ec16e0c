# The text of these messages was copied from Microsoft docs.
# ~^ attribution/incomplete "text of these messages was copied from Microsoft docs" note
MESSAGES = {"429": "Too many calls"}
