-- Comparing asks for the claims about one number, a crawl for the pages of one source by their last fetch.
CREATE INDEX claims_series ON claims (entity, metric, period_end, period_start);
CREATE INDEX pages_source ON pages (source, at);
