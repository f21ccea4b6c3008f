package io.trellisdb.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The text of one golden script as its cases; {@link GoldenScripts} describes the form. */
record GoldenScript(List<Case> cases) {
    private static final String SEPARATOR = "---";
    private static final String ESCAPE = "\\";

    /** A comment (possibly empty, lines with their {@code #}), a command and what it prints. */
    record Case(List<String> comment, List<String> command, List<String> output) {}

    GoldenScript {
        cases = List.copyOf(cases);
    }

    /** {@link IllegalArgumentException} with the line number when the text is not a script. */
    static GoldenScript parse(String text) {
        List<Case> cases = new ArrayList<>();
        List<String> block = new ArrayList<>();
        int lineNumber = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            lineNumber++;
            if (!line.isEmpty()) {
                block.add(line);
            } else if (!block.isEmpty()) {
                cases.add(parseCase(block, lineNumber - block.size()));
                block.clear();
            }
        }
        if (!block.isEmpty()) {
            cases.add(parseCase(block, lineNumber - block.size() + 1));
        }
        return new GoldenScript(cases);
    }

    private static Case parseCase(List<String> block, int firstLine) {
        int start = 0;
        while (start < block.size() && block.get(start).startsWith("#")) {
            start++;
        }
        List<String> comment = List.copyOf(block.subList(0, start));
        if (start == block.size()) {
            return new Case(comment, List.of(), List.of());
        }
        int separator = block.indexOf(SEPARATOR);
        List<String> command = List.copyOf(block.subList(start, separator < 0 ? block.size() : separator));
        if (command.isEmpty()) {
            throw new IllegalArgumentException("case has no command: line " + firstLine);
        }
        List<String> output = separator < 0
                ? List.of()
                : block.subList(separator + 1, block.size()).stream()
                        .map(GoldenScript::unescape)
                        .toList();
        return new Case(comment, command, output);
    }

    /** The same script with each command's output replaced by what {@code run} returns for it. */
    GoldenScript withOutputs(UnaryOperator<String> run) {
        List<Case> replaced = new ArrayList<>(cases.size());
        for (Case old : cases) {
            if (old.command().isEmpty()) {
                replaced.add(old);
            } else {
                List<String> output =
                        run.apply(String.join("\n", old.command())).lines().toList();
                replaced.add(new Case(old.comment(), old.command(), output));
            }
        }
        return new GoldenScript(replaced);
    }

    String toText() {
        List<String> blocks = new ArrayList<>(cases.size());
        for (Case c : cases) {
            List<String> lines = new ArrayList<>(c.comment());
            if (!c.command().isEmpty()) {
                lines.addAll(c.command());
                lines.add(SEPARATOR);
                c.output().stream().map(GoldenScript::escape).forEach(lines::add);
            }
            blocks.add(String.join("\n", lines) + "\n");
        }
        return String.join("\n", blocks);
    }

    private static String escape(String line) {
        return line.isEmpty() || line.startsWith(ESCAPE) ? ESCAPE + line : line;
    }

    private static String unescape(String line) {
        return line.startsWith(ESCAPE) ? line.substring(1) : line;
    }
}
