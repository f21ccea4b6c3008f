package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.Transaction;
import io.trellisdb.coordination.CoordinationException;
import io.trellisdb.coordination.fencing.EpochRow;
import io.trellisdb.coordination.fencing.EpochTable;
import java.util.Optional;
import java.util.function.BiPredicate;

/** The replicated epoch table. Used by the role thread. */
final class JeEpochTable implements EpochTable {
    private final EnvironmentGate gate;

    JeEpochTable(EnvironmentGate gate) {
        this.gate = gate;
    }

    @Override
    public Optional<EpochRow> last() {
        Optional<Optional<EpochRow>> read = gate.use(environment ->
                environment.tables().map(tables -> tables.lastEpoch(null)).orElse(null));
        return read.orElseThrow(() -> new CoordinationException(
                CoordinationException.Kind.NOT_LEADER, "epoch table cannot be read now", null));
    }

    @Override
    public Written add(EpochRow row) {
        return write((tables, transaction) -> tables.addEpoch(transaction, row));
    }

    @Override
    public Written confirm(EpochRow row) {
        return write((tables, transaction) -> {
            boolean isStillLast = tables.lastEpoch(transaction)
                    .filter(last -> last.epoch().equals(row.epoch()))
                    .isPresent();
            if (isStillLast) {
                tables.replaceEpoch(transaction, row);
            }
            return isStillLast;
        });
    }

    private Written write(BiPredicate<Tables, Transaction> work) {
        // Always forced, whatever commits are: the sequence of epochs must survive everything.
        WriteFate fate = gate.use(environment -> environment.write(JeConfigs.FORCED, work))
                .orElse(WriteFate.CLOSED);
        return switch (fate) {
            case DONE -> Written.DONE;
            case ABORTED -> Written.TAKEN;
            case NO_QUORUM, CONTENDED, DISK_FULL -> Written.NOT_APPLIED;
            case NOT_LEADER, CLOSED -> Written.NOT_LEADER;
            case UNKNOWN -> Written.UNKNOWN;
        };
    }
}
