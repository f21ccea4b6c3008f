package io.trellisdb.testing.planted.common;

/** Breaks nothing. */
public final class Words {
    private Words() {}

    public static String word() {
        return "word";
    }
}
