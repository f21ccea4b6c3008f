package io.trellisdb.storage.timeseries;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.AggregateCursor;
import io.trellisdb.storage.AggregateRequest;
import io.trellisdb.storage.TimeBucket;
import io.trellisdb.storage.series.SeriesCursor;
import io.trellisdb.storage.series.SeriesPiece;
import io.trellisdb.storage.series.SeriesRows;
import io.trellisdb.storage.series.SeriesShape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates by series and bucket. The groups of one series come in the order of time, so that only the last one is open;
 * buckets over several series are all open at once, up to a bound. Confined to one thread.
 */
final class SeriesAggregation implements AggregateCursor {
    /** Buckets over several series that are kept open; with more of them some are given out in parts. */
    static final int OPEN_BUCKETS = 100_000;

    private static final byte[] NO_KEY = new byte[0];

    private final AggregateRequest request;
    private final SeriesShape wanted;
    private final SeriesWalk walk;
    private final Deque<Group> ready = new ArrayDeque<>();
    private final TreeMap<Long, Group> open = new TreeMap<>();
    private @Nullable Group last;
    private @Nullable StoredSeries series;
    private @Nullable SeriesCursor cursor;
    private @Nullable Group current;

    /** One result. */
    private static final class Group {
        private final byte[] key;
        private final long bucket;
        private final ColumnAggregate[] aggregates;
        private long rows;

        Group(byte[] key, long bucket, SeriesShape wanted) {
            this.key = key;
            this.bucket = bucket;
            this.aggregates = new ColumnAggregate[wanted.columnCount()];
            for (int i = 0; i < aggregates.length; i++) {
                aggregates[i] = ColumnAggregate.of(wanted.types().get(i));
            }
        }

        void add(SeriesRows from, int start, int end) {
            rows += end - start;
            for (int i = 0; i < aggregates.length; i++) {
                aggregates[i].add(from.columns()[i], start, end);
            }
        }

        void add(SeriesPiece piece) {
            rows += piece.count();
            piece.addTo(aggregates);
        }
    }

    SeriesAggregation(TimeSeries container, AggregateRequest request) {
        this.request = request;
        this.wanted = shape(container, request.columnIds());
        this.walk = new SeriesWalk(container.table(), request.series(), false);
    }

    private static SeriesShape shape(TimeSeries container, List<Integer> columnIds) {
        SeriesShape all = container.layout().shapeOf(container.descriptor());
        List<DataType> types = new ArrayList<>();
        List<@Nullable Object> absent = new ArrayList<>();
        for (int id : columnIds) {
            types.add(RowOutput.column(container.descriptor(), id).type());
            absent.add(all.absentValues().get(all.placeOf(id)));
        }
        return new SeriesShape(columnIds, types, absent);
    }

    @Override
    public boolean next() {
        while (ready.isEmpty()) {
            if (!advance()) {
                current = null;
                return false;
            }
        }
        current = ready.removeFirst();
        return true;
    }

    /** Works on one piece of rows; false when all groups were given out. */
    private boolean advance() {
        SeriesCursor rows = cursor;
        if (rows == null) {
            series = walk.next();
            if (series == null) {
                return finish();
            }
            rows = series.series().scan(wanted, request.from(), request.to(), false);
            cursor = rows;
        }
        SeriesPiece piece = rows.nextPiece();
        if (piece == null) {
            cursor = null;
            if (request.groupBySeries()) {
                closeLast();
            }
            return true;
        }
        add(piece);
        if (open.size() > OPEN_BUCKETS) {
            closeAll();
        }
        return true;
    }

    private boolean finish() {
        closeLast();
        closeAll();
        return !ready.isEmpty();
    }

    private void closeLast() {
        if (last != null && request.groupBySeries()) {
            ready.add(last);
        }
        last = null;
    }

    private void closeAll() {
        ready.addAll(open.values());
        open.clear();
        last = null;
    }

    private void add(SeriesPiece piece) {
        TimeBucket bucket = request.bucket();
        if (bucket == null) {
            group(0).add(piece);
            return;
        }
        long first = bucket.start(piece.firstTimestamp());
        if (first == bucket.start(piece.lastTimestamp())) {
            group(first).add(piece);
            return;
        }
        SeriesRows rows = piece.readAll();
        int start = 0;
        while (start < rows.count()) {
            long begin = bucket.start(rows.timestamps()[start]);
            long after = begin + bucket.width();
            int end = after < begin ? rows.count() : rows.firstAtOrAfter(after, start);
            group(begin).add(rows, start, end);
            start = end;
        }
    }

    private Group group(long bucket) {
        Group known = last;
        if (known != null && known.bucket == bucket) {
            return known;
        }
        Group group;
        if (request.groupBySeries()) {
            closeLast();
            group = new Group(series == null ? NO_KEY : series.key(), bucket, wanted);
        } else {
            group = open.computeIfAbsent(bucket, start -> new Group(NO_KEY, start, wanted));
        }
        last = group;
        return group;
    }

    private Group current() {
        if (current == null) {
            throw new IllegalStateException("there is no group");
        }
        return current;
    }

    @Override
    public byte[] seriesKey() {
        return current().key;
    }

    @Override
    public long bucketStart() {
        return current().bucket;
    }

    @Override
    public long rows() {
        return current().rows;
    }

    @Override
    public ColumnAggregate aggregate(int place) {
        return current().aggregates[place];
    }

    @Override
    public void close() {
        ready.clear();
        open.clear();
        last = null;
        cursor = null;
    }
}
