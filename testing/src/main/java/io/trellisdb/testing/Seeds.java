package io.trellisdb.testing;

import java.security.SecureRandom;
import java.util.OptionalLong;

/** Where random tests get their seeds: fresh ones, or the one given with {@code -Dtrellis.seed=N}. */
public final class Seeds {
    static final String PROPERTY = "trellis.seed";

    private static final System.Logger LOG = System.getLogger(Seeds.class.getName());

    private Seeds() {}

    /**
     * The seed for one run of {@code test}: the replayed one if given, else a fresh one. It is logged with the words that
     * replay it, so that a failure can be repeated.
     */
    public static long next(String test) {
        long seed = replayed().orElseGet(Seeds::fresh);
        LOG.log(System.Logger.Level.INFO, () -> test + ": " + replayWords(seed));
        return seed;
    }

    /** The seed that this run shall repeat, if any. */
    static OptionalLong replayed() {
        return parse(System.getProperty(PROPERTY, ""));
    }

    static OptionalLong parse(String property) {
        return property.isBlank() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(property.strip()));
    }

    /** Not negative and short enough to be typed. */
    static long fresh() {
        return new SecureRandom().nextLong(1_000_000_000_000L);
    }

    static String replayWords(long seed) {
        return "replay with -D" + PROPERTY + "=" + seed;
    }
}
