package io.trellisdb.replication.role;

import io.trellisdb.storage.JournalEntry;
import io.trellisdb.storage.Operation;
import io.trellisdb.testing.GoldenScripts;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The owner's role told as stories: scripts/owner. */
final class OwnerScriptsTest {
    @TestFactory
    Stream<DynamicTest> stories() {
        return GoldenScripts.area("owner", Story::new);
    }

    /** {@code open LSN HASH TIME}, {@code activate TERM TIME}, {@code propose TIME}, {@code durable|applied LSN}, {@code end}. */
    private static final class Story implements GoldenScripts.Interpreter {
        private OwnerRole role = open(0, 0, 0);

        private static OwnerRole open(long lsn, long hash, long timestamp) {
            return new OwnerRole(4, lsn, hash, timestamp, entry -> 1000 * entry.term() + entry.lsn());
        }

        @Override
        public String run(String command) {
            StringJoiner output = new StringJoiner("\n");
            for (String line : command.split("\n")) {
                run(line.split(" "), output);
            }
            return output.toString();
        }

        private void run(String[] words, StringJoiner output) {
            switch (words[0]) {
                case "open" -> role = open(number(words, 1), number(words, 2), number(words, 3));
                case "activate" -> step(new OwnerEvent.Activated(number(words, 1), number(words, 2)), output);
                case "propose" -> step(propose(number(words, 1)), output);
                case "durable" -> step(new OwnerEvent.Durable(number(words, 1)), output);
                case "applied" -> step(new OwnerEvent.Applied(number(words, 1)), output);
                case "end" -> step(new OwnerEvent.Ended(), output);
                case "state" ->
                    output.add(role.state() + " last " + role.lastLsn() + " commit " + role.commitLsn() + " applied "
                            + role.appliedLsn());
                default -> throw new IllegalArgumentException("unknown word: " + words[0]);
            }
        }

        private static OwnerEvent propose(long timestamp) {
            return new OwnerEvent.Proposed(null, null, List.of(new Operation.Truncate(1)), timestamp);
        }

        private static long number(String[] words, int index) {
            return Long.parseLong(words[index]);
        }

        private void step(OwnerEvent event, StringJoiner output) {
            role.step(event).forEach(action -> output.add(describe(action)));
        }

        private static String describe(OwnerAction action) {
            if (action instanceof OwnerAction.Append append) {
                JournalEntry entry = append.entry();
                return "append " + entry.kind() + " term " + entry.term() + " lsn " + entry.lsn() + " after hash "
                        + entry.previousHash() + " at " + entry.commitTimestamp();
            }
            if (action instanceof OwnerAction.Apply apply) {
                return "apply " + apply.entry().lsn();
            }
            if (action instanceof OwnerAction.Answer answer) {
                return "answer " + answer.lsn();
            }
            if (action instanceof OwnerAction.GiveUp unknown) {
                return "give up " + unknown.lsn();
            }
            return "serve";
        }
    }
}
