package io.trellisdb.jdbc.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.testing.Seeds;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeConversionTest {
    private static final long FROM = Instant.parse("1880-01-01T00:00:00Z").toEpochMilli();
    private static final long TO = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "GMT+05:30"})
    void timestampsAreWhatTheirCalendarShows(String name) throws SQLException {
        SplittableRandom random = new SplittableRandom(Seeds.next("timestampsAreWhatTheirCalendarShows"));
        TimeZone.setDefault(TimeZone.getTimeZone(name));

        for (int i = 0; i < 5_000; i++) {
            Timestamp timestamp = new Timestamp(random.nextLong(FROM, TO));
            timestamp.setNanos(random.nextInt(1_000_000_000));
            assertEquals(timestamp.toLocalDateTime(), TimeConversion.toDateTime(timestamp, ZoneOffset.UTC));
        }
    }
}
