package io.trellisdb.sql.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SuggestionsTest {
    private static final List<String> NAMES = List.of("name", "salary", "hired", "id");

    @Test
    void theNearestNameIsMeant() {
        assertEquals(Optional.of("salary"), Suggestions.nearest("salry", NAMES));
    }

    @Test
    void exchangedLettersAreOneMistake() {
        assertEquals(Optional.of("hired"), Suggestions.nearest("hierd", NAMES));
    }

    @Test
    void aFarNameIsNotSuggested() {
        assertEquals(Optional.empty(), Suggestions.nearest("quantity", NAMES));
    }

    @Test
    void shortNamesAllowFewMistakes() {
        assertEquals(Optional.empty(), Suggestions.nearest("xy", NAMES));
    }

    @Test
    void aKnownNameNeedsNoSuggestion() {
        assertEquals(Optional.empty(), Suggestions.nearest("name", NAMES));
    }
}
