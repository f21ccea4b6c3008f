package io.trellisdb.sql.definition;

import java.util.List;

/**
 * What a definition did.
 *
 * @param tag the command's name
 * @param notices what was passed over
 */
public record DefinitionResult(String tag, List<String> notices) {
    public DefinitionResult {
        notices = List.copyOf(notices);
    }

    static DefinitionResult done(String tag) {
        return new DefinitionResult(tag, List.of());
    }

    static DefinitionResult passedOver(String tag, String notice) {
        return new DefinitionResult(tag, List.of(notice));
    }
}
