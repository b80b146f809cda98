-- Roles of a registry in PostgreSQL: run once, by the owner of the tables, after varinterp has made
-- them, and again after an upgrade that made new ones:
--
--   psql "$REGISTRY" -v ON_ERROR_STOP=1 -f resources/registry/roles.sql
--
-- varinterp_reader  sees everything: explain, worklist, exports.
-- varinterp_writer  the workflow and the reanalysis: adds rows; deletes keys and indexes (an
--                   erasure) and nothing else; changes nothing, drops no trigger, owns no table.
--
-- Give people and jobs logins of their own: CREATE ROLE job LOGIN PASSWORD '…' IN ROLE
-- varinterp_writer. Migrations are the owner's.

DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'varinterp_reader') THEN
    CREATE ROLE varinterp_reader NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'varinterp_writer') THEN
    CREATE ROLE varinterp_writer NOLOGIN;
  END IF;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO varinterp_reader, varinterp_writer;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO varinterp_reader, varinterp_writer;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO varinterp_reader, varinterp_writer;

GRANT INSERT ON ALL TABLES IN SCHEMA public TO varinterp_writer;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT INSERT ON TABLES TO varinterp_writer;
REVOKE INSERT ON alembic_version FROM varinterp_writer;

-- Triggers let a row of an index go only when its case's key is gone.
GRANT DELETE ON case_key, assessment_index, member TO varinterp_writer;
