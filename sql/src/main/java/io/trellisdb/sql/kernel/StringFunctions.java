package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Utf8;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The standard's string functions, on UTF-8 bytes where that is enough. Positions and lengths count code points. */
final class StringFunctions {
    private StringFunctions() {}

    static void register(Functions.Registry registry) {
        registry.add("||", "ANY ANY ANY*", Result.DERIVED, StringFunctions::concatenation);
        registry.add("UPPER", "STRING", Result.VARCHAR, request -> changeCase(request, true));
        registry.add("LOWER", "STRING", Result.VARCHAR, request -> changeCase(request, false));
        registry.add("TRIM", "STRING STRING?", Result.VARCHAR, request -> trim(request, true, true));
        registry.add("BTRIM", "STRING STRING?", Result.VARCHAR, request -> trim(request, true, true));
        registry.add("LTRIM", "STRING STRING?", Result.VARCHAR, request -> trim(request, true, false));
        registry.add("RTRIM", "STRING STRING?", Result.VARCHAR, request -> trim(request, false, true));
        registry.add("SUBSTRING", "BYTES INTEGER INTEGER?", Result.FIRST, StringFunctions::substring);
        registry.add("POSITION", "BYTES BYTES INTEGER?", Result.INTEGER, StringFunctions::position);
        registry.add(
                "STRPOS",
                "STRING STRING",
                Result.INTEGER,
                request -> Kernels.longs(request.result(), (a, row) -> position(a[1], a[0], row, 1)));
        for (String name : new String[] {"CHAR_LENGTH", "CHARACTER_LENGTH", "LENGTH"}) {
            registry.add(name, "BYTES", Result.INTEGER, StringFunctions::length);
        }
        registry.add(
                "OCTET_LENGTH",
                "BYTES",
                Result.INTEGER,
                request -> Kernels.longs(request.result(), (a, row) -> a[0].length(row)));
        registry.add(
                "BIT_LENGTH",
                "BYTES",
                Result.INTEGER,
                request -> Kernels.longs(request.result(), (a, row) -> 8L * a[0].length(row)));
        registry.add("OVERLAY", "STRING STRING INTEGER INTEGER?", Result.VARCHAR, StringFunctions::overlay);
        registry.add(
                "LEFT",
                "STRING INTEGER",
                Result.VARCHAR,
                request -> Kernels.bytes(request.result(), (a, row, out) -> {
                    int count = Utf8.codePoints(a[0].bytes(), a[0].start(row), a[0].end(row));
                    long wanted = a[1].integer(row);
                    appendPart(a[0], row, out, 0, wanted < 0 ? count + wanted : wanted);
                }));
        registry.add(
                "RIGHT",
                "STRING INTEGER",
                Result.VARCHAR,
                request -> Kernels.bytes(request.result(), (a, row, out) -> {
                    int count = Utf8.codePoints(a[0].bytes(), a[0].start(row), a[0].end(row));
                    long wanted = a[1].integer(row);
                    appendPart(a[0], row, out, wanted < 0 ? -wanted : count - wanted, count);
                }));
        registry.add(
                "STARTS_WITH",
                "STRING STRING",
                Result.BOOLEAN,
                request -> Kernels.booleans((a, row) -> startsWith(a[0], a[1], row)));
        registry.add(
                "ENDS_WITH",
                "STRING STRING",
                Result.BOOLEAN,
                request -> Kernels.booleans((a, row) -> endsWith(a[0], a[1], row)));
        registry.add(
                "CONTAINS",
                "STRING STRING",
                Result.BOOLEAN,
                request -> Kernels.booleans((a, row) -> indexOf(a[0], a[0].start(row), a[1], row) >= 0));
    }

    private static @Nullable Kernel concatenation(KernelRequest request) {
        DataType result = request.result();
        if (result.kind() == TypeKind.ARRAY) {
            return ArrayFunctions.concatenation(request);
        }
        boolean bytes = request.arguments().stream()
                .allMatch(type -> type.kind().isString() || type.kind().isBinary());
        if (bytes) {
            return Kernels.bytes(result, (a, row, out) -> {
                long total = 0;
                for (Operand part : a) {
                    total += part.length(row);
                }
                byte[] joined = new byte[Limits.checkValue(total)];
                int at = 0;
                for (Operand part : a) {
                    System.arraycopy(part.bytes(), part.start(row), joined, at, part.length(row));
                    at += part.length(row);
                }
                out.append(joined);
            });
        }
        Text[] texts = new Text[request.count()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = Text.of(request.type(i), request.context());
        }
        return Kernels.strings(result, (a, row) -> {
            StringBuilder joined = new StringBuilder();
            for (int i = 0; i < a.length; i++) {
                joined.append(texts[i].at(a[i], row));
                Limits.checkValue(joined.length());
            }
            return joined.toString();
        });
    }

    private static Kernel changeCase(KernelRequest request, boolean upper) {
        int from = upper ? 'a' : 'A';
        int to = upper ? 'z' : 'Z';
        return Kernels.bytes(request.result(), (a, row, out) -> {
            byte[] changed = Arrays.copyOfRange(a[0].bytes(), a[0].start(row), a[0].end(row));
            for (int i = 0; i < changed.length; i++) {
                if (changed[i] < 0) {
                    String text = a[0].string(row);
                    out.append(upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT));
                    return;
                }
                if (changed[i] >= from && changed[i] <= to) {
                    changed[i] ^= 0x20;
                }
            }
            out.append(changed);
        });
    }

    private static Kernel trim(KernelRequest request, boolean leading, boolean trailing) {
        return Kernels.bytes(request.result(), (a, row, out) -> {
            if (a.length > 1 && !(a[1].length(row) == 1)) {
                out.append(trimmed(a[0].string(row), a[1].string(row), leading, trailing));
                return;
            }
            byte[] bytes = a[0].bytes();
            int blank = a.length > 1 ? a[1].bytes()[a[1].start(row)] : ' ';
            int start = a[0].start(row);
            int end = a[0].end(row);
            while (leading && start < end && bytes[start] == blank) {
                start++;
            }
            while (trailing && end > start && bytes[end - 1] == blank) {
                end--;
            }
            out.append(bytes, start, end - start);
        });
    }

    private static String trimmed(String text, String characters, boolean leading, boolean trailing) {
        int start = 0;
        int end = text.length();
        while (leading && start < end && characters.indexOf(text.codePointAt(start)) >= 0) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (trailing && end > start && characters.indexOf(text.codePointBefore(end)) >= 0) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    /** The byte position of a code point, counted from {@code from}; the end when there are fewer. */
    static int skip(byte[] bytes, int from, int end, long codePoints) {
        int at = from;
        for (long i = 0; i < codePoints && at < end; i++) {
            at++;
            while (at < end && (bytes[at] & 0xC0) == 0x80) {
                at++;
            }
        }
        return at;
    }

    /** Appends the code points from–to of a value, cut at its ends. */
    private static void appendPart(Operand value, int row, Kernels.BytesOut out, long from, long to) {
        byte[] bytes = value.bytes();
        int start = skip(bytes, value.start(row), value.end(row), from);
        int end = skip(bytes, start, value.end(row), to - Math.max(from, 0));
        out.append(bytes, start, end - start);
    }

    private static Kernel substring(KernelRequest request) {
        boolean binary = request.kind(0).isBinary();
        return Kernels.bytes(request.result(), (a, row, out) -> {
            long from = a[1].integer(row) - 1;
            long to = Long.MAX_VALUE;
            if (a.length > 2) {
                long length = a[2].integer(row);
                if (length < 0) {
                    throw new TrellisException(
                            ErrorCode.INVALID_PARAMETER, "length of SUBSTRING is negative: " + length);
                }
                to = Math.max(0, from + length);
            }
            long start = Math.max(0, from);
            if (binary) {
                int size = a[0].length(row);
                int first = (int) Math.min(size, start);
                int last = (int) Math.max(first, Math.min(size, to));
                out.append(a[0].bytes(), a[0].start(row) + first, last - first);
            } else {
                appendPart(a[0], row, out, start, Math.max(start, to));
            }
        });
    }

    private static Kernel position(KernelRequest request) {
        boolean binary = request.kind(1).isBinary();
        return Kernels.longs(request.result(), (a, row) -> {
            long from = a.length > 2 ? a[2].integer(row) : 1;
            if (!binary) {
                return position(a[0], a[1], row, from);
            }
            int start = (int) Math.min(a[1].length(row), Math.max(0, from - 1));
            int found = indexOf(a[1], a[1].start(row) + start, a[0], row);
            return found < 0 ? 0 : found - a[1].start(row) + 1;
        });
    }

    private static long position(Operand needle, Operand text, int row, long from) {
        if (from < 1) {
            return 0;
        }
        int start = skip(text.bytes(), text.start(row), text.end(row), from - 1);
        int found = indexOf(text, start, needle, row);
        return found < 0 ? 0 : Utf8.codePoints(text.bytes(), text.start(row), found) + 1;
    }

    private static int indexOf(Operand text, int from, Operand needle, int row) {
        return indexOf(text.bytes(), from, text.end(row), needle.bytes(), needle.start(row), needle.end(row));
    }

    /** Where the needle's bytes first lie at or after {@code from}, or −1. */
    static int indexOf(byte[] text, int from, int to, byte[] needle, int needleFrom, int needleTo) {
        int length = needleTo - needleFrom;
        if (length == 0) {
            return from;
        }
        byte first = needle[needleFrom];
        for (int i = from; i <= to - length; i++) {
            if (text[i] == first && Arrays.equals(text, i, i + length, needle, needleFrom, needleTo)) {
                return i;
            }
        }
        return -1;
    }

    private static Kernel length(KernelRequest request) {
        boolean binary = request.kind(0).isBinary();
        return Kernels.longs(
                request.result(),
                (a, row) -> binary ? a[0].length(row) : Utf8.codePoints(a[0].bytes(), a[0].start(row), a[0].end(row)));
    }

    private static Kernel overlay(KernelRequest request) {
        return Kernels.bytes(request.result(), (a, row, out) -> {
            long start = a[2].integer(row);
            if (start < 1) {
                throw new TrellisException(ErrorCode.INVALID_PARAMETER, "start of OVERLAY is not positive: " + start);
            }
            byte[] text = a[0].bytes();
            int replacement = Utf8.codePoints(a[1].bytes(), a[1].start(row), a[1].end(row));
            long length = a.length > 3 ? a[3].integer(row) : replacement;
            int head = skip(text, a[0].start(row), a[0].end(row), start - 1);
            int tail = skip(text, a[0].start(row), a[0].end(row), Math.max(0, start - 1 + length));
            int headLength = head - a[0].start(row);
            int tailLength = a[0].end(row) - tail;
            byte[] joined = new byte[Limits.checkValue((long) headLength + a[1].length(row) + tailLength)];
            System.arraycopy(text, a[0].start(row), joined, 0, headLength);
            System.arraycopy(a[1].bytes(), a[1].start(row), joined, headLength, a[1].length(row));
            System.arraycopy(text, tail, joined, headLength + a[1].length(row), tailLength);
            out.append(joined);
        });
    }

    private static boolean startsWith(Operand text, Operand prefix, int row) {
        int length = prefix.length(row);
        return length <= text.length(row)
                && Arrays.equals(
                        text.bytes(),
                        text.start(row),
                        text.start(row) + length,
                        prefix.bytes(),
                        prefix.start(row),
                        prefix.end(row));
    }

    private static boolean endsWith(Operand text, Operand suffix, int row) {
        int length = suffix.length(row);
        return length <= text.length(row)
                && Arrays.equals(
                        text.bytes(),
                        text.end(row) - length,
                        text.end(row),
                        suffix.bytes(),
                        suffix.start(row),
                        suffix.end(row));
    }
}
