package io.trellisdb.sql.kernel;

import static io.trellisdb.sql.kernel.Calls.check;
import static io.trellisdb.sql.kernel.Calls.constant;
import static io.trellisdb.sql.kernel.Calls.fails;
import static io.trellisdb.sql.kernel.Calls.typed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayFunctionsTest {
    private static final DataType INT = DataType.INTEGER;
    private static final DataType INTS = DataType.array(INT);
    private static final DataType TEXT = DataType.VARCHAR;

    private static Object ints(Integer... values) {
        return typed(Arrays.asList(values), INTS);
    }

    @Test
    void arraysAreBuiltAndMeasured() {
        check(List.of(1, 2), "ARRAY", INTS, 1, 2);
        check(List.of(1L, 2L), "ARRAY", DataType.array(DataType.BIGINT), 1, 2L);
        check(3, "CARDINALITY", INT, ints(1, null, 3));
        check(0, "CARDINALITY", INT, ints());
        check(null, "ARRAY_LENGTH", INT, ints(), 1);
        check(List.of(1, 2, 3), "||", INTS, ints(1), ints(2, 3));
        check(List.of(1, 2), "ARRAY_APPEND", INTS, ints(1), 2);
        check("1,x,3", "ARRAY_TO_STRING", TEXT, ints(1, null, 3), ",", "x");
        check("1,3", "ARRAY_TO_STRING", TEXT, ints(1, null, 3), ",");
    }

    @Test
    void elementsCountFromOne() {
        check(7, "ITEM", INT, ints(7, 8), 1);
        check(null, "ITEM", INT, ints(7, 8), 0);
        check(null, "ITEM", INT, ints(7, 8), 3);
        check(true, "ARRAY_CONTAINS", DataType.BOOLEAN, ints(7, 8), 8);
        check(false, "ARRAY_CONTAINS", DataType.BOOLEAN, ints(7, 8), 9);
        check(null, "ARRAY_CONTAINS", DataType.BOOLEAN, ints(7, null), 9);
        check(2, "ARRAY_POSITION", INT, ints(7, 8), 8);
        check(true, "<", DataType.BOOLEAN, ints(1, 2), ints(1, 3));
        check(true, "<", DataType.BOOLEAN, ints(1), ints(1, 3));
    }

    @Test
    void binaryIsEncodedAndIdsAreRandom() {
        check("00ff", "ENCODE", TEXT, new byte[] {0, -1}, "hex");
        check(new byte[] {0, -1}, "DECODE", DataType.VARBINARY, "00ff", "hex");
        check("AP8=", "ENCODE", TEXT, new byte[] {0, -1}, "base64");
        fails(ErrorCode.INVALID_PARAMETER, "rot13", "ENCODE", TEXT, new byte[] {0}, "rot13");
        assertNotEquals(constant("GEN_RANDOM_UUID", DataType.UUID), constant("GEN_RANDOM_UUID", DataType.UUID));
    }

    @Test
    void everyFunctionIsListedOnce() {
        assertEquals(Functions.names().size(), Functions.all().size());
        assertTrue(Functions.isImplemented("TIME_BUCKET"));
        assertEquals(2, Functions.find("SUBSTRING").orElseThrow().required());
        assertEquals(false, Functions.find("RANDOM").orElseThrow().deterministic());
    }

    @Test
    void originsAreReadAsTheirMoments() {
        var moment = java.time.LocalDateTime.parse("2024-07-01T12:30");
        var origin = java.time.LocalDateTime.parse("2024-01-01T06:00");
        // 06:00 UTC is 07:00 in Berlin's winter: its summer days begin at 05:00 UTC
        assertEquals(
                java.time.LocalDateTime.parse("2024-07-01T05:00"),
                constant(
                        "TIME_BUCKET",
                        DataType.timestamp(6),
                        java.time.Duration.ofDays(1),
                        moment,
                        origin,
                        "Europe/Berlin"));
    }
}
