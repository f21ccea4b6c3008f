package io.trellisdb.sql.parser;

/** Placeholder until the next step. */
final class ContextualTokens extends GeneratedParserTokenManager {
    ContextualTokens(SimpleCharStream stream) {
        super(stream);
    }
}
