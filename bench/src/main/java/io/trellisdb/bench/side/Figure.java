package io.trellisdb.bench.side;

/**
 * One cell of the table.
 *
 * @param value to compare with others; NaN when there is none
 * @param text as it is printed
 */
record Figure(double value, String text) {
    static Figure words(String text) {
        return new Figure(Double.NaN, text);
    }
}
