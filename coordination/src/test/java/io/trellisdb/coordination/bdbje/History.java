package io.trellisdb.coordination.bdbje;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all nodes said they did, and the check that it fits together. Guarded by itself. */
final class History {
    private final Map<String, String> outcomes = new HashMap<>();
    private final Map<String, Long> epochsOfTries = new HashMap<>();
    private final Map<Long, Integer> leaders = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final List<String> demotions = new ArrayList<>();
    private long highestEpoch;
    private long applied;
    private long lastAppliedNanos;

    /** Whether the line belonged to the history; other lines answer commands. */
    synchronized boolean hear(int node, String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "LEADS" -> leads(node, Long.parseLong(words[1]));
            case "DEMOTED" -> demotions.add(node + " " + line);
            case "FOLLOWS" -> {}
            case "TRY" -> {
                epochsOfTries.put(words[1], Long.parseLong(words[2]));
                outcomes.put(words[1], "UNKNOWN");
            }
            case "APPLIED", "UNKNOWN", "REFUSED", "CONFLICT" -> {
                if (words.length < 3 || !words[1].startsWith("w/")) {
                    return false;
                }
                outcomes.put(words[1], words[0]);
                if (words[0].equals("APPLIED")) {
                    applied++;
                    lastAppliedNanos = System.nanoTime();
                    if (Long.parseLong(words[2]) > highestEpoch) {
                        violations.add("commit under an epoch that nobody leads: " + line);
                    }
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    synchronized long highestEpoch() {
        return highestEpoch;
    }

    synchronized int leaderOfHighestEpoch() {
        return leaders.getOrDefault(highestEpoch, -1);
    }

    synchronized long applied() {
        return applied;
    }

    synchronized int leaderChanges() {
        return leaders.size();
    }

    synchronized List<String> demotions() {
        return List.copyOf(demotions);
    }

    /** Commits that an old leader got applied after the epoch that followed its own had been heard. */
    synchronized long lastAppliedNanos() {
        return lastAppliedNanos;
    }

    /** @param dumps of all nodes, at one revision */
    synchronized void check(List<String> dumps) {
        assertEquals(List.of(), violations);
        for (String dump : dumps) {
            assertEquals(dumps.get(0), dump, "nodes differ");
        }
        Map<String, Long> present = new HashMap<>();
        for (String entry : dumps.get(0).split(" ")) {
            if (!entry.isEmpty()) {
                present.put(
                        entry.substring(0, entry.indexOf('=')),
                        Long.parseLong(entry.substring(entry.indexOf('=') + 1)));
            }
        }
        Set<String> lost = new HashSet<>();
        Set<String> risen = new HashSet<>();
        outcomes.forEach((key, outcome) -> {
            if (outcome.equals("APPLIED") && !epochsOfTries.get(key).equals(present.get(key))) {
                lost.add(key);
            } else if (!outcome.equals("APPLIED") && !outcome.equals("UNKNOWN") && present.containsKey(key)) {
                risen.add(key);
            }
        });
        assertTrue(lost.isEmpty(), () -> "applied commits are lost: " + lost);
        assertTrue(risen.isEmpty(), () -> "refused commits are there: " + risen);
        assertTrue(outcomes.keySet().containsAll(present.keySet()), "records that nobody wrote");
    }

    private void leads(int node, long epoch) {
        if (leaders.putIfAbsent(epoch, node) != null) {
            violations.add("two leaders of epoch " + epoch);
        }
        if (epoch <= highestEpoch) {
            violations.add("epoch " + epoch + " after " + highestEpoch);
        }
        highestEpoch = Math.max(highestEpoch, epoch);
    }
}
