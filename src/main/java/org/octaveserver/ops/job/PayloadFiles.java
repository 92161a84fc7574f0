package org.octaveserver.ops.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.DurableFiles;
import org.octaveserver.ops.lifecycle.OwnerOnly;

/**
 * What belongs to jobs and is too large for the store, each in a file of its own: written under another name, on disk, then
 * renamed; only then may the store refer to it. A crash between leaves a file that nothing refers to, which {@link
 * OrphanFiles} finds. Nobody but the server's account may read them. Thread-safe.
 */
public final class PayloadFiles {
    private static final Logger LOG = LogManager.getLogger(PayloadFiles.class);
    /** A page of the database and a bit: below that a file costs more than it saves. */
    private static final int LARGEST_INLINE = 8192;

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    private static final String UNFINISHED = ".part";

    private final Path directory;
    /** Files that this process is about to have referred to, however long that takes. */
    private final Set<String> pending = ConcurrentHashMap.newKeySet();

    /** Files in a directory, which is made when it is needed. */
    public PayloadFiles(Path directory) {
        this.directory = directory;
    }

    /** What writes bytes somewhere. */
    public interface Content {
        /** Writes all of it; leaves the stream open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Keeps bytes.
     *
     * @param size how many there will be, about
     * @throws OpsException JOB_STORE_UNAVAILABLE when they cannot be written
     */
    public Payload keep(Content content, long size) {
        try {
            return size <= LARGEST_INLINE ? inline(content) : write(content);
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.JOB_STORE_UNAVAILABLE,
                    "what belongs to a job cannot be written to " + directory + " (setting ops.jobs.directory): "
                            + reason(e),
                    e);
        }
    }

    private static Payload inline(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        byte[] whole = bytes.toByteArray();
        return new Payload(Optional.of(whole), Optional.empty(), whole.length, hex(sha256().digest(whole)));
    }

    private Payload write(Content content) throws IOException {
        DurableFiles.ensureDirectory(directory, OwnerOnly.directory());
        String name = UUID.randomUUID().toString();
        Path part = directory.resolve(name + UNFINISHED);
        MessageDigest digest = sha256();
        long size;
        try {
            try (FileChannel channel = FileChannel.open(part, NEW, OwnerOnly.file());
                    OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
                content.writeTo(out);
                size = channel.position();
            }
            pending.add(name);
            DurableFiles.replace(part, directory.resolve(name));
        } catch (IOException | RuntimeException e) {
            remove(List.of(name + UNFINISHED, name));
            throw e;
        }
        return new Payload(Optional.empty(), Optional.of(name), size, hex(digest.digest()));
    }

    /**
     * The bytes of a payload.
     *
     * @throws OpsException JOB_DAMAGED when they are not what was kept; JOB_STORE_UNAVAILABLE when they cannot be read
     */
    public byte[] read(Payload payload) {
        byte[] bytes = payload.inline().orElseGet(() -> readFile(payload.file().orElse("")));
        if (bytes.length != payload.size() || !hex(sha256().digest(bytes)).equals(payload.sha256())) {
            throw new OpsException(
                    ErrorCode.JOB_DAMAGED,
                    "what belongs to the job is not what was kept: " + bytes.length + " bytes, not the "
                            + payload.size() + " with the SHA-256 " + payload.sha256());
        }
        return bytes;
    }

    private byte[] readFile(String name) {
        try {
            return Files.readAllBytes(directory.resolve(name));
        } catch (NoSuchFileException e) {
            throw new OpsException(
                    ErrorCode.JOB_DAMAGED,
                    "the file " + name + " that belongs to the job is not in " + directory
                            + " (setting ops.jobs.directory; all nodes must share it)",
                    e);
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.JOB_STORE_UNAVAILABLE,
                    "the file " + name + " in " + directory + " cannot be read: " + reason(e),
                    e);
        }
    }

    /** Removes what nothing refers to any more. A file that cannot be removed now will be found by {@link OrphanFiles}. */
    public void remove(Collection<String> names) {
        for (String name : names) {
            pending.remove(name);
            try {
                boolean unused = Files.deleteIfExists(directory.resolve(name));
            } catch (IOException e) {
                LOG.warn("file={} of a job stays for now: {}", name, e.toString());
            }
        }
    }

    /** The same for one payload. */
    public void remove(Payload payload) {
        payload.file().ifPresent(name -> remove(List.of(name)));
    }

    /** Whether a payload is still to be written, or its file was taken for one that belongs to nobody. */
    boolean isMissing(@Nullable Payload payload) {
        return payload == null
                || payload.file()
                        .filter(name -> Files.notExists(directory.resolve(name)))
                        .isPresent();
    }

    /** It is known whether something refers to a payload. */
    void settled(Payload payload) {
        payload.file().ifPresent(pending::remove);
    }

    /** The names of all files there are but those that somebody here is about to need; unfinished ones among them. */
    List<String> names() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !pending.contains(name))
                    .toList();
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
