package io.trellisdb.testing.planted.server.right;

import io.trellisdb.testing.planted.server.Shared;

/** Imports its parent. */
public record Right(Shared shared) {}
