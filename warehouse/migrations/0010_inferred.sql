-- Drafts say with a word of their own which reading is inferred; until now only the id of its rule told it. Quotation
-- marks of printed text are escaped in JSON, so that none can look like this.

UPDATE store.edition
SET draft = regexp_replace(draft, '("rank":[0-9]+,"rule":"inferred\.[a-z]+")', '\1,"inferred":true', 'g')
WHERE contains(draft, '"rule":"inferred.');
