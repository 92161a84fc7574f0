package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.DurableFiles;

/**
 * {@code current}, which says what release callers see: a symbolic link to it, or where links are refused a file with
 * the same text in one line. Both are replaced by one rename, and both are always understood. Thread-safe.
 */
final class CurrentPointer {
    private static final Logger LOG = LogManager.getLogger(CurrentPointer.class);
    private static final Pattern TARGET = Pattern.compile("releases[/\\\\]([1-9][0-9]{0,17})\\R?");

    private final Path current;
    private final SymlinkCreator links;

    CurrentPointer(Path current, SymlinkCreator links) {
        this.current = current;
        this.links = links;
    }

    /** The number of the release, 0 when there is none yet. */
    long read() throws IOException {
        String target;
        try {
            target = text();
        } catch (NoSuchFileException e) {
            return 0;
        }
        Matcher matcher = TARGET.matcher(target);
        if (!matcher.matches()) {
            throw new IOException(current + " leads to " + Quoted.text(target) + "; it must lead to releases/<number>");
        }
        return Long.parseLong(matcher.group(1));
    }

    private String text() throws IOException {
        try {
            return Files.readSymbolicLink(current).toString();
        } catch (NotLinkException | UnsupportedOperationException e) {
            return Files.readString(current);
        }
    }

    /**
     * Switches to a release.
     *
     * @param scratch a path on the same file system where nothing is
     */
    void point(long number, Path scratch) throws IOException {
        prepare(number, scratch);
        replaceBy(scratch);
    }

    /**
     * Does all of a switch but the last step, and fails where that is bound to: so that nobody begins what cannot end.
     *
     * @param scratch a path on the same file system where nothing is
     */
    void prepare(long number, Path scratch) throws IOException {
        String target = "releases/" + number;
        try {
            links.create(scratch, Path.of(target));
        } catch (UnsupportedOperationException | FileSystemException e) {
            LOG.debug("path={} becomes a file: links are refused ({})", current, e.toString());
            Files.writeString(scratch, target + "\n");
        }
        if (!Files.isWritable(DurableFiles.parent(current))) {
            throw new AccessDeniedException(current.toString(), null, "its directory cannot be written to");
        }
    }

    /** Switches to the release that something was prepared for. */
    void replaceBy(Path prepared) throws IOException {
        DurableFiles.replace(prepared, current);
    }
}
