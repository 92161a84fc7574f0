package org.octaveserver.ops.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the files of an installation are like, cheap enough to be looked at again and again: path, size and time of its
 * program, of what that runs, and of its lists of packages.
 *
 * @param files those, there or not
 */
record RuntimeStamp(List<Path> files) {
    RuntimeStamp {
        files = List.copyOf(files);
    }

    /**
     * The stamp of a command.
     *
     * @param searched the directories that programs are looked for in, as in {@code PATH}
     * @param told what the program said that it consists of
     */
    static RuntimeStamp of(List<String> command, String searched, List<Path> told) {
        List<Path> files =
                new ArrayList<>(program(command.get(0), searched).stream().toList());
        files.addAll(told);
        return new RuntimeStamp(files.stream().distinct().toList());
    }

    private static Optional<Path> program(String name, String searched) {
        if (name.contains("/") || name.contains(File.separator)) {
            return Optional.of(Path.of(name));
        }
        return Stream.of(searched.split(Pattern.quote(File.pathSeparator), -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** As they are now. */
    String now() {
        return files.stream().map(RuntimeStamp::look).collect(Collectors.joining("; "));
    }

    private static String look(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes found = Files.readAttributes(real, BasicFileAttributes.class);
            // The key is the file's number: another file of the same size, copied with its time, is another one too.
            return real + " " + found.size() + " " + found.lastModifiedTime() + " " + found.fileKey();
        } catch (IOException e) {
            return file + " is not there";
        }
    }
}
