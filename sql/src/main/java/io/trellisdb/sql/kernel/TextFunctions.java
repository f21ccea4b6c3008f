package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import java.util.Locale;

/** String functions beyond the standard's, with PostgreSQL's meaning. */
final class TextFunctions {
    private TextFunctions() {}

    static void register(Functions.Registry registry) {
        registry.add(
                "REPLACE",
                "STRING STRING STRING",
                Result.VARCHAR,
                request -> Kernels.strings(
                        request.result(), (a, row) -> replace(a[0].string(row), a[1].string(row), a[2].string(row))));
        registry.add(
                "TRANSLATE",
                "STRING STRING STRING",
                Result.VARCHAR,
                request -> Kernels.strings(
                        request.result(), (a, row) -> translate(a[0].string(row), a[1].string(row), a[2].string(row))));
        registry.add("LPAD", "STRING INTEGER STRING?", Result.VARCHAR, request -> pad(request, true));
        registry.add("RPAD", "STRING INTEGER STRING?", Result.VARCHAR, request -> pad(request, false));
        registry.add(
                "REVERSE",
                "STRING",
                Result.VARCHAR,
                request -> Kernels.strings(request.result(), (a, row) -> new StringBuilder(a[0].string(row))
                        .reverse()
                        .toString()));
        registry.add(
                "REPEAT",
                "STRING INTEGER",
                Result.VARCHAR,
                request -> Kernels.strings(request.result(), (a, row) -> {
                    long times = Math.max(0, a[1].integer(row));
                    long length =
                            Math.multiplyHigh(times, a[0].length(row)) != 0 ? Long.MAX_VALUE : times * a[0].length(row);
                    Limits.checkValue(length);
                    return a[0].length(row) == 0 ? "" : a[0].string(row).repeat((int) times);
                }));
        registry.add(
                "SPLIT_PART",
                "STRING STRING INTEGER",
                Result.VARCHAR,
                request -> Kernels.strings(
                        request.result(),
                        (a, row) -> splitPart(a[0].string(row), a[1].string(row), a[2].integer(row))));
        registry.add(
                "INITCAP",
                "STRING",
                Result.VARCHAR,
                request -> Kernels.strings(request.result(), (a, row) -> initCap(a[0].string(row))));
        registry.add(
                "ASCII",
                "STRING",
                Result.INTEGER,
                request -> Kernels.longs(
                        request.result(),
                        (a, row) -> a[0].length(row) == 0 ? 0 : a[0].string(row).codePointAt(0)));
        registry.add(
                "CHR",
                "INTEGER",
                Result.VARCHAR,
                request -> Kernels.strings(request.result(), (a, row) -> character(a[0].integer(row))));
        registry.add("CONCAT", "ANY*", Result.VARCHAR, request -> concat(request, false));
        registry.add("CONCAT_WS", "STRING ANY*", Result.VARCHAR, request -> concat(request, true));
        registry.add(
                "TO_HEX",
                "INTEGER",
                Result.VARCHAR,
                request -> Kernels.strings(
                        request.result(),
                        (a, row) -> a[0].type().kind() == TypeKind.BIGINT
                                ? Long.toHexString(a[0].integer(row))
                                : Integer.toHexString((int) a[0].integer(row))));
        registry.add(
                "QUOTE_LITERAL",
                "STRING",
                Result.VARCHAR,
                request -> Kernels.strings(
                        request.result(), (a, row) -> "'" + a[0].string(row).replace("'", "''") + "'"));
        registry.add(
                "QUOTE_IDENT",
                "STRING",
                Result.VARCHAR,
                request -> Kernels.strings(request.result(), (a, row) -> quoteIdentifier(a[0].string(row))));
    }

    private static String replace(String text, String from, String to) {
        if (from.isEmpty()) {
            return text;
        }
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        for (int found = text.indexOf(from); found >= 0; found = text.indexOf(from, at)) {
            replaced.append(text, at, found).append(to);
            Limits.checkValue(replaced.length());
            at = found + from.length();
        }
        return replaced.append(text, at, text.length()).toString();
    }

    private static String translate(String text, String from, String to) {
        int[] source = from.codePoints().toArray();
        int[] target = to.codePoints().toArray();
        StringBuilder translated = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            int at = 0;
            while (at < source.length && source[at] != character) {
                at++;
            }
            if (at == source.length) {
                translated.appendCodePoint(character);
            } else if (at < target.length) {
                translated.appendCodePoint(target[at]);
            }
        });
        return translated.toString();
    }

    private static Kernel pad(KernelRequest request, boolean left) {
        return Kernels.strings(request.result(), (a, row) -> {
            String text = a[0].string(row);
            int wanted = Limits.checkValue(Math.max(0, a[1].integer(row)));
            int[] filler = (a.length > 2 ? a[2].string(row) : " ").codePoints().toArray();
            int present = text.codePointCount(0, text.length());
            if (present >= wanted || filler.length == 0) {
                return present <= wanted ? text : text.substring(0, text.offsetByCodePoints(0, wanted));
            }
            StringBuilder padding = new StringBuilder(wanted - present);
            for (int i = 0; i < wanted - present; i++) {
                padding.appendCodePoint(filler[i % filler.length]);
            }
            return left ? padding + text : text + padding;
        });
    }

    private static String splitPart(String text, String delimiter, long number) {
        if (number == 0) {
            throw new TrellisException(ErrorCode.INVALID_PARAMETER, "field number of SPLIT_PART is zero");
        }
        if (delimiter.isEmpty()) {
            return number == 1 || number == -1 ? text : "";
        }
        if (number < 0) {
            long count = 1;
            for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + delimiter.length())) {
                count++;
            }
            return -number > count ? "" : splitPart(text, delimiter, count + number + 1);
        }
        int start = 0;
        for (long i = 1; i < number; i++) {
            int found = text.indexOf(delimiter, start);
            if (found < 0) {
                return "";
            }
            start = found + delimiter.length();
        }
        int end = text.indexOf(delimiter, start);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    private static String initCap(String text) {
        StringBuilder changed = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            boolean isWord = Character.isLetterOrDigit(character);
            changed.appendCodePoint(inWord ? Character.toLowerCase(character) : Character.toUpperCase(character));
            inWord = isWord;
            i += Character.charCount(character);
        }
        return changed.toString();
    }

    private static String character(long codePoint) {
        boolean valid = codePoint > 0
                && codePoint <= Character.MAX_CODE_POINT
                && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
        if (!valid) {
            throw new TrellisException(ErrorCode.INVALID_PARAMETER, "character does not exist: CHR(" + codePoint + ")");
        }
        return Character.toString((int) codePoint);
    }

    /** CONCAT and CONCAT_WS pass over NULLs; only a NULL separator gives NULL. */
    private static Kernel concat(KernelRequest request, boolean withSeparator) {
        DataType result = request.result();
        Text[] texts = new Text[request.count()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = Text.of(request.type(i), request.context());
        }
        int first = withSeparator ? 1 : 0;
        return (a, rows) -> {
            if (withSeparator && a[0].isConstantNull()) {
                return Vectors.nulls(result, rows);
            }
            Kernels.BytesOut out = new Kernels.BytesOut(result, rows);
            for (int row = 0; row < rows; row++) {
                if (withSeparator && a[0].isNull(row)) {
                    out.appendNull();
                    continue;
                }
                StringBuilder joined = new StringBuilder();
                boolean any = false;
                for (int i = first; i < a.length; i++) {
                    if (!a[i].isNull(row)) {
                        if (any && withSeparator) {
                            joined.append(a[0].string(row));
                        }
                        joined.append(texts[i].at(a[i], row));
                        Limits.checkValue(joined.length());
                        any = true;
                    }
                }
                out.append(joined.toString());
            }
            return out.build();
        };
    }

    private static String quoteIdentifier(String name) {
        boolean plain = !name.isEmpty() && name.equals(name.toLowerCase(Locale.ROOT));
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            plain = c == '_' || c >= 'a' && c <= 'z' || i > 0 && c >= '0' && c <= '9';
        }
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
