package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.Layout;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.FunctionSignature.Family;
import io.trellisdb.sql.kernel.FunctionSignature.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every scalar function that has a kernel, by the name that {@code Call} uses. What is not here cannot be evaluated; CASE,
 * casts and IN over constants are expressions of their own.
 */
public final class Functions {
    private static final Map<String, Entry> ENTRIES = entries();
    private static final Set<String> COMPARISONS =
            Set.of("=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM");
    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "MOD");
    private static final Set<String> CHOICES = Set.of("GREATEST", "LEAST", "NULLIF");

    private Functions() {}

    /** How a function's arguments are brought to one type before its kernel runs. */
    enum Alignment {
        NONE,
        COMMON,
        RESULT
    }

    /** Makes a function's kernel, or returns null when it has none for the argument types. */
    @FunctionalInterface
    interface Factory {
        @Nullable
        Kernel kernel(KernelRequest request);
    }

    private record Entry(FunctionSignature signature, Factory factory) {}

    /** All functions, ordered by name. */
    public static Collection<FunctionSignature> all() {
        return ENTRIES.values().stream().map(Entry::signature).toList();
    }

    /** The names of all functions. */
    public static Set<String> names() {
        return ENTRIES.keySet();
    }

    public static boolean isImplemented(String name) {
        return ENTRIES.containsKey(name);
    }

    public static Optional<FunctionSignature> find(String name) {
        Entry entry = ENTRIES.get(name);
        return entry == null ? Optional.empty() : Optional.of(entry.signature());
    }

    static Kernel kernel(KernelRequest request) {
        Entry entry = ENTRIES.get(request.function());
        if (entry == null) {
            throw new TrellisException(ErrorCode.UNKNOWN_FUNCTION, "function does not exist: " + request.function());
        }
        FunctionSignature signature = entry.signature();
        boolean tooMany = !signature.variadic()
                && request.count() > signature.parameters().size();
        if (tooMany || request.count() < signature.required()) {
            throw request.unsupported();
        }
        for (int i = 0; i < request.count(); i++) {
            Family family = signature
                    .parameters()
                    .get(Math.min(i, signature.parameters().size() - 1));
            boolean unknown = request.kind(i) == TypeKind.NULL;
            // the origin of TIME_BUCKET may be NULL; whoever takes any type decides about NULL itself
            if (unknown && family != Family.ANY && !(request.function().equals("TIME_BUCKET") && i == 2)) {
                return (arguments, rows) -> Vectors.nulls(request.result(), rows);
            }
            if (!unknown && !family.accepts(request.type(i))) {
                throw request.unsupported();
            }
        }
        Kernel kernel = entry.factory().kernel(request);
        if (kernel == null) {
            throw request.unsupported();
        }
        return kernel;
    }

    static Alignment alignment(KernelRequest request) {
        if (COMPARISONS.contains(request.function())) {
            return Alignment.COMMON;
        }
        if (ARITHMETIC.contains(request.function())) {
            boolean approximate = request.result().layout() == Layout.DOUBLE
                    && request.arguments().stream().allMatch(type -> type.kind().isNumeric());
            return approximate ? Alignment.RESULT : Alignment.COMMON;
        }
        return CHOICES.contains(request.function()) ? Alignment.RESULT : Alignment.NONE;
    }

    private static Map<String, Entry> entries() {
        Registry registry = new Registry();
        Comparisons.register(registry);
        Logic.register(registry);
        Arithmetic.register(registry);
        MathFunctions.register(registry);
        StringFunctions.register(registry);
        TextFunctions.register(registry);
        Patterns.register(registry);
        RegularExpressions.register(registry);
        BinaryFunctions.register(registry);
        TimeFields.register(registry);
        TimeFunctions.register(registry);
        ArrayFunctions.register(registry);
        return Collections.unmodifiableMap(registry.entries);
    }

    /** Collects the functions of each family while the class is set up. */
    static final class Registry {
        private final Map<String, Entry> entries = new TreeMap<>();

        /**
         * Adds a deterministic function.
         *
         * @param parameters names of families, separated by blanks; a trailing {@code ?} marks an optional parameter, a
         *     {@code *} on the last one that it repeats any number of times
         */
        void add(String name, String parameters, Result result, Factory factory) {
            entries.put(name, new Entry(signature(name, parameters, result, true), factory));
        }

        /** Adds a function that is computed anew for every row. */
        void addVolatile(String name, Result result, Factory factory) {
            entries.put(name, new Entry(signature(name, "", result, false), factory));
        }

        private static FunctionSignature signature(
                String name, String parameters, Result result, boolean deterministic) {
            List<Family> families = new ArrayList<>();
            int required = 0;
            boolean variadic = false;
            for (String word : parameters.isEmpty() ? new String[0] : parameters.split(" ")) {
                boolean optional = word.endsWith("?");
                boolean repeats = word.endsWith("*");
                String family = optional || repeats ? word.substring(0, word.length() - 1) : word;
                families.add(Family.valueOf(family));
                required += optional || repeats ? 0 : 1;
                variadic |= repeats;
            }
            return new FunctionSignature(name, families, required, variadic, result, deterministic);
        }
    }
}
