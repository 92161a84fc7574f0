package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.DurableFiles;

/**
 * Makes a tree that was installed in one place fit for another, to which it is moved then: what wrote its own place into
 * a file would not find itself any more. Texts get the new path. Programs and libraries keep their size: in them a path
 * is a string that ends with a NUL, and a shorter one is filled up with NULs behind it. Links in the tree stay in it.
 */
final class Relocation {
    private static final int CHUNK = 1 << 16;

    /** Files that name their place are read whole; no honest one comes near. */
    private static final long MOST = 256L << 20;

    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private final Path from;
    private final Path to;
    private final byte[] old;
    private final byte[] fresh;

    /** Both paths absolute. */
    Relocation(Path from, Path to) {
        this.from = from;
        this.to = to;
        this.old = from.toString().getBytes(StandardCharsets.UTF_8);
        this.fresh = to.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Changes the files of the tree in its present place, and gives all of them the modes of a bundle's files.
     *
     * @throws OpsException INVALID_BUNDLE for a file that cannot be changed, or a link that leads out
     */
    void apply() throws IOException {
        FileModes.set(from, true);
        for (Path path : FileTrees.below(from)) {
            if (Files.isSymbolicLink(path)) {
                relink(path);
            } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                FileModes.set(path, Files.isExecutable(path));
                rewrite(path);
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                FileModes.set(path, true);
            } else {
                throw refused(path, "is neither a file nor a directory");
            }
        }
    }

    private void relink(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        Path absolute = DurableFiles.parent(link).resolve(target).normalize();
        if (!absolute.startsWith(from)) {
            throw refused(link, "is a link to " + Quoted.text(target.toString()) + ", which is outside the package");
        }
        if (target.isAbsolute()) {
            Files.delete(link);
            Files.createSymbolicLink(link, to.resolve(from.relativize(absolute).toString()));
        }
    }

    private void rewrite(Path file) throws IOException {
        if (!namesItsPlace(file)) {
            return;
        }
        if (Files.size(file) > MOST) {
            throw refused(file, "names the directory that it was installed in, and is too large to be changed");
        }
        byte[] bytes = Files.readAllBytes(file);
        boolean isText = indexOf(bytes, new byte[] {0}, 0, bytes.length) < 0;
        Files.write(file, isText ? inText(bytes) : inProgram(file, bytes));
    }

    private boolean namesItsPlace(Path file) throws IOException {
        byte[] window = new byte[CHUNK + old.length];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(window, kept, CHUNK); n >= 0; n = in.read(window, kept, CHUNK)) {
                int filled = kept + n;
                if (indexOf(window, old, 0, filled) >= 0) {
                    return true;
                }
                kept = Math.min(filled, old.length - 1);
                System.arraycopy(window, filled - kept, window, 0, kept);
            }
        }
        return false;
    }

    private byte[] inText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.replace(
                        new String(old, StandardCharsets.ISO_8859_1), new String(fresh, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] inProgram(Path file, byte[] bytes) {
        if (!Arrays.equals(ELF, Arrays.copyOf(bytes, ELF.length)) || fresh.length > old.length) {
            throw refused(
                    file,
                    "names the directory that it was installed in, in a form that cannot be changed; let it find its"
                            + " files by mfilename (\"fullpath\") or relative to itself");
        }
        byte[] changed = bytes.clone();
        int saved = old.length - fresh.length;
        for (int at = indexOf(changed, old, 0, changed.length);
                at >= 0;
                at = indexOf(changed, old, at + fresh.length, changed.length)) {
            int end = at;
            while (end < changed.length && changed[end] != 0) {
                end++;
            }
            System.arraycopy(fresh, 0, changed, at, fresh.length);
            System.arraycopy(changed, at + old.length, changed, at + fresh.length, end - at - old.length);
            Arrays.fill(changed, end - saved, end, (byte) 0);
        }
        return changed;
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from, int to) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private OpsException refused(Path path, String why) {
        return new OpsException(
                ErrorCode.INVALID_BUNDLE,
                "the installed file " + Quoted.text(from.relativize(path).toString()) + " " + why);
    }
}
