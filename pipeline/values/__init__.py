"""Printed texts -> values: dates, amounts, people, bodies, phones, e-mails; each knows the words it was read from."""
