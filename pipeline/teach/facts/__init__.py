"""Facts by lot, each with the answer of a careful reader: places, bodies, people, periods, amounts, sentences."""
