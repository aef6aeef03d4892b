-- Which body a printed client means, with the reason. A client that names several has a row for each.
CREATE VIEW client_links AS
SELECT client, part, client_id, reason, score, doubt FROM store.client_link;
