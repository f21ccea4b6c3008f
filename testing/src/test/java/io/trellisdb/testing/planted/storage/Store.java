package io.trellisdb.testing.planted.storage;

import io.trellisdb.testing.planted.common.Words;

/** Breaks: not final. Its import runs along the arrows. */
public class Store {
    public String word() {
        return Words.word();
    }
}
