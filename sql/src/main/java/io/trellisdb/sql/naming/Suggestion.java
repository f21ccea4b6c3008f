package io.trellisdb.sql.naming;

import java.util.Collection;
import java.util.Locale;

/** The end of a message about an unknown name: what was probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code ", did you mean x?"} for the nearest candidate, or an empty string when none is near. */
    public static String didYouMean(String name, Collection<String> candidates) {
        String best = "";
        // a name of one letter resembles every other one
        int bestDistance = Math.min(name.length() - 1, Math.max(1, name.length() / 3)) + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - name.length()) < bestDistance) {
                int distance = distance(name.toLowerCase(Locale.ROOT), candidate, bestDistance);
                if (distance < bestDistance) {
                    bestDistance = distance;
                    best = candidate;
                }
            }
        }
        return best.isEmpty() ? "" : ", did you mean " + best + "?";
    }

    /** Levenshtein's distance, or {@code limit} when it is at least that. */
    private static int distance(String a, String b, int limit) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
                least = Math.min(least, current[j]);
            }
            if (least >= limit) {
                return limit;
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
