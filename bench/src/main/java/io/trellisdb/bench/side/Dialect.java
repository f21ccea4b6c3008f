package io.trellisdb.bench.side;

import io.trellisdb.bench.data.Cpu;
import java.util.stream.Collectors;

/** How a system spells the table {@code cpu}, its changes and its queries. */
enum Dialect {
    TRELLIS {
        @Override
        String createTable(String table, int hosts) {
            return standardTable(table, "double") + " using timeseries partition by hash (host)";
        }

        @Override
        String upsert(String table) {
            return insert(table).replaceFirst("insert", "upsert");
        }

        @Override
        String bucket(Bucket bucket) {
            return "floor(ts to " + bucket + ")";
        }

        @Override
        String newestOfEachHost() {
            return "select * from cpu latest on ts partition by host";
        }
    },
    QUESTDB {
        @Override
        String createTable(String table, int hosts) {
            int capacity = Integer.highestOneBit(Math.max(hosts, 128)) * 2;
            return "create table " + table + " (ts timestamp, host symbol capacity " + capacity + ", region symbol, "
                    + valueColumns(" double") + ") timestamp(ts) partition by day wal dedup upsert keys(ts, host)";
        }

        @Override
        String upsert(String table) {
            return insert(table);
        }

        @Override
        String bucket(Bucket bucket) {
            return "ts";
        }

        @Override
        String groupByBucket(Bucket bucket, String otherKeys) {
            return " sample by " + (bucket == Bucket.MINUTE ? "1m" : "1h");
        }

        @Override
        String newestOfEachHost() {
            return "select * from cpu latest on ts partition by host";
        }

        @Override
        String timestampLiteral(String text) {
            return "'" + text.replace(' ', 'T') + "Z'";
        }
    },
    POSTGRES {
        @Override
        String createTable(String table, int hosts) {
            return standardTable(table, "double precision");
        }

        @Override
        String upsert(String table) {
            return insert(table) + " on conflict (host, ts) do update set region = excluded.region, "
                    + Cpu.VALUE_COLUMNS.stream()
                            .map(column -> column + " = excluded." + column)
                            .collect(Collectors.joining(", "));
        }

        @Override
        String bucket(Bucket bucket) {
            return "date_trunc('" + bucket + "', ts)";
        }

        /** Skips from host to host in the index, which its DISTINCT does not. */
        @Override
        String newestOfEachHost() {
            return """
                    with recursive hosts as (
                        (select host from cpu order by host limit 1)
                        union all
                        select (select host from cpu where cpu.host > hosts.host order by host limit 1) from hosts
                        where hosts.host is not null)
                    select newest.* from hosts cross join lateral
                        (select * from cpu where cpu.host = hosts.host order by ts desc limit 1) as newest""";
        }
    },
    DUCKDB {
        @Override
        String createTable(String table, int hosts) {
            return standardTable(table, "double");
        }

        @Override
        String upsert(String table) {
            return insert(table).replaceFirst("insert", "insert or replace");
        }

        @Override
        String bucket(Bucket bucket) {
            return "date_trunc('" + bucket + "', ts)";
        }

        /** Thirty times as fast as its DISTINCT ON. */
        @Override
        String newestOfEachHost() {
            return "select * from cpu qualify row_number() over (partition by host order by ts desc) = 1";
        }
    },
    H2 {
        @Override
        String createTable(String table, int hosts) {
            return standardTable(table, "double precision");
        }

        @Override
        String upsert(String table) {
            return insert(table).replaceFirst("insert", "merge").replaceFirst(" values ", " key (host, ts) values ");
        }

        @Override
        String bucket(Bucket bucket) {
            return "date_trunc(" + bucket + ", ts)";
        }
    };

    /** A span of the calendar; its name is the word that most systems use. */
    enum Bucket {
        MINUTE,
        HOUR
    }

    /** @param hosts how many there will be, for systems that want to know */
    abstract String createTable(String table, int hosts);

    /** A change with a parameter for each column that inserts a row or replaces the one with its key. */
    abstract String upsert(String table);

    /** The expression that gives a row's bucket. */
    abstract String bucket(Bucket bucket);

    String insert(String table) {
        return "insert into " + table + " values (?, ?, ?" + ", ?".repeat(Cpu.VALUES) + ")";
    }

    /** The clause that groups by the column {@code bucket} of the select list and perhaps by other columns. */
    String groupByBucket(Bucket bucket, String otherKeys) {
        return " group by " + bucket(bucket) + otherKeys;
    }

    /** The newest row of every host. */
    String newestOfEachHost() {
        return "select distinct on (host) * from cpu order by host, ts desc";
    }

    /** @param text such as {@code 2016-01-01 00:00:00.000} */
    String timestampLiteral(String text) {
        return "timestamp '" + text + "'";
    }

    private static String standardTable(String table, String doubleType) {
        return "create table " + table + " (ts timestamp not null, host varchar(16) not null, region varchar, "
                + valueColumns(" " + doubleType) + ", primary key (host, ts))";
    }

    private static String valueColumns(String type) {
        return Cpu.VALUE_COLUMNS.stream().map(column -> column + type).collect(Collectors.joining(", "));
    }
}
