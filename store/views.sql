-- Views for people who browse. They hold no data, so they are made anew whenever this file has changed.

CREATE VIEW latest_claims AS
SELECT c.said, c.subject, c.metric, c.kind, c.value, c.value_high, c.unit, c.previous, c.direction, c.qualifier,
  c.per, c.scope, c.basis, c.period_start, c.period_end, c.modality, c.negated, coalesce(c.source, c.site) AS source,
  c.sentence, a.title, a.url, a.published, c.confidence, c.id
FROM claims c JOIN articles a ON a.id = c.article
WHERE c.superseded_at IS NULL;

CREATE VIEW price_claims AS
SELECT c.subject, c.metric, coalesce(c.period_start, c.said) AS valid_from, c.period_end AS valid_to, c.value,
  c.value_high, c.unit, c.previous, c.direction, c.scope, c.modality, coalesce(c.source, c.site) AS source,
  c.sentence, a.title, a.url, c.said, c.id
FROM claims c JOIN articles a ON a.id = c.article
WHERE (c.superseded_at IS NULL OR a.published IS NULL) -- what a watched page said before held in its time
  AND c.kind = 'level' AND NOT c.negated AND c.metric IN ('price', 'price_input', 'price_output', 'price_cached_input');

CREATE VIEW weekly_tokens AS
SELECT c.period_start AS week, c.subject, max(c.value) AS tokens, c.scope,
  rank() OVER (PARTITION BY c.period_start, c.scope ORDER BY max(c.value) DESC) AS place,
  count(DISTINCT a.story) AS stories, min(c.said) AS first_said, c.sentence, a.title, a.url
FROM claims c JOIN articles a ON a.id = c.article
WHERE c.metric = 'tokens' AND c.kind = 'level' AND c.unit = 'tokens' AND c.modality = 'reported'
  AND NOT c.negated AND c.superseded_at IS NULL
  AND julianday(c.period_end) - julianday(c.period_start) = 6
GROUP BY c.period_start, c.entity, c.scope;
