package io.trellisdb.common.aggregate;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;

/** Of columns whose values have no order, such as arrays: only the count. */
public final class CountAggregate extends ColumnAggregate {
    @Override
    int addValues(ColumnVector vector, int from, int to) {
        int values = 0;
        for (int row = from; row < to; row++) {
            values += vector.isNull(row) ? 0 : 1;
        }
        return values;
    }

    @Override
    void mergeValues(ColumnAggregate later) {}

    @Override
    void encodeValues(ByteWriter out) {}

    @Override
    void decodeValues(ByteReader in) {}
}
