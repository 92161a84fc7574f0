package org.octaveserver.ops.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that user code has filled. */
class TreeRemovalTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Path tree;
    private Path outside;

    @BeforeEach
    void fill() throws IOException {
        tree = Files.createDirectories(folder.resolve("tree"));
        Files.createDirectories(tree.resolve("a/b"));
        Files.writeString(tree.resolve("a/b/c"), "x");
        outside = Files.createDirectories(folder.resolve("outside/inner"));
        Files.writeString(outside.resolve("kept"), "kept");
    }

    private void remove() {
        assertTimeoutPreemptively(LIMIT, () -> TreeRemoval.remove(tree));
    }

    private void assertGoneAndNothingElse() {
        assertThat(tree).doesNotExist();
        assertThat(folder)
                .isDirectoryNotContaining(
                        entry -> !entry.getFileName().toString().equals("outside"));
        assertThat(outside.resolve("kept")).hasContent("kept");
    }

    @Test
    void doesNotWaitForNamedPipes() throws Exception {
        run("mkfifo", tree.resolve("p").toString(), tree.resolve("a/b/p").toString());

        remove();

        assertGoneAndNothingElse();
    }

    @Test
    void removesSocketsAndLinksAndNotWhereTheyLead() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(tree.resolve("a/socket")));
            Files.createSymbolicLink(tree.resolve("link"), folder.resolve("outside"));
            Files.createSymbolicLink(tree.resolve("a/b/link"), outside);
            Files.createSymbolicLink(tree.resolve("a/nowhere"), Path.of("/no/such/file"));

            remove();
        }

        assertGoneAndNothingElse();
    }

    @Test
    void aLinkIsRemovedAndNotWhatItIsALinkTo() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);

        TreeRemoval.remove(link);
        remove();

        assertThat(link).doesNotExist();
        assertGoneAndNothingElse();
    }

    @Test
    void whatIsNotThereIsNoFailure() throws IOException {
        TreeRemoval.remove(tree.resolve("not/there"));
        TreeRemoval.remove(tree.resolve("nor there"));
        TreeRemoval.remove(tree.resolve("a/b/c"));

        assertThat(tree.resolve("a/b")).isEmptyDirectory();
    }

    /** Five times as long as any path may be: no path names what is at its end. */
    @Test
    void removesWhatIsDeeperThanPathsAreLong() throws IOException {
        dig("a-name-of-forty-characters-that-goes-down", 500);

        remove();

        assertGoneAndNothingElse();
    }

    private void dig(String name, int depth) throws IOException {
        Path above = tree;
        // From the bottom up: a chain becomes the only entry of a new directory.
        Path chain = Files.createDirectory(folder.resolve("chain"));
        for (int i = 0; i < depth; i++) {
            Path next = Files.createDirectory(folder.resolve("next"));
            Files.move(chain, next.resolve(name));
            Files.writeString(next.resolve("file"), "x");
            Files.move(next, chain);
        }
        Files.move(chain, above.resolve("chain"));
    }

    @Test
    void removesManyEntriesInWideTrees() throws IOException {
        for (int i = 0; i < 300; i++) {
            Files.createDirectories(tree.resolve("d" + i + "/e/f"));
            Files.writeString(tree.resolve("d" + i + "/e/g"), "x");
        }

        remove();

        assertGoneAndNothingElse();
    }

    /** Of an account that is not root: the others pass everywhere. */
    @Test
    void removesDirectoriesThatCannotBeReadOrWritten() throws Exception {
        for (String mode : List.of("---------", "r-x------", "-wx------", "rw-------")) {
            Path directory = tree.resolve("a/" + mode);
            Files.createDirectories(directory.resolve("in/it"));
            Files.writeString(directory.resolve("in/file"), "x");
            Files.setPosixFilePermissions(directory.resolve("in"), PosixFilePermissions.fromString(mode));
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
        }
        Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("---------"));

        if (isRoot()) {
            run("chown", "-R", "65534:65534", folder.toString());
            assertThat(removeAsNobody()).isZero();
        } else {
            remove();
        }

        assertGoneAndNothingElse();
    }

    private int removeAsNobody() throws Exception {
        return removeAfter("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }

    /** In a process of its own, which others start. */
    private int removeAfter(String... before) throws Exception {
        Path classes = Path.of(TreeRemoval.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path copied = Files.createTempDirectory("ops-classes");
        try {
            Path target = Files.createDirectories(copied.resolve("org/octaveserver/ops/lifecycle"));
            for (String name : List.of("TreeRemoval", "PlainTreeRemoval", "Deadline")) {
                Path from = classes.resolve("org/octaveserver/ops/lifecycle/" + name + ".class");
                Files.copy(from, target.resolve(name + ".class"));
            }
            Path program = Files.writeString(
                    copied.resolve("Remove.java"),
                    "public class Remove { public static void main(String[] a) throws Exception {"
                            + " org.octaveserver.ops.lifecycle.TreeRemoval.remove(java.nio.file.Path.of(a[0])); } }");
            run("chmod", "-R", "a+rX", copied.toString());
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            List<String> command = new ArrayList<>(List.of(before));
            command.addAll(List.of(java.toString(), "-cp", copied.toString(), program.toString(), tree.toString()));
            return status(command.toArray(String[]::new));
        } finally {
            TreeRemoval.remove(copied);
        }
    }

    /** What nobody can change, not even root, stays, but all around it goes. */
    @Test
    void goesOnAfterAFailureAndTellsIt() throws Exception {
        Path kept = Files.createDirectories(tree.resolve("a/kept"));
        Files.writeString(kept.resolve("file"), "x");
        Files.createDirectories(tree.resolve("z/deep/er"));
        Files.createDirectories(tree.resolve("a/z/deep/er"));
        String readOnly = String.format("mount --bind '%s' '%s'; mount -o remount,bind,ro '%s'", kept, kept, kept);

        assertThat(removeAfter(
                        "unshare",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-c",
                        "set -e; " + readOnly + "; exec \"$@\"",
                        "sh"))
                .as("the exit status: 1 is a removal that failed; another one, that unshare or mount did")
                .isEqualTo(1);

        assertThat(tree.resolve("z")).doesNotExist();
        assertThat(tree.resolve("a/b")).doesNotExist();
        assertThat(tree.resolve("a/z")).doesNotExist();
        assertThat(kept.resolve("file")).exists();
        remove();
        assertGoneAndNothingElse();
    }

    /** Whatever becomes a link, at whatever moment: what it leads to stays. */
    @Test
    void aDirectoryThatBecomesALinkMeanwhileLeadsNowhere() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger exchanged = new AtomicInteger();
        Thread exchanging = new Thread(() -> exchange(done, exchanged));
        exchanging.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (System.nanoTime() < end) {
            try {
                TreeRemoval.remove(tree, Duration.ofMillis(20));
            } catch (IOException e) {
                assertThat(e).as("of one that is being changed").isNotNull();
            }
        }
        done.set(true);
        exchanging.join();
        remove();

        assertThat(exchanged).hasPositiveValue();
        assertGoneAndNothingElse();
    }

    private void exchange(AtomicBoolean done, AtomicInteger exchanged) {
        Path x = tree.resolve("a/x");
        for (int round = 0; !done.get(); round++) {
            try {
                Files.createDirectories(x.resolve("inner"));
                Files.createFile(x.resolve("kept"));
                Files.move(x, tree.resolve("a/old" + round), StandardCopyOption.ATOMIC_MOVE);
                Files.createSymbolicLink(x, outside);
                exchanged.incrementAndGet();
                Files.deleteIfExists(x);
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(status(command)).as(String.join(" ", command)).isZero();
    }

    private static int status(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
