package org.octaveserver.ops.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A class of the tests in a JVM of its own, which answers lines with lines that begin with {@code = }, the first of them
 * unasked. It ends when its standard input does. For one thread.
 */
final class ChildJvm implements AutoCloseable {
    private static final String ANSWER = "= ";
    private static final int STOP_SECONDS = 10;

    private final String main;
    private final Process process;
    private final BufferedReader answers;
    private final String first;

    /** Starts it and waits for its first answer. */
    ChildJvm(List<String> options, String main, String... arguments) throws IOException {
        this.main = main;
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OPS_LOG_LEVEL", "warn");
        process = builder.start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        first = answer();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    String first() {
        return first;
    }

    long pid() {
        return process.pid();
    }

    String ask(String line) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write((line + "\n").getBytes(UTF_8));
        out.flush();
        return answer();
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
            System.err.println(line);
        }
        throw new IOException(main + " has ended");
    }

    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
