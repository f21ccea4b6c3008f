package io.trellisdb.coordination.bdbje;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** One {@link NodeProcess} and what it says. */
final class VoterProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int index;
    private final Process process;
    private final History history;
    private final Queue<String> answers = new ArrayDeque<>();
    private long leading;

    private VoterProcess(int index, Process process, History history) {
        this.index = index;
        this.process = process;
        this.history = history;
    }

    static VoterProcess start(int index, Path hosts, List<String> arguments, History history) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                NodeProcess.class.getName()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            VoterProcess node = new VoterProcess(index, process, history);
            Thread reader = new Thread(node::read, "voter-" + index);
            reader.setDaemon(true);
            reader.start();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    synchronized boolean leads(long epoch) {
        return process.isAlive() && leading == epoch;
    }

    void tell(String command) {
        try {
            process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            // A dead process hears nothing.
            return;
        }
    }

    /** The answer to a command, without its first word. */
    String ask(String command, String answer) {
        synchronized (this) {
            answers.clear();
        }
        tell(command);
        return awaitLine(answer);
    }

    String awaitLine(String word) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> find(word).isPresent() || !process.isAlive());
        return find(word).orElseThrow(() -> new AssertionError("voter " + index + " ended instead of saying " + word));
    }

    /** Without any chance to tidy up. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.onExit().join().exitValue() != 0) {
                throw new AssertionError("process is not there: " + process.pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Optional<String> find(String word) {
        return answers.stream()
                .filter(line -> line.equals(word) || line.startsWith(word + " "))
                .map(line -> line.substring(Math.min(line.length(), word.length() + 1)))
                .findFirst();
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = in.readLine();
            while (line != null) {
                hear(line);
                line = in.readLine();
            }
        } catch (IOException e) {
            // The process was killed.
            return;
        }
    }

    private synchronized void hear(String line) {
        if (line.startsWith("LEADS ")) {
            leading = Long.parseLong(line.substring(6));
        } else if (line.startsWith("DEMOTED ")) {
            leading = 0;
        }
        if (!history.hear(index, line)) {
            answers.add(line);
        }
    }
}
