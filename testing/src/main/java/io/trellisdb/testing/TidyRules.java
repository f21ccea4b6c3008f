package io.trellisdb.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rules about source files that the compiler does not know. Pure: each takes files and returns its complaints, one
 * sentence with the place each.
 */
final class TidyRules {
    static final int LINES_MAX = 600;

    // Written in two parts, since these rules read their own source too.
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern PRINTING =
            Pattern.compile("\\bSystem\\." + "(out|err)\\b|\\.print" + "StackTrace\\(\\)");
    private static final Pattern SLEEPING = Pattern.compile("\\b(Thread|[A-Z]*SECONDS|MINUTES)\\.sl" + "eep\\(");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Set<String> PRINTING_MODULES = Set.of("cli", "examples", "bench");

    private TidyRules() {}

    /** A text file and its path from the root of the source tree, with {@code /} between the names. */
    record SourceFile(String path, List<String> lines) {
        SourceFile {
            lines = List.copyOf(lines);
        }

        boolean isJava() {
            return path.endsWith(".java");
        }

        boolean isMarkdown() {
            return path.endsWith(".md");
        }

        boolean isMain() {
            return path.contains("/src/main/");
        }

        /** Code that runs in tests: test sources and the module that only tests use. */
        boolean isTest() {
            return path.contains("/src/test/") || path.startsWith("testing/");
        }

        String folder() {
            return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        }

        String module() {
            return path.substring(0, Math.max(0, path.indexOf('/')));
        }
    }

    /** The files that may be long: lines of {@code path: reason}; {@code #} begins a comment. */
    static Map<String, String> parseAllowed(List<String> lines) {
        Map<String, String> allowed = new LinkedHashMap<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || line.substring(colon + 1).isBlank()) {
                throw new IllegalArgumentException("a long file needs its path, a colon and a reason: " + line);
            }
            allowed.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return allowed;
    }

    static List<String> longFiles(List<SourceFile> files, Map<String, String> allowed) {
        List<String> complaints = new ArrayList<>();
        Set<String> stale = new HashSet<>(allowed.keySet());
        for (SourceFile file : files) {
            if (file.isJava() && file.lines().size() > LINES_MAX && !stale.remove(file.path())) {
                complaints.add("file is longer than " + LINES_MAX + " lines and has no reason in tidy-allow.txt: "
                        + file.path() + " (" + file.lines().size() + ")");
            }
        }
        stale.stream().sorted().forEach(p -> complaints.add("tidy-allow.txt names a file that is not long: " + p));
        return complaints;
    }

    static List<String> missingPackageInfo(List<SourceFile> files) {
        Set<String> described = new HashSet<>();
        Set<String> packages = new HashSet<>();
        for (SourceFile file : files) {
            if (file.isJava() && file.isMain()) {
                packages.add(file.folder());
                if (file.path().endsWith("/package-info.java")) {
                    described.add(file.folder());
                }
            }
        }
        packages.removeAll(described);
        return packages.stream()
                .sorted()
                .map(p -> "package has no package-info.java: " + p)
                .toList();
    }

    static List<String> unfinished(List<SourceFile> files) {
        return matches(files, SourceFile::isJava, UNFINISHED, false, "unfinished work is an issue, not a comment");
    }

    static List<String> printing(List<SourceFile> files) {
        Predicate<SourceFile> mustBeQuiet = f -> f.isJava() && !PRINTING_MODULES.contains(f.module());
        return matches(
                files, mustBeQuiet, PRINTING, true, "only cli, examples and bench print; elsewhere log or throw");
    }

    static List<String> sleeping(List<SourceFile> files) {
        Predicate<SourceFile> isTestCode = f -> f.isJava() && f.isTest();
        return matches(files, isTestCode, SLEEPING, true, "tests await a condition or move a ManualClock");
    }

    private static List<String> matches(
            List<SourceFile> files, Predicate<SourceFile> scope, Pattern pattern, boolean codeOnly, String why) {
        List<String> complaints = new ArrayList<>();
        for (SourceFile file : files) {
            if (!scope.test(file)) {
                continue;
            }
            for (int i = 0; i < file.lines().size(); i++) {
                String line = file.lines().get(i);
                if (pattern.matcher(line).find() && !(codeOnly && isComment(line))) {
                    complaints.add(why + ": " + file.path() + ":" + (i + 1));
                }
            }
        }
        return complaints;
    }

    private static boolean isComment(String line) {
        String text = line.stripLeading();
        return text.startsWith("*") || text.startsWith("/*") || text.startsWith("//");
    }

    static List<String> markdownTitles(List<SourceFile> files) {
        List<String> complaints = new ArrayList<>();
        for (SourceFile file : files) {
            if (file.isMarkdown()) {
                long titles = prose(file).filter(line -> line.startsWith("# ")).count();
                if (titles != 1) {
                    complaints.add("a Markdown file has exactly one title: " + file.path() + " (" + titles + ")");
                }
            }
        }
        return complaints;
    }

    /** Relative links must lead to something for which {@code exists} holds; it gets paths from the root of the tree. */
    static List<String> deadLinks(List<SourceFile> files, Predicate<Path> exists) {
        List<String> complaints = new ArrayList<>();
        for (SourceFile file : files) {
            if (file.isMarkdown()) {
                prose(file).forEach(line -> {
                    Matcher link = LINK.matcher(line);
                    while (link.find()) {
                        if (isDead(file, link.group(1), exists)) {
                            complaints.add("link leads nowhere: " + file.path() + " -> " + link.group(1));
                        }
                    }
                });
            }
        }
        return complaints;
    }

    private static boolean isDead(SourceFile file, String link, Predicate<Path> exists) {
        String target = link.replaceFirst("#.*", "");
        if (target.isEmpty() || target.matches("[a-z]+:.*")) {
            return false;
        }
        return !exists.test(Path.of(file.folder()).resolve(target).normalize());
    }

    /** The lines outside code fences, without code spans. */
    private static Stream<String> prose(SourceFile file) {
        List<String> lines = new ArrayList<>();
        boolean isCode = false;
        for (String line : file.lines()) {
            if (line.stripLeading().startsWith("```")) {
                isCode = !isCode;
            } else if (!isCode) {
                lines.add(line.replaceAll("`[^`]*`", ""));
            }
        }
        return lines.stream();
    }
}
