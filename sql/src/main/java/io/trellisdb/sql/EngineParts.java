package io.trellisdb.sql;

import io.trellisdb.sql.definition.DefinitionRunner;
import io.trellisdb.sql.planning.QueryPlanner;
import io.trellisdb.sql.write.QueryRunner;
import io.trellisdb.sql.write.WritePlanner;
import io.trellisdb.sql.write.WriteRunner;

/** What the engine is made of; all are safe for all threads. */
record EngineParts(
        QueryPlanner planner,
        QueryRunner queries,
        WritePlanner writePlanner,
        WriteRunner writes,
        DefinitionRunner definitions) {}
