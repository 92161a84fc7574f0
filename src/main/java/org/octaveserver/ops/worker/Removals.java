package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.NamedThreads;
import org.octaveserver.ops.lifecycle.TreeRemoval;

/**
 * Removes directories of ended workers. What user code has made in them decides how long that takes, so nobody waits for
 * it: they are moved to a place that no sandbox shows, and removed there by threads of its own. What is still there when
 * the server ends is removed by the next one. Thread-safe.
 */
final class Removals {
    private static final Logger LOG = LogManager.getLogger(Removals.class);
    private static final int THREADS = 16;
    private static final int WAITING = 100_000;
    private static final long KEPT_SECONDS = 5;
    private static final long STOP_SECONDS = 3;

    private final Path place;
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            new NamedThreads("removal"));

    /**
     * Removals that begin now.
     *
     * @param place where things are on their way, on the file system of the directories
     */
    Removals(Path place) {
        this.place = place;
        executor.allowCoreThreadTimeOut(true);
    }

    /** Goes on with what an earlier server has left. */
    void resume() throws IOException {
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            for (Path left : entries()) {
                later(left, () -> {});
            }
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(place)) {
            return entries.toList();
        }
    }

    /**
     * Removes a directory, which is out of the way when this returns, where that is possible.
     *
     * @param whenAway what is to be done when it is
     */
    void remove(Path directory, Runnable whenAway) {
        Path pit = null;
        try {
            Files.createDirectories(place);
            pit = Files.createTempDirectory(place, directory.getFileName() + ".");
            TreeRemoval.setAside(directory, pit);
            whenAway.run();
        } catch (NoSuchFileException e) {
            LOG.debug("directory={} is gone already", directory);
            whenAway.run();
        } catch (FileSystemException e) {
            // A full disk has no room for another directory, and the system's temporary ones are on another one.
            LOG.debug("directory={} is removed in its place: {}", directory, e.toString());
            later(directory, whenAway);
        } catch (IOException e) {
            LOG.warn("directory={} of an ended worker could not be moved", directory, e);
            later(directory, whenAway);
        }
        if (pit != null) {
            later(pit, () -> {});
        }
    }

    private void later(Path tree, Runnable whenGone) {
        try {
            executor.execute(() -> removeNow(tree, whenGone));
        } catch (RejectedExecutionException e) {
            LOG.debug("directory={} is left to the next server", tree);
        } catch (OutOfMemoryError e) {
            LOG.warn("directory={} is removed at once: {}", tree, e.getMessage());
            removeNow(tree, whenGone);
        }
    }

    private static void removeNow(Path tree, Runnable whenGone) {
        try {
            TreeRemoval.remove(tree);
            whenGone.run();
        } catch (IOException e) {
            LOG.warn("directory={} of an ended worker could not be removed; the next start tries again", tree, e);
        }
    }

    /** Lets those end that end soon. */
    void stop() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("directory={} is not empty yet; the next server goes on with it", place);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
