package io.trellisdb.sql.kernel;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** Digests, encodings and UUIDs. */
final class BinaryFunctions {
    private BinaryFunctions() {}

    static void register(Functions.Registry registry) {
        registry.add("MD5", "BYTES", Result.VARCHAR, request -> digest(request, "MD5"));
        registry.add("SHA1", "BYTES", Result.VARCHAR, request -> digest(request, "SHA-1"));
        registry.add("SHA256", "BYTES", Result.VARCHAR, request -> digest(request, "SHA-256"));
        registry.add("SHA512", "BYTES", Result.VARCHAR, request -> digest(request, "SHA-512"));
        registry.add(
                "ENCODE",
                "BINARY STRING",
                Result.VARCHAR,
                request -> Kernels.strings(request.result(), (a, row) -> encode(copy(a[0], row), a[1].string(row))));
        registry.add(
                "DECODE",
                "STRING STRING",
                Result.VARBINARY,
                request -> Kernels.bytes(
                        request.result(), (a, row, out) -> out.append(decode(a[0].string(row), a[1].string(row)))));
        registry.addVolatile(
                "GEN_RANDOM_UUID",
                Result.UUID,
                request -> Kernels.any(request.result(), (a, row, out) -> out.append(UUID.randomUUID())));
    }

    private static byte[] copy(Operand a, int row) {
        return Arrays.copyOfRange(a.bytes(), a.start(row), a.end(row));
    }

    /** Hexadecimal for a string result, else the bytes. */
    private static Kernel digest(KernelRequest request, String algorithm) {
        boolean hex = request.result().kind().isString();
        return Kernels.bytes(request.result(), (a, row, out) -> {
            byte[] digest = digest(algorithm, a[0], row);
            if (hex) {
                out.append(HexFormat.of().formatHex(digest));
            } else {
                out.append(digest);
            }
        });
    }

    private static byte[] digest(String algorithm, Operand a, int row) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(a.bytes(), a.start(row), a.length(row));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "this Java has no digest: " + algorithm, e);
        }
    }

    private static String encode(byte[] bytes, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> HexFormat.of().formatHex(bytes);
            case "base64" -> Base64.getEncoder().encodeToString(bytes);
            default -> throw new TrellisException(ErrorCode.INVALID_PARAMETER, "encoding does not exist: " + format);
        };
    }

    private static byte[] decode(String text, String format) {
        try {
            return switch (format.toLowerCase(Locale.ROOT)) {
                case "hex" -> HexFormat.of().parseHex(text);
                case "base64" -> Base64.getMimeDecoder().decode(text);
                default ->
                    throw new TrellisException(ErrorCode.INVALID_PARAMETER, "encoding does not exist: " + format);
            };
        } catch (IllegalArgumentException e) {
            throw new TrellisException(ErrorCode.INVALID_PARAMETER, "text is not encoded as " + format, e);
        }
    }

    static UUID uuid(Operand a, int row) {
        if (a.length(row) != 16) {
            throw new TrellisException(
                    ErrorCode.INVALID_CAST,
                    "binary of " + a.length(row) + " bytes is not a " + new DataType(TypeKind.UUID, 0, 0, null));
        }
        ByteBuffer bytes = ByteBuffer.wrap(a.bytes(), a.start(row), 16);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    static byte[] bytes(long high, long low) {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }
}
