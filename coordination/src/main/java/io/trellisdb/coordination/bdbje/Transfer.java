package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.DatabaseException;
import com.sleepycat.je.rep.MasterTransferFailureException;
import com.sleepycat.je.rep.MemberNotFoundException;
import io.trellisdb.coordination.CoordinationException;
import io.trellisdb.coordination.CoordinationException.Kind;
import io.trellisdb.coordination.LeaderInfo;
import io.trellisdb.coordination.NodeId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Hands leadership to a chosen voter. JE calls a transfer done when it has told the target; only a new epoch proves that the
 * target lives. Runs on a thread of its own, since JE blocks.
 */
final class Transfer {
    /** In which the target has to fence an epoch after JE has handed over. */
    private static final Duration NEW_EPOCH_WITHIN = Duration.ofSeconds(5);

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(5);

    private final Machinery machinery;

    Transfer(Machinery machinery) {
        this.machinery = machinery;
    }

    /**
     * Blocks until the target leads.
     *
     * @throws CoordinationException NOT_LEADER, MEMBER_NOT_FOUND, TRANSFER_FAILED: this node still leads, LEADER_UNKNOWN: an
     *     election is running
     */
    LeaderInfo run(NodeId target, Duration timeout, boolean isForced) {
        Reign reign = machinery.roles().snapshot().reign();
        if (reign == null) {
            throw new CoordinationException(
                    Kind.NOT_LEADER,
                    "this node is not master",
                    machinery.roles().snapshot().leader().orElse(null));
        }
        CompletableFuture<Optional<CoordinationException>> done = new CompletableFuture<>();
        machinery.runApart("transfer", () -> done.complete(handOver(target, timeout, isForced)));
        Optional<CoordinationException> failure = Waits.forValue(done);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return awaitHigherEpoch(reign);
    }

    private Optional<CoordinationException> handOver(NodeId target, Duration timeout, boolean isForced) {
        return machinery
                .gate()
                .use(environment -> {
                    try {
                        environment
                                .environment()
                                .transferMaster(
                                        Set.of(target.toString()),
                                        (int) timeout.toMillis(),
                                        TimeUnit.MILLISECONDS,
                                        isForced);
                        return Optional.<CoordinationException>empty();
                    } catch (MemberNotFoundException | IllegalArgumentException e) {
                        return refusal(Kind.MEMBER_NOT_FOUND, "no such voter: " + target);
                    } catch (MasterTransferFailureException e) {
                        return refusal(Kind.TRANSFER_FAILED, "mastership was not handed over in time: " + target);
                    } catch (DatabaseException | IllegalStateException e) {
                        return refusal(Kind.NOT_LEADER, "this node is no longer master: " + e.getMessage());
                    }
                })
                .orElseGet(() -> refusal(Kind.CLOSED, "coordination is not open"));
    }

    private LeaderInfo awaitHigherEpoch(Reign before) {
        long deadline = machinery.now() + NEW_EPOCH_WITHIN.toNanos();
        CompletableFuture<Void> never = new CompletableFuture<>();
        while (machinery.now() - deadline < 0) {
            Optional<LeaderInfo> leader = machinery.roles().snapshot().leader();
            if (leader.isPresent()
                    && leader.get().epoch().number() > before.epoch().number()) {
                return leader.get();
            }
            Waits.isDoneWithin(never, machinery.clock(), LOOK_INTERVAL.toNanos());
        }
        throw new CoordinationException(
                Kind.LEADER_UNKNOWN, "mastership was handed over, but no new epoch followed: an election runs", null);
    }

    private static Optional<CoordinationException> refusal(Kind kind, String message) {
        return Optional.of(new CoordinationException(kind, message, null));
    }
}
