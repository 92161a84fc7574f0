package org.octaveserver.ops.cli.pack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Packs a directory as a bundle file: all files at their places, below one top directory. The server finds
 * {@code routes.json}, signatures and static files beside the functions of a plain folder, and beside {@code inst/} of an
 * Octave package. Where neither {@code ops.json} nor {@code DESCRIPTION} stands, an {@code ops.json} with name and version is
 * added, so that the file alone says what it is.
 */
public final class BundlePacker {
    static final String OPS_JSON = "ops.json";
    static final String DESCRIPTION = "DESCRIPTION";

    private final Path directory;
    private final Identity identity;

    private BundlePacker(Path directory, Identity identity) {
        this.directory = directory;
        this.identity = identity;
    }

    /**
     * Looks at a directory without packing it yet.
     *
     * @throws OpsException when it cannot be a bundle; the message says what is missing
     */
    public static BundlePacker of(Path directory) throws IOException {
        Path real = directory.toRealPath();
        return new BundlePacker(real, new IdentityReader(real).read());
    }

    public Identity identity() {
        return identity;
    }

    /**
     * Writes the bundle file; the same files give the same bytes, whoever packs them and when. The stream stays open.
     *
     * @throws OpsException when a file must not be in a bundle, or none of them is Octave code
     */
    public void writeTo(OutputStream out) throws IOException {
        SortedMap<String, Path> files = BundleFiles.in(directory);
        if (!isPackage() && files.keySet().stream().noneMatch(path -> path.endsWith(".m"))) {
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    directory + " holds no .m file, no DESCRIPTION and no inst/: nothing there can be a bundle");
        }
        try (ReproducibleTar tar = new ReproducibleTar(out)) {
            for (Map.Entry<String, Entry> entry : entries(files).entrySet()) {
                entry.getValue().addTo(tar, entry.getKey());
            }
        }
    }

    private boolean isPackage() {
        return Files.isRegularFile(directory.resolve(DESCRIPTION)) || Files.isDirectory(directory.resolve("inst"));
    }

    private SortedMap<String, Entry> entries(SortedMap<String, Path> files) throws IOException {
        SortedMap<String, Entry> entries = new TreeMap<>();
        String top = isPackage() ? identity.name() + "-" + identity.version() + "/" : identity.name() + "/";
        files.forEach((path, file) -> entries.put(top + path, (tar, name) -> tar.file(name, file)));
        if (!files.containsKey(OPS_JSON) && !files.containsKey(DESCRIPTION)) {
            byte[] written = opsJson();
            entries.put(top + OPS_JSON, (tar, name) -> tar.file(name, written));
        }
        return entries;
    }

    private byte[] opsJson() throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        var ops = mapper.createObjectNode().put("name", identity.name()).put("version", identity.version());
        return (mapper.writeValueAsString(ops) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Something to be added under a name. */
    private interface Entry {
        void addTo(ReproducibleTar tar, String name) throws IOException;
    }
}
