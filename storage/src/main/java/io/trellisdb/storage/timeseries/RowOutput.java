package io.trellisdb.storage.timeseries;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BytesVectorBuilder;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.storage.series.SeriesCursor;
import io.trellisdb.storage.series.SeriesRows;
import io.trellisdb.storage.series.SeriesShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows of a container's series as a batch of the wanted columns: values from the rows, the others from the series
 * key and the timestamp. Confined to one thread.
 */
public final class RowOutput {
    private static final int TIMESTAMP = -1;
    /** Parts of the series key, from here down. */
    private static final int FIRST_PART = -2;

    private final TimeSeries container;
    private final SeriesShape wanted;
    private final DataType[] types;
    /** Where each column comes from: a place among the wanted values, or one of the numbers above. */
    private final int[] sources;

    private final boolean withRowKey;
    private final List<Chunk> chunks = new ArrayList<>();
    private int rows;
    private long bytes;

    /** Rows of one series. */
    private record Chunk(StoredSeries series, SeriesRows rows) {}

    RowOutput(TimeSeries container, List<Integer> columnIds, boolean withRowKey) {
        this.container = container;
        this.withRowKey = withRowKey;
        this.types = new DataType[columnIds.size()];
        this.sources = new int[types.length];
        ContainerDescriptor descriptor = container.descriptor();
        SeriesShape all = container.layout().shapeOf(descriptor);
        List<Integer> ids = new ArrayList<>();
        List<DataType> stored = new ArrayList<>();
        List<@Nullable Object> absent = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            int id = columnIds.get(i);
            types[i] = column(descriptor, id).type();
            int place = all.placeOf(id);
            if (place >= 0) {
                sources[i] = ids.size();
                ids.add(id);
                stored.add(types[i]);
                absent.add(all.absentValues().get(place));
            } else {
                int part = container.layout().seriesPart(id);
                sources[i] = part < 0 ? TIMESTAMP : FIRST_PART - part;
            }
        }
        this.wanted = new SeriesShape(ids, stored, absent);
    }

    /** A column of the current version; another one is SCHEMA_CHANGED. */
    static ColumnDescriptor column(ContainerDescriptor descriptor, int columnId) {
        int index = descriptor.columnIndex(columnId);
        if (index < 0) {
            throw new TrellisException(
                    ErrorCode.SCHEMA_CHANGED,
                    "column is not known in this version: " + columnId + " of " + descriptor.name() + " version "
                            + descriptor.version());
        }
        return descriptor.columns().get(index);
    }

    /** The values to be read for the rows that are added. */
    SeriesShape wanted() {
        return wanted;
    }

    /** Rows that were added since the last batch. */
    public int rows() {
        return rows;
    }

    /** Bytes of the values that were added since the last batch, about. */
    public long bytes() {
        return bytes;
    }

    void add(StoredSeries series, SeriesRows added) {
        if (!added.isEmpty()) {
            chunks.add(new Chunk(series, added));
            rows += added.count();
            bytes += added.averageRowBytes() * added.count();
        }
    }

    /** Adds the row of a key; false when there is none. */
    public boolean add(byte[] rowKey) {
        StoredSeries series = container.find(rowKey);
        if (series == null) {
            return false;
        }
        long timestamp = container.layout().timestamp(rowKey);
        SeriesCursor cursor = series.series().scan(wanted, timestamp, timestamp, false);
        SeriesRows row = cursor.next(1, Long.MAX_VALUE);
        if (row == null) {
            return false;
        }
        add(series, row);
        return true;
    }

    /** The batch of what was added; the output is empty afterwards. */
    public Batch build() {
        ColumnVector[] vectors = new ColumnVector[types.length + (withRowKey ? 1 : 0)];
        List<ColumnVector[]> parts = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            vectors[i] = sources[i] >= 0 ? values(sources[i], types[i]) : ofKey(sources[i], types[i], parts);
        }
        if (withRowKey) {
            vectors[types.length] = rowKeys();
        }
        int count = rows;
        chunks.clear();
        rows = 0;
        bytes = 0;
        return new Batch(count, vectors);
    }

    private ColumnVector values(int place, DataType type) {
        if (chunks.size() == 1) {
            return chunks.get(0).rows().columns()[place];
        }
        VectorBuilder builder = VectorBuilder.of(type, rows);
        for (Chunk chunk : chunks) {
            builder.appendRange(chunk.rows().columns()[place], 0, chunk.rows().count());
        }
        return builder.build();
    }

    private ColumnVector ofKey(int source, DataType type, List<ColumnVector[]> parts) {
        if (source == TIMESTAMP) {
            return new LongVector(type, timestamps(), null, rows);
        }
        if (parts.isEmpty()) {
            chunks.forEach(
                    chunk -> parts.add(container.layout().decode(chunk.series().key())));
        }
        int part = FIRST_PART - source;
        if (chunks.size() == 1) {
            return parts.get(0)[part].select(new int[rows], rows);
        }
        VectorBuilder builder = VectorBuilder.of(type, rows);
        for (int i = 0; i < parts.size(); i++) {
            for (int row = 0; row < chunks.get(i).rows().count(); row++) {
                builder.appendFrom(parts.get(i)[part], 0);
            }
        }
        return builder.build();
    }

    private long[] timestamps() {
        if (chunks.size() == 1) {
            return Arrays.copyOf(chunks.get(0).rows().timestamps(), rows);
        }
        long[] all = new long[rows];
        int at = 0;
        for (Chunk chunk : chunks) {
            System.arraycopy(chunk.rows().timestamps(), 0, all, at, chunk.rows().count());
            at += chunk.rows().count();
        }
        return all;
    }

    private ColumnVector rowKeys() {
        BytesVectorBuilder builder = (BytesVectorBuilder) VectorBuilder.of(DataType.VARBINARY, rows);
        for (Chunk chunk : chunks) {
            for (int row = 0; row < chunk.rows().count(); row++) {
                byte[] key = container
                        .layout()
                        .rowKey(chunk.series().key(), chunk.rows().timestamps()[row]);
                builder.append(key, 0, key.length);
            }
        }
        return builder.build();
    }
}
