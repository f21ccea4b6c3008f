package io.trellisdb.protocol;

import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.protocol.message.Response;

/** The fields of responses as bytes, in the order in which the records declare them. */
final class ResponseEncoder {
    private ResponseEncoder() {}

    static int type(Response response) {
        if (response instanceof Response.RowBatch) {
            return FrameType.ROW_BATCH;
        } else if (response instanceof Response.Complete) {
            return FrameType.COMPLETE;
        } else if (response instanceof Response.BatchComplete) {
            return FrameType.BATCH_COMPLETE;
        } else if (response instanceof Response.Done) {
            return FrameType.DONE;
        } else if (response instanceof Response.Pong) {
            return FrameType.PONG;
        } else if (response instanceof Response.Prepared) {
            return FrameType.PREPARED;
        } else if (response instanceof Response.Failure) {
            return FrameType.FAILURE;
        } else if (response instanceof Response.Refused) {
            return FrameType.REFUSED;
        }
        return rareType(response);
    }

    private static int rareType(Response response) {
        if (response instanceof Response.AuthenticationRequired) {
            return FrameType.AUTHENTICATION_REQUIRED;
        } else if (response instanceof Response.AuthenticationStep) {
            return FrameType.AUTHENTICATION_STEP;
        } else if (response instanceof Response.Welcome) {
            return FrameType.WELCOME;
        } else if (response instanceof Response.ClusterTable) {
            return FrameType.CLUSTER_TABLE;
        } else if (response instanceof Response.TableChanged) {
            return FrameType.TABLE_CHANGED;
        } else if (response instanceof Response.SessionChanged) {
            return FrameType.SESSION_CHANGED;
        } else if (response instanceof Response.Warning) {
            return FrameType.WARNING;
        }
        return FrameType.DRAINING;
    }

    static void encode(Response response, ByteWriter out) {
        if (response instanceof Response.RowBatch rows) {
            out.writeVarLong(rows.cursor());
            MessageFields.writeEnum(out, MessageFields.PROGRESS, rows.progress());
            MessageFields.writeOptional(out, rows.columns(), MessageFields::writeColumns);
            BatchCodec.encodeWithTypes(out, rows.rows());
        } else if (response instanceof Response.Complete complete) {
            MessageFields.writeEnum(out, MessageFields.STATEMENT_KINDS, complete.kind());
            out.writeZigZagLong(complete.updateCount());
            MessageFields.writeOptional(out, complete.generatedKeys(), MessageFields::writeRowSet);
        } else if (response instanceof Response.BatchComplete complete) {
            encodeCounts(complete.updateCounts(), out);
            MessageFields.writeOptional(out, complete.generatedKeys(), MessageFields::writeRowSet);
        } else if (response instanceof Response.Pong pong) {
            out.writeBoolean(pong.draining());
        } else if (response instanceof Response.Prepared prepared) {
            encodePrepared(prepared, out);
        } else if (response instanceof Response.Failure failure) {
            encodeFailure(failure, out);
        } else if (response instanceof Response.Refused refused) {
            MessageFields.writeEnum(out, MessageFields.REASONS, refused.reason());
            out.writeVarLong(refused.tableVersion());
            MessageFields.writeOptional(out, refused.hint(), MessageFields::writeNode);
            out.writeString(refused.message());
        } else {
            encodeRare(response, out);
        }
    }

    private static void encodeRare(Response response, ByteWriter out) {
        if (response instanceof Response.AuthenticationRequired required) {
            MessageFields.writeList(out, required.mechanisms(), ByteWriter::writeString);
        } else if (response instanceof Response.AuthenticationStep step) {
            out.writeByteArray(step.message());
        } else if (response instanceof Response.Welcome welcome) {
            encodeWelcome(welcome, out);
        } else if (response instanceof Response.ClusterTable table) {
            MessageFields.writeTable(out, table.table());
        } else if (response instanceof Response.TableChanged changed) {
            MessageFields.writeTable(out, changed.table());
        } else if (response instanceof Response.SessionChanged changed) {
            MessageFields.writeEnum(out, MessageFields.SETTINGS, changed.setting());
            out.writeString(changed.value());
        } else if (response instanceof Response.Warning warning) {
            out.writeString(warning.sqlState());
            out.writeString(warning.message());
        }
        // DONE and DRAINING have no fields
    }

    /** Runs of equal counts, since most batches have one: number of runs, then length and count of each. */
    private static void encodeCounts(long[] counts, ByteWriter out) {
        int runs = 0;
        for (int i = 0; i < counts.length; i++) {
            if (i == 0 || counts[i] != counts[i - 1]) {
                runs++;
            }
        }
        out.writeVarInt(runs);
        int start = 0;
        for (int i = 1; i <= counts.length; i++) {
            if (i == counts.length || counts[i] != counts[start]) {
                out.writeVarInt(i - start);
                out.writeZigZagLong(counts[start]);
                start = i;
            }
        }
    }

    private static void encodePrepared(Response.Prepared prepared, ByteWriter out) {
        out.writeVarLong(prepared.statement());
        MessageFields.writeEnum(out, MessageFields.STATEMENT_KINDS, prepared.kind());
        out.writeBoolean(prepared.atomicBatch());
        MessageFields.writeTypes(out, prepared.parameters());
        MessageFields.writeColumns(out, prepared.columns());
        MessageFields.writeRouting(out, prepared.routing());
    }

    private static void encodeWelcome(Response.Welcome welcome, ByteWriter out) {
        out.writeVarInt(welcome.protocolVersion());
        out.writeString(welcome.serverVersion());
        MessageFields.writeKey(out, welcome.key());
        out.writeString(welcome.catalogName());
        out.writeVarInt(welcome.nodeId());
        out.writeLong(welcome.capabilities());
        out.writeByteArray(welcome.authenticationEnd());
        MessageFields.writeSettings(out, welcome.settings());
        MessageFields.writeTable(out, welcome.table());
    }

    private static void encodeFailure(Response.Failure failure, ByteWriter out) {
        out.writeString(failure.sqlState());
        out.writeString(failure.code());
        MessageFields.writeEnum(out, MessageFields.CATEGORIES, failure.category());
        out.writeString(failure.message());
        out.writeBoolean(failure.retryable());
        out.writeBoolean(failure.outcomeUnknown());
        out.writeZigZagInt(failure.position());
        out.writeZigZagInt(failure.row());
    }
}
