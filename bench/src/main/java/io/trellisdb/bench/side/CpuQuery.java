package io.trellisdb.bench.side;

import io.trellisdb.bench.data.Cpu;
import io.trellisdb.bench.side.Dialect.Bucket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The queries T1 to T9, after those of the Time Series Benchmark Suite. */
enum CpuQuery {
    T1("T1", "all columns of one host, 1 h") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return new Question(
                    "select * from cpu where " + HOST + " and " + WINDOW, draw.hostsAndWindow(1, Duration.ofHours(1)));
        }
    },
    T2("T2", "maximum per minute of one host, 1 h") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return maxima(dialect, draw, Bucket.MINUTE, 1, 1, Duration.ofHours(1));
        }
    },
    T3("T3", "5 maxima per minute over 8 hosts, 1 h") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return maxima(dialect, draw, Bucket.MINUTE, FIVE, EIGHT, Duration.ofHours(1));
        }
    },
    T3B("T3b", "5 maxima per minute of one host, 12 h") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return maxima(dialect, draw, Bucket.MINUTE, FIVE, 1, Duration.ofHours(12));
        }
    },
    T4("T4", "10 maxima per hour over 8 hosts, 8 h") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return maxima(dialect, draw, Bucket.HOUR, Cpu.VALUES, EIGHT, Duration.ofHours(8));
        }
    },
    T5_1("T5-1", "1 mean per hour and host, 12 h") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return means(dialect, draw, 1);
        }
    },
    T5_5("T5-5", "5 means per hour and host, 12 h") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return means(dialect, draw, FIVE);
        }
    },
    T5_ALL("T5-all", "10 means per hour and host, 12 h") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return means(dialect, draw, Cpu.VALUES);
        }
    },
    T6("T6", "last 5 minutes' maxima over all hosts") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return new Question(
                    "select " + dialect.bucket(Bucket.MINUTE) + " as bucket, max(usage_user) from cpu where ts < ?"
                            + dialect.groupByBucket(Bucket.MINUTE, "") + " order by bucket desc limit 5",
                    List.of(draw.moment()));
        }
    },
    T7_ALL("T7-all", "rows above 90, all hosts, 12 h") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return new Question(
                    "select * from cpu where usage_user > 90 and " + WINDOW, draw.window(Duration.ofHours(12)));
        }
    },
    T7_1("T7-1", "rows above 90, one host, 12 h") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return new Question(
                    "select * from cpu where usage_user > 90 and " + HOST + " and " + WINDOW,
                    draw.hostsAndWindow(1, Duration.ofHours(12)));
        }
    },
    T8("T8", "newest row of every host") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return new Question(dialect.newestOfEachHost(), List.of());
        }
    },
    T9A("T9a", "4 aggregates per host over everything") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return new Question(
                    "select host, min(usage_user), max(usage_user), avg(usage_user), count(usage_user) from cpu"
                            + " group by host",
                    List.of());
        }
    },
    T9B("T9b", "count and sum over everything") {
        @Override
        Question ask(Dialect dialect, Questions draw) {
            return new Question("select count(*), sum(usage_user) from cpu", List.of());
        }
    };

    private static final String HOST = "host = ?";
    private static final String WINDOW = "ts >= ? and ts < ?";
    private static final int FIVE = 5;
    private static final int EIGHT = 8;

    private final String label;
    private final String meaning;

    CpuQuery(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** The next question of this kind. */
    abstract Question ask(Dialect dialect, Questions draw);

    String label() {
        return label;
    }

    String meaning() {
        return meaning;
    }

    private static Question maxima(
            Dialect dialect, Questions draw, Bucket bucket, int columns, int hosts, Duration window) {
        List<Object> values = draw.hostsAndWindow(hosts, window);
        int drawn = values.size() - 2;
        String which = drawn == 1 ? HOST : "host in (?" + ", ?".repeat(drawn - 1) + ")";
        String sql = "select " + dialect.bucket(bucket) + " as bucket, " + each("max", columns) + " from cpu where "
                + which + " and " + WINDOW + dialect.groupByBucket(bucket, "") + " order by bucket";
        return new Question(sql, values);
    }

    private static Question means(Dialect dialect, Questions draw, int columns) {
        String sql = "select " + dialect.bucket(Bucket.HOUR) + " as bucket, host, " + each("avg", columns)
                + " from cpu where " + WINDOW + dialect.groupByBucket(Bucket.HOUR, ", host")
                + " order by bucket, host";
        return new Question(sql, draw.window(Duration.ofHours(12)));
    }

    private static String each(String function, int columns) {
        return Cpu.VALUE_COLUMNS.subList(0, columns).stream()
                .map(column -> function + "(" + column + ")")
                .collect(Collectors.joining(", "));
    }
}
