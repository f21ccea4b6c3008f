package io.trellisdb.storage.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.type.DataType;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of blocks do not change by accident. */
final class BlockFormatTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void smallBlockHasTheseBytes() {
        BatchBuilder rows = new BatchBuilder(List.of(DataType.BIGINT, DataType.TEXT), 2);
        rows.appendRow(5L, "a");
        rows.appendRow(null, "bc");
        byte[] block = new BlockWriter().encode(new long[] {100, 200}, new int[] {3, 9}, rows.build());

        String expected = "0102000200020000" // version, form, rows, columns
                + "0000003e0000003e" // lengths
                + "000000000000006400000000000000c8" // first and last timestamp
                + "0309" // column ids
                + "020305050b" // rows; types
                + "0011c80100640102010a0011020001006162638468ede3"; // columns; checksum
        assertEquals(expected, HEX.formatHex(block));
    }

    @Test
    void blockOfColumnsHasTheseBytes() {
        BatchBuilder rows = new BatchBuilder(List.of(DataType.DOUBLE, DataType.INTEGER, DataType.TEXT), 64);
        long[] timestamps = new long[64];
        for (int i = 0; i < 64; i++) {
            timestamps[i] = 1000 + 10L * i;
            rows.appendRow(i == 5 ? Double.NaN : i * i % 7 / 4.0, i == 8 ? null : i % 13 * 3, i % 3 == 0 ? "x" : "yz");
        }
        Batch batch = rows.build();
        byte[] block = new BlockWriter().encode(timestamps, new int[] {1, 2, 4}, batch);

        String expected = "0101004000030000" // version, form, rows, columns
                + "000000c900000168" // lengths of header and block
                + "00000000000003e8000000000000065e" // first and last timestamp
                + "0000000000000070000000d00000000000000000" // timestamps
                + "0000000100000076000000d00000004872d22195" // column 1
                + "0000000200000099000001180000003861ce7213" // column 2
                + "00000004000000a90000015000000010965a8d12" // column 4
                + "02d00f140000" // timestamps' stream
                + "0200404001010000000200000000020200d42f7ff80000000000000000020101000700" // column 1
                + "0000403f0048004200ac110101000600" // column 2
                + "0400404001017802797a0178017800010202020200000303010001001800c6ea" // column 4, checksum; bodies
                + "00000000000000800c592693650019b24c46ce003264998c9c0164c832193903c890653272069021"
                + "cb64e40c204396c9c81940862c939133800c59262367000500000000000000000000000000f87f00"
                + "01000000000000c06024cc2355d5e68524301809f34815b67921090c46c23c52856d5e4802839130"
                + "8f54619b1792c06024cc2355d8e68578797a0000000000b66ddbb66ddbb66d0000000000000000"; // the rest
        assertEquals(expected, HEX.formatHex(block));
    }
}
