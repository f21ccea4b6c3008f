package io.trellisdb.storage.block;

import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.NullBits;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Restores strings and binary as {@link BytesColumnWriter} wrote them. Made for one use; confined to one thread. */
final class BytesColumnReader {
    private final byte[] bytes;
    private final int count;
    private final boolean isDictionary;
    private final LongStream lengths;
    private final int sectionLength;
    private final int storedLength;
    private final int sectionAt;
    private final @Nullable LongStream codes;

    BytesColumnReader(byte[] bytes, ByteReader header, BodyCursor body, int count) {
        this.bytes = bytes;
        this.count = count;
        int form = header.readUnsignedByte();
        if (form > BytesColumnWriter.DICTIONARY) {
            throw header.failure("strings have an unknown form: " + form);
        }
        this.isDictionary = form == BytesColumnWriter.DICTIONARY;
        int entries = isDictionary ? header.readVarInt() : count;
        if (entries < 0 || entries > count) {
            throw header.failure("dictionary is larger than the column: " + entries);
        }
        this.lengths = LongStream.read(header, body, entries);
        this.sectionLength = header.readVarInt();
        this.storedLength = header.readVarInt();
        if (sectionLength < 0 || sectionLength > BlockFormat.MAX_COLUMN_BYTES || storedLength > sectionLength) {
            throw header.failure("strings are too long: " + Integer.toUnsignedString(sectionLength));
        }
        this.sectionAt = body.take(storedLength);
        this.codes = isDictionary ? LongStream.read(header, body, count) : null;
    }

    BytesVector decode(DataType type, long @Nullable [] nulls, int from, int to) {
        long[] length = new long[lengths.count()];
        lengths.decode(bytes, 0, length.length, length, 0);
        int[] ends =
                ColumnReader.offsets(length, isDictionary ? null : nulls, length.length, BlockFormat.MAX_COLUMN_BYTES);
        if (ends[length.length] != sectionLength) {
            throw BodyCursor.damage("strings have another length: " + ends[length.length] + ", " + sectionLength);
        }
        byte[] section = bytes;
        int at = sectionAt;
        if (storedLength < sectionLength) {
            section = Compression.decompress(bytes, sectionAt, storedLength, sectionLength);
            at = 0;
        }
        long[] part = NullBits.slice(nulls, from, to);
        if (codes != null) {
            return decodeCodes(type, codes, section, at, ends, part, from, to);
        }
        int[] offsets = new int[to - from + 1];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = ends[from + i] - ends[from];
        }
        byte[] copy = Arrays.copyOfRange(section, at + ends[from], at + ends[to]);
        return new BytesVector(type, copy, offsets, part, to - from);
    }

    private BytesVector decodeCodes(
            DataType type,
            LongStream rows,
            byte[] section,
            int at,
            int[] ends,
            long @Nullable [] nulls,
            int from,
            int to) {
        long[] code = new long[to - from];
        rows.decode(bytes, from, to, code, 0);
        int[] offsets = new int[code.length + 1];
        int end = 0;
        for (int i = 0; i < code.length; i++) {
            if (code[i] < 0 || code[i] >= ends.length - 1) {
                throw BodyCursor.damage("code is not in the dictionary: " + code[i]);
            }
            int entry = (int) code[i];
            int length = NullBits.isNull(nulls, i) ? 0 : ends[entry + 1] - ends[entry];
            if (length > BlockFormat.MAX_COLUMN_BYTES - end) {
                throw BodyCursor.damage("strings are too long: row " + (from + i) + " of " + count);
            }
            end += length;
            offsets[i + 1] = end;
        }
        byte[] values = new byte[end];
        for (int i = 0; i < code.length; i++) {
            int entry = (int) code[i];
            System.arraycopy(section, at + ends[entry], values, offsets[i], offsets[i + 1] - offsets[i]);
        }
        return new BytesVector(type, values, offsets, nulls, code.length);
    }
}
