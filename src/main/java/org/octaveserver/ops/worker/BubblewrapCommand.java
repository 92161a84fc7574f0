package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is put in front of a command that is to run in a sandbox of bubblewrap's: who sees what. */
final class BubblewrapCommand {
    /** Where programs are, and what they need. Links on many systems. */
    private static final List<String> SYSTEM =
            List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store");

    /** What programs look up. Nothing secret is in it. */
    private static final List<String> CONFIGURATION = List.of(
            "alternatives",
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "passwd",
            "group",
            "nsswitch.conf",
            "localtime",
            "timezone",
            "fonts",
            "octave",
            "hosts",
            "host.conf",
            "resolv.conf",
            "services",
            "protocols",
            "ssl/certs",
            "ca-certificates",
            "pki/tls/certs",
            "mime.types",
            "papersize",
            "magic");

    private final List<String> words = new ArrayList<>();
    private final Set<Path> made = new TreeSet<>();

    /**
     * Has nothing but what every program needs.
     *
     * @param room how many bytes each of its directories in memory may hold
     */
    BubblewrapCommand(Path program, boolean network, long room) {
        words.add(program.toString());
        words.addAll(List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"));
        if (!network) {
            words.add("--unshare-net");
        }
        SYSTEM.forEach(one -> system(Path.of(one)));
        CONFIGURATION.forEach(one -> readIfThere(Path.of("/etc", one)));
        readIfThere(Path.of("/var/cache/fontconfig"));
        words.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        for (String one : List.of("/tmp", "/var/tmp", "/dev/shm")) {
            words.addAll(List.of("--perms", "1777", "--size", Long.toString(room), "--tmpfs", one));
            made.add(Path.of(one));
        }
    }

    private void system(Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                words.addAll(List.of("--symlink", Files.readSymbolicLink(path).toString(), path.toString()));
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                bind("--ro-bind", path);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the link " + path + " cannot be read", e);
        }
    }

    private void readIfThere(Path path) {
        if (Files.exists(path)) {
            bind("--ro-bind", path);
        }
    }

    /** Shows files as they are; those around others first, so that these are not hidden. */
    BubblewrapCommand read(List<Path> paths) {
        sorted(paths).forEach(path -> bind("--ro-bind", path));
        return this;
    }

    /** Shows files that may be changed. */
    BubblewrapCommand write(List<Path> paths) {
        sorted(paths).forEach(path -> bind("--bind", path));
        return this;
    }

    private static List<Path> sorted(List<Path> paths) {
        return paths.stream()
                .map(Path::normalize)
                .distinct()
                .sorted(Comparator.comparing(Path::getNameCount))
                .toList();
    }

    private void bind(String how, Path path) {
        ancestors(path);
        words.addAll(List.of(how, path.toString(), path.toString()));
        made.add(path);
    }

    /** What stands around it is made, so that every account may pass; not where it can be seen already. */
    private void ancestors(Path path) {
        List<Path> missing = new ArrayList<>();
        Path parent = path.getParent();
        while (parent != null && parent.getNameCount() > 0 && !isCovered(parent)) {
            missing.add(0, parent);
            parent = parent.getParent();
        }
        for (Path one : missing) {
            words.addAll(List.of("--perms", "0755", "--dir", one.toString()));
            made.add(one);
        }
    }

    private boolean isCovered(Path path) {
        return made.contains(path) || SYSTEM.stream().anyMatch(path::startsWith);
    }

    /** Privileges that stay, of a server that is root; those of others all go. */
    BubblewrapCommand keeping(List<String> capabilities) {
        words.addAll(List.of("--cap-drop", "ALL"));
        capabilities.forEach(one -> words.addAll(List.of("--cap-add", one)));
        return this;
    }

    /** Under the server's account, which is not root. */
    BubblewrapCommand unprivileged() {
        words.add("--unshare-user");
        return this;
    }

    /** The whole, to be followed by a command, which goes to its own directory by itself: that may be closed to us. */
    List<String> whole() {
        List<String> whole = new ArrayList<>(words);
        whole.addAll(List.of("--chdir", "/tmp", "--"));
        return whole;
    }
}
