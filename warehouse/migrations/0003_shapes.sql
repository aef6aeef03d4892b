-- Missions joined and split by hand.

ALTER TABLE store.edition ADD COLUMN shaped VARCHAR DEFAULT ''; -- fingerprint of the joins and splits its rows hold
