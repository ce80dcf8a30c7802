-- Long texts are the last column of their table, so that the columns before are read without them.
-- The tables of a Beatbook database. Column names of articles and claims are a public contract.
-- Dates are ISO 8601; first_seen, last_seen and at are date-times in UTC. JSON columns hold lists or objects.

CREATE TABLE sources (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, url TEXT NOT NULL, name TEXT, language TEXT, interval TEXT
);

CREATE TABLE articles (
  id TEXT PRIMARY KEY, url TEXT NOT NULL UNIQUE, source TEXT, source_kind TEXT NOT NULL DEFAULT 'crawl',
  site TEXT, title TEXT NOT NULL, authors TEXT NOT NULL DEFAULT '[]', published TEXT, updated TEXT, language TEXT,
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1, story TEXT NOT NULL,
  signature BLOB, text TEXT NOT NULL
);
CREATE INDEX articles_site ON articles (site, published);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_source ON articles (source, first_seen);
CREATE INDEX articles_story ON articles (story);

-- Locality-sensitive hashing: two articles that share a band may be copies of each other.
-- An article's bands follow from its signature, so that they are found without an index of their own.
CREATE TABLE story_bands (band INTEGER NOT NULL, article TEXT NOT NULL, PRIMARY KEY (band, article)) WITHOUT ROWID;

-- Each text of an article with the time it was seen; a version without a digest came as claims only.
CREATE TABLE article_versions (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, version INTEGER NOT NULL,
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, digest TEXT, extracted_with TEXT, published TEXT,
  updated TEXT, title TEXT NOT NULL, tables TEXT NOT NULL DEFAULT '[]', text TEXT NOT NULL,
  PRIMARY KEY (article, version)
);
CREATE INDEX article_versions_pending ON article_versions (first_seen) WHERE extracted_with IS NULL;

CREATE TABLE entities (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT, owner TEXT, country TEXT, how TEXT
);
CREATE INDEX entities_owner ON entities (owner);

CREATE TABLE aliases (
  id TEXT PRIMARY KEY, alias TEXT NOT NULL, entity TEXT NOT NULL REFERENCES entities (id) ON DELETE CASCADE
);
CREATE INDEX aliases_entity ON aliases (entity);

CREATE TABLE mentions (
  article TEXT NOT NULL, version INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  text TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT, how TEXT NOT NULL,
  PRIMARY KEY (article, version, start, name),
  FOREIGN KEY (article, version) REFERENCES article_versions (article, version)
    ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
CREATE INDEX mentions_name ON mentions (name);
CREATE INDEX mentions_found ON mentions (how, name) WHERE how <> 'vocabulary';

-- One row a sighting: what one version of one article asserts.
CREATE TABLE claims (
  id TEXT PRIMARY KEY, article TEXT NOT NULL, version INTEGER NOT NULL,
  entity TEXT NOT NULL, subject TEXT NOT NULL, metric TEXT NOT NULL, kind TEXT NOT NULL,
  value REAL, value_high REAL, unit TEXT, previous REAL, direction TEXT, qualifier TEXT, per TEXT, scope TEXT,
  basis TEXT, period_start TEXT, period_end TEXT, modality TEXT NOT NULL, negated INTEGER NOT NULL, source TEXT,
  quote TEXT NOT NULL, sentence TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  confidence REAL NOT NULL, rounding REAL NOT NULL, rules TEXT NOT NULL,
  site TEXT, said TEXT NOT NULL, first_seen TEXT NOT NULL, superseded_at TEXT,
  FOREIGN KEY (article, version) REFERENCES article_versions (article, version)
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX claims_article ON claims (article, version);
CREATE INDEX claims_entity ON claims (entity, metric, said);
CREATE INDEX claims_subject ON claims (entity, said);
CREATE INDEX claims_metric ON claims (metric, said);
CREATE INDEX claims_said ON claims (said);
CREATE INDEX claims_first_seen ON claims (first_seen);
CREATE INDEX claims_site ON claims (site COLLATE NOCASE, said);
CREATE INDEX claims_unit ON claims (unit COLLATE NOCASE, said);
CREATE INDEX claims_source ON claims (source COLLATE NOCASE, said) WHERE source IS NOT NULL;
CREATE INDEX claims_scope ON claims (scope COLLATE NOCASE, said) WHERE scope IS NOT NULL;
CREATE INDEX claims_per ON claims (per, said) WHERE per IS NOT NULL;
CREATE INDEX claims_basis ON claims (basis, said) WHERE basis IS NOT NULL;
CREATE INDEX claims_modality ON claims (modality, said) WHERE modality <> 'reported';
CREATE INDEX claims_kind ON claims (kind, said) WHERE kind NOT IN ('level', 'change');
CREATE INDEX claims_negated ON claims (said) WHERE negated = 1;
CREATE INDEX claims_period ON claims (metric, period_end, period_start)
  WHERE kind = 'level' AND modality = 'reported' AND negated = 0 AND period_end IS NOT NULL;

CREATE TABLE runs (
  id TEXT NOT NULL, source TEXT NOT NULL, started TEXT NOT NULL, ended TEXT, found INTEGER NOT NULL DEFAULT 0,
  fetched INTEGER NOT NULL DEFAULT 0, new INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, skipped TEXT NOT NULL DEFAULT '{}',
  failures TEXT NOT NULL DEFAULT '{}', filled TEXT NOT NULL DEFAULT '{}', per_day REAL,
  seconds REAL NOT NULL DEFAULT 0, error TEXT, problems TEXT NOT NULL DEFAULT '[]',
  interrupted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id, source)
);
CREATE INDEX runs_source ON runs (source, started);

CREATE TABLE fetches (
  run TEXT NOT NULL, source TEXT NOT NULL, url TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT,
  status INTEGER, final_url TEXT, etag TEXT, last_modified TEXT, digest TEXT, bytes INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (url, at, source)
);
CREATE INDEX fetches_run ON fetches (run, source, outcome);

-- What is remembered of each URL between runs: the last fetch, and when to try again what failed.
CREATE TABLE pages (
  url TEXT PRIMARY KEY, source TEXT, at TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, etag TEXT,
  last_modified TEXT, digest TEXT, failures INTEGER NOT NULL DEFAULT 0, next_try TEXT, final_url TEXT
);
CREATE INDEX pages_failed ON pages (source, at) WHERE failures > 0;

CREATE TRIGGER articles_ai AFTER INSERT ON articles BEGIN
  INSERT INTO articles_fts (rowid, title, text) VALUES (new.rowid, new.title, new.text);
END;
CREATE TRIGGER articles_ad AFTER DELETE ON articles BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.rowid, old.title, old.text);
END;
-- Only a change of what is indexed: a new last_seen must not cost a new index of the whole text.
CREATE TRIGGER articles_au AFTER UPDATE OF title, text ON articles BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.rowid, old.title, old.text);
  INSERT INTO articles_fts (rowid, title, text) VALUES (new.rowid, new.title, new.text);
END;
CREATE TRIGGER claims_ai AFTER INSERT ON claims BEGIN
  INSERT INTO claims_fts (rowid, subject, sentence) VALUES (new.rowid, new.subject, new.sentence);
END;
CREATE TRIGGER claims_ad AFTER DELETE ON claims BEGIN
  INSERT INTO claims_fts (claims_fts, rowid, subject, sentence)
    VALUES ('delete', old.rowid, old.subject, old.sentence);
END;
CREATE TRIGGER claims_au AFTER UPDATE OF subject, sentence ON claims BEGIN
  INSERT INTO claims_fts (claims_fts, rowid, subject, sentence)
    VALUES ('delete', old.rowid, old.subject, old.sentence);
  INSERT INTO claims_fts (rowid, subject, sentence) VALUES (new.rowid, new.subject, new.sentence);
END;
