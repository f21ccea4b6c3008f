package io.trellisdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.Response.RowBatch;
import io.trellisdb.protocol.message.Response.RowBatch.Progress;
import io.trellisdb.protocol.message.Routing;
import io.trellisdb.protocol.message.StatementKind;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every type through every getter and setter. The scripted server gives back the parameters that it gets. */
final class ConversionTest {
    private static final Instant MOMENT = Instant.parse("2026-03-01T23:30:15.123456789Z");
    private static final LocalDateTime LOCAL = LocalDateTime.parse("2026-03-01T23:30:15.123456789");
    private static final UUID ID = UUID.fromString("6b9f3a52-0c4e-4f5e-9d3a-0123456789ab");
    private static final Map<DataType, Object> SAMPLES = samples();

    private static SocketServer server;
    private static Connection connection;
    private static List<DataType> types = List.of();

    private static Map<DataType, Object> samples() {
        Map<DataType, Object> samples = new LinkedHashMap<>();
        samples.put(DataType.BOOLEAN, true);
        samples.put(DataType.TINYINT, 7);
        samples.put(DataType.SMALLINT, 300);
        samples.put(DataType.INTEGER, 70_000);
        samples.put(DataType.BIGINT, 5_000_000_000L);
        samples.put(DataType.REAL, 1.5f);
        samples.put(DataType.DOUBLE, 2.25);
        samples.put(DataType.decimal(9, 2), new BigDecimal("12.50"));
        samples.put(DataType.decimal(38, 4), new BigDecimal("123456789012345678901.5000"));
        samples.put(DataType.character(3), "abc");
        samples.put(DataType.VARCHAR, "12");
        samples.put(DataType.TEXT, "2026-01-02");
        samples.put(DataType.VARBINARY, new byte[] {1, (byte) 0xFF});
        samples.put(DataType.BLOB, new byte[0]);
        samples.put(DataType.DATE, LocalDate.parse("2026-03-01"));
        samples.put(DataType.time(9), LocalTime.parse("23:30:15.123456789"));
        samples.put(DataType.timestamp(3), LocalDateTime.parse("1969-12-31T23:59:59.999"));
        samples.put(DataType.timestamp(9), LOCAL);
        samples.put(DataType.timestampLtz(9), MOMENT);
        samples.put(DataType.INTERVAL_MONTH, Period.of(1, 2, 0));
        samples.put(DataType.INTERVAL_NANO, Duration.parse("PT26H3M4.5S"));
        samples.put(DataType.UUID, ID);
        samples.put(DataType.array(DataType.INTEGER), List.of(1, 2));
        return samples;
    }

    @BeforeAll
    static void connect() throws Exception {
        server = SocketServer.start((peer, frame) -> {
            if (frame.request() instanceof Request.Prepare) {
                List<ColumnMetadata> columns = new ArrayList<>();
                types.forEach(t -> columns.add(ColumnMetadata.ofExpression("c" + columns.size(), t)));
                peer.reply(
                        frame,
                        new Response.Prepared(1, StatementKind.QUERY, false, types, columns, new Routing.Anywhere()));
            } else if (frame.request() instanceof Request.Execute execute) {
                peer.reply(frame, new RowBatch(0, Progress.LAST, null, execute.parameters()));
            }
        });
        connection = DriverManager.getConnection(server.url("timeZone=Europe/Berlin"));
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
        server.close();
    }

    private interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    private interface Check {
        void check(ResultSet row) throws SQLException;
    }

    /** Sets one parameter of a type and looks at the column that comes back. */
    private static void through(DataType type, Setter setter, Check check) throws SQLException {
        types = List.of(type);
        try (PreparedStatement statement = connection.prepareStatement("select ?")) {
            setter.set(statement);
            try (ResultSet row = statement.executeQuery()) {
                assertTrue(row.next());
                check.check(row);
            }
        }
    }

    private static void reading(DataType type, Check check) throws SQLException {
        through(type, s -> s.setObject(1, SAMPLES.get(type)), check);
    }

    private static void setting(DataType type, Setter setter, Object expected) throws SQLException {
        through(type, setter, row -> assertEquals(expected, row.getObject(1, expected.getClass())));
    }

    private static void refused(String state, DataType type, Setter setter, Check check) {
        SQLException refusal = assertThrows(SQLException.class, () -> through(type, setter, check));
        assertEquals(state, refusal.getSQLState(), refusal.getMessage());
    }

    @Test
    void everyTypeComesBackAsItsOwnClassAndAsText() throws SQLException {
        Map<DataType, String> texts = new LinkedHashMap<>();
        for (Map.Entry<DataType, Object> sample : SAMPLES.entrySet()) {
            reading(sample.getKey(), row -> {
                texts.put(sample.getKey(), row.getString(1));
                Object object = row.getObject("C0");
                assertEquals(
                        row.getMetaData().getColumnClassName(1),
                        classOf(object),
                        sample.getKey().toString());
                if (sample.getKey().kind() != TypeKind.ARRAY && !(sample.getValue() instanceof byte[])) {
                    assertEquals(
                            sample.getValue(),
                            row.getObject(1, sample.getValue().getClass()));
                }
            });
        }
        assertEquals(
                "[true, 7, 300, 70000, 5000000000, 1.5, 2.25, 12.50, 123456789012345678901.5000, abc, 12, 2026-01-02, \\x01ff,"
                        + " \\x, 2026-03-01, 23:30:15.123456789, 1969-12-31 23:59:59.999, 2026-03-01 23:30:15.123456789,"
                        + " 2026-03-02 00:30:15.123456789+01, 1-02, 1 02:03:04.5, " + ID + ", {1,2}]",
                texts.values().toString());
    }

    private static String classOf(Object object) {
        return object instanceof java.sql.Array
                ? java.sql.Array.class.getName()
                : object.getClass().getName();
    }

    @Test
    void nullIsNullThroughEveryGetter() throws SQLException {
        for (DataType type : SAMPLES.keySet()) {
            through(type, s -> s.setNull(1, Types.OTHER, "X"), row -> {
                assertNull(row.getObject(1));
                assertTrue(row.wasNull());
                assertNull(row.getString(1));
                assertEquals(0, row.getInt(1));
                assertEquals(0.0, row.getDouble(1));
                assertFalse(row.getBoolean(1));
                assertNull(row.getBigDecimal(1));
                assertNull(row.getTimestamp(1));
                assertNull(row.getBytes(1));
                assertNull(row.getObject(1, LocalDate.class));
                assertNull(row.getArray(1));
            });
        }
    }

    @Test
    void numbersAreReadAsEachOther() throws SQLException {
        for (DataType type :
                List.of(DataType.TINYINT, DataType.REAL, DataType.DOUBLE, DataType.decimal(9, 2), DataType.VARCHAR)) {
            reading(type, row -> {
                long whole = row.getLong(1);
                assertEquals(whole, row.getByte(1));
                assertEquals(whole, row.getShort(1));
                assertEquals(whole, row.getInt(1));
                assertEquals(whole, (long) row.getDouble(1));
                assertEquals(whole, (long) row.getFloat(1));
                assertEquals(whole, row.getBigDecimal(1).longValue());
                assertEquals(BigInteger.valueOf(whole), row.getObject(1, BigInteger.class));
                assertTrue(!type.kind().isNumeric() || row.getBoolean(1));
            });
        }
        reading(DataType.BOOLEAN, row -> assertEquals(1, row.getInt(1)));
        reading(DataType.decimal(9, 2), row -> assertEquals(12, row.getInt(1)));
    }

    @Test
    void digitsThatDoNotFitAreRefused() throws SQLException {
        Setter large = s -> s.setLong(1, 1L << 40);
        refused("22003", DataType.BIGINT, large, row -> row.getInt(1));
        refused("22003", DataType.BIGINT, large, row -> row.getShort(1));
        refused("22003", DataType.BIGINT, large, row -> row.getByte(1));
        refused("22003", DataType.INTEGER, large, row -> {});
        refused("22003", DataType.TINYINT, s -> s.setInt(1, 128), row -> {});
        refused("22003", DataType.decimal(4, 2), s -> s.setString(1, "100"), row -> {});
        refused("22003", DataType.BIGINT, s -> s.setBigDecimal(1, new BigDecimal("1e999999999")), row -> {});
        refused("22003", DataType.decimal(4, 2), s -> s.setBigDecimal(1, new BigDecimal("1e999999999")), row -> {});
        refused("22003", DataType.REAL, s -> s.setDouble(1, 1e300), row -> {});
        refused("22003", DataType.INTEGER, s -> s.setDouble(1, Double.NaN), row -> {});
        through(
                DataType.decimal(4, 2),
                s -> s.setBigDecimal(1, new BigDecimal("1e-999999999")),
                row -> assertEquals(new BigDecimal("0.00"), row.getBigDecimal(1)));
    }

    @Test
    void parametersRoundHalfUpAsCastsDo() throws SQLException {
        setting(DataType.INTEGER, s -> s.setDouble(1, 2.5), 3);
        setting(DataType.INTEGER, s -> s.setObject(1, new BigDecimal("-2.5")), -3);
        setting(DataType.decimal(9, 2), s -> s.setDouble(1, 0.125), new BigDecimal("0.13"));
        setting(
                DataType.decimal(9, 2),
                s -> s.setObject(1, new BigDecimal("0.149"), Types.DECIMAL, 1),
                new BigDecimal("0.10"));
        setting(DataType.timestamp(3), s -> s.setObject(1, LOCAL), LocalDateTime.parse("2026-03-01T23:30:15.123"));
        setting(DataType.BOOLEAN, s -> s.setInt(1, 1), true);
        setting(DataType.BOOLEAN, s -> s.setString(1, "No"), false);
    }

    @Test
    void textIsAcceptedWhereItMeansAValue() throws SQLException {
        setting(DataType.DATE, s -> s.setString(1, "2026-03-01"), LocalDate.parse("2026-03-01"));
        setting(DataType.time(3), s -> s.setString(1, "23:30:15.123"), LocalTime.parse("23:30:15.123"));
        setting(
                DataType.timestamp(6),
                s -> s.setString(1, "2026-03-01 23:30:15"),
                LocalDateTime.parse("2026-03-01T23:30:15"));
        setting(DataType.timestamp(6), s -> s.setString(1, "2026-03-01"), LocalDateTime.parse("2026-03-01T00:00"));
        setting(
                DataType.timestampLtz(6),
                s -> s.setString(1, "2026-03-01 23:30:15+02:00"),
                Instant.parse("2026-03-01T21:30:15Z"));
        setting(DataType.UUID, s -> s.setString(1, ID.toString()), ID);
        setting(DataType.INTERVAL_MONTH, s -> s.setString(1, "P1Y2M"), Period.of(1, 2, 0));
        setting(DataType.INTERVAL_NANO, s -> s.setString(1, "PT1.5S"), Duration.ofMillis(1_500));
        refused("22007", DataType.DATE, s -> s.setString(1, "2026-02-30"), row -> {});
        refused("22007", DataType.timestamp(3), s -> s.setString(1, "soon"), row -> {});
        refused("22018", DataType.UUID, s -> s.setString(1, "x"), row -> {});
        refused("22018", DataType.DOUBLE, s -> s.setString(1, "x"), row -> {});
    }

    @Test
    void timesWithoutZoneAreUtcWhereAnInstantIsAsked() throws SQLException {
        reading(DataType.timestamp(9), row -> {
            assertEquals(MOMENT, row.getObject(1, Instant.class));
            assertEquals(MOMENT.atOffset(ZoneOffset.UTC), row.getObject(1, OffsetDateTime.class));
            assertEquals(LOCAL.toLocalDate(), row.getObject(1, LocalDate.class));
            assertEquals(LOCAL.toLocalTime(), row.getObject(1, LocalTime.class));
            assertEquals(Timestamp.valueOf(LOCAL), row.getTimestamp(1));
            assertEquals(Date.valueOf(LOCAL.toLocalDate()), row.getDate(1));
        });
        setting(DataType.timestamp(9), s -> s.setObject(1, MOMENT.atOffset(ZoneOffset.ofHours(5))), LOCAL);
        setting(DataType.timestamp(9), s -> s.setObject(1, MOMENT.atZone(ZoneId.of("Asia/Tokyo"))), LOCAL);
        setting(DataType.timestamp(9), s -> s.setObject(1, MOMENT), LOCAL);
        setting(DataType.timestamp(9), s -> s.setTimestamp(1, Timestamp.valueOf(LOCAL)), LOCAL);
    }

    @Test
    void instantsAreShownInTheSessionsZone() throws SQLException {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        reading(DataType.timestampLtz(9), row -> {
            assertEquals(MOMENT.atZone(berlin).toOffsetDateTime(), row.getObject(1));
            assertEquals(MOMENT.atZone(berlin), row.getObject(1, ZonedDateTime.class));
            assertEquals(MOMENT.atZone(berlin).toLocalDateTime(), row.getObject(1, LocalDateTime.class));
            assertEquals(Timestamp.from(MOMENT), row.getTimestamp(1));
            assertEquals(Timestamp.from(MOMENT), row.getTimestamp(1, calendar("Asia/Tokyo")));
        });
        DataType type = DataType.timestampLtz(9);
        setting(type, s -> s.setObject(1, MOMENT.atZone(ZoneId.of("Asia/Tokyo"))), MOMENT);
        setting(type, s -> s.setTimestamp(1, Timestamp.from(MOMENT)), MOMENT);
        setting(type, s -> s.setTimestamp(1, Timestamp.from(MOMENT), calendar("Asia/Tokyo")), MOMENT);
        setting(type, s -> s.setObject(1, LOCAL), LOCAL.atZone(berlin).toInstant());
    }

    private static Calendar calendar(String zone) {
        return new GregorianCalendar(TimeZone.getTimeZone(zone));
    }

    @Test
    void calendarsSayWhereClassesOfJavaSqlLie() throws SQLException {
        Calendar tokyo = calendar("Asia/Tokyo");
        Timestamp inTokyo = Timestamp.from(LOCAL.atZone(ZoneId.of("Asia/Tokyo")).toInstant());
        reading(DataType.timestamp(9), row -> assertEquals(inTokyo, row.getTimestamp(1, tokyo)));
        setting(DataType.timestamp(9), s -> s.setTimestamp(1, inTokyo, tokyo), LOCAL);
        Date dayInTokyo = new Date(LocalDate.parse("2026-03-01")
                .atStartOfDay(ZoneId.of("Asia/Tokyo"))
                .toInstant()
                .toEpochMilli());
        reading(DataType.DATE, row -> assertEquals(dayInTokyo, row.getDate(1, tokyo)));
        setting(DataType.DATE, s -> s.setDate(1, dayInTokyo, tokyo), LocalDate.parse("2026-03-01"));
        reading(DataType.time(9), row -> {
            Time time = row.getTime(1, tokyo);
            assertEquals(
                    LocalTime.parse("23:30:15.123"),
                    Instant.ofEpochMilli(time.getTime())
                            .atZone(ZoneId.of("Asia/Tokyo"))
                            .toLocalTime());
        });
        setting(DataType.time(9), s -> s.setTime(1, Time.valueOf("01:02:03")), LocalTime.parse("01:02:03"));
        setting(DataType.DATE, s -> s.setDate(1, Date.valueOf("2026-03-01")), LocalDate.parse("2026-03-01"));
    }

    @Test
    void binaryAndStreamsCarryBytes() throws SQLException {
        byte[] bytes = {0, 1, (byte) 0xFE};
        through(DataType.VARBINARY, s -> s.setBinaryStream(1, new ByteArrayInputStream(bytes)), row -> {
            assertArrayEquals(bytes, row.getBytes(1));
            assertArrayEquals(bytes, (byte[]) row.getObject(1));
        });
        through(
                DataType.VARBINARY,
                s -> s.setBinaryStream(1, new ByteArrayInputStream(bytes), 2),
                row -> assertEquals(2, row.getBytes(1).length));
        through(DataType.TEXT, s -> s.setCharacterStream(1, new StringReader("abcü"), 4L), row -> {
            assertEquals("abcü", row.getString(1));
            assertArrayEquals("abcü".getBytes(StandardCharsets.UTF_8), row.getBytes(1));
        });
        refused("22018", DataType.VARBINARY, s -> s.setInt(1, 1), row -> {});
        refused("22018", DataType.INTEGER, s -> s.setInt(1, 1), row -> row.getBinaryStream(1));
    }

    @Test
    void arraysTravelBothWays() throws SQLException {
        DataType type = DataType.array(DataType.INTEGER);
        for (Object source : new Object[] {List.of(4, 5), new int[] {4, 5}, new Object[] {"4", 5L}}) {
            through(
                    type,
                    s -> s.setObject(1, source),
                    row -> assertArrayEquals(
                            new Object[] {4, 5}, (Object[]) row.getArray(1).getArray()));
        }
        through(
                type,
                s -> s.setArray(1, connection.createArrayOf("BIGINT", new Object[] {6, null})),
                row -> assertArrayEquals(
                        new Object[] {6, null}, (Object[]) row.getArray(1).getArray()));
        refused("22018", type, s -> s.setString(1, "{1}"), row -> {});
    }

    @Test
    void classesThatATypeCannotBecomeAreRefused() {
        refused("22018", DataType.UUID, s -> s.setObject(1, ID), row -> row.getInt(1));
        refused("22018", DataType.DATE, s -> s.setString(1, "2026-03-01"), row -> row.getTime(1));
        refused("22018", DataType.INTEGER, s -> s.setInt(1, 1), row -> row.getObject(1, LocalDate.class));
        refused("22018", DataType.INTEGER, s -> s.setInt(1, 1), row -> row.getObject(1, Thread.class));
        refused("22018", DataType.BOOLEAN, s -> s.setString(1, "perhaps"), row -> {});
        assertThrows(SQLDataException.class, () -> reading(DataType.VARCHAR, row -> row.getObject(1, UUID.class)));
    }
}
