package io.trellisdb.server.session;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.sql.PreparedQuery;
import java.util.List;

/** The one changing statement that a transaction holds back until COMMIT. */
record HeldWrite(PreparedQuery query, List<Batch> parameters) {}
