package io.trellisdb.sql.aggregate;

import java.util.Arrays;

/** A stable merge sort of row numbers: short runs by insertion, then merged, without boxing. */
public final class RowSort {
    private static final int RUN = 16;

    private RowSort() {}

    /** The order of two rows by their numbers. */
    @FunctionalInterface
    public interface RowOrder {
        int compare(int a, int b);
    }

    public static void sort(int[] rows, int from, int to, RowOrder order) {
        int size = to - from;
        if (size < 2) {
            return;
        }
        for (int start = from; start < to; start += RUN) {
            insertionSort(rows, start, Math.min(start + RUN, to), order);
        }
        if (size <= RUN) {
            return;
        }
        int[] source = rows;
        int[] target = Arrays.copyOf(rows, rows.length);
        for (long width = RUN; width < size; width *= 2) {
            for (long start = from; start < to; start += 2 * width) {
                int middle = (int) Math.min(start + width, to);
                int end = (int) Math.min(start + 2 * width, to);
                merge(source, target, (int) start, middle, end, order);
            }
            int[] swapped = source;
            source = target;
            target = swapped;
        }
        if (source != rows) {
            System.arraycopy(source, from, rows, from, size);
        }
    }

    private static void insertionSort(int[] rows, int from, int to, RowOrder order) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int at = i;
            while (at > from && order.compare(rows[at - 1], row) > 0) {
                rows[at] = rows[at - 1];
                at--;
            }
            rows[at] = row;
        }
    }

    private static void merge(int[] source, int[] target, int start, int middle, int end, RowOrder order) {
        if (middle >= end || order.compare(source[middle - 1], source[middle]) <= 0) {
            System.arraycopy(source, start, target, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft = left < middle && (right >= end || order.compare(source[left], source[right]) <= 0);
            target[at] = takeLeft ? source[left++] : source[right++];
        }
    }
}
