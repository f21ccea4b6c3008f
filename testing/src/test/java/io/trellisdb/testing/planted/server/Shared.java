package io.trellisdb.testing.planted.server;

/** A word that a child uses. */
public record Shared(int value) {}
