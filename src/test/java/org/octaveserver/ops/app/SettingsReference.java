package org.octaveserver.ops.app;

import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.settings.SettingsCatalog;

/**
 * What the reference pages must say about the settings of one feature: names, defaults and what is accepted from its
 * type, the meaning from its source's Javadoc, so that there is one sentence and not three.
 */
final class SettingsReference {
    private static final int WIDTH = 110;
    private static final Pattern DOC =
            Pattern.compile("/\\*\\*(.*?)\\*/((?:\\s*@\\w+(?:\\([^)]*\\))?)*\\s*[^;{]*)", Pattern.DOTALL);
    private static final Pattern METHOD = Pattern.compile("(\\w+)\\(\\)\\s*$");

    private final String prefix;
    private final List<Declared> declared;

    /**
     * One interface of a feature.
     *
     * @param source its text
     */
    private record Declared(String source, List<SettingsCatalog.Entry> entries) {
        static Declared of(Class<?> mapping) {
            String source;
            try {
                source = Files.readString(
                        Path.of("src/main/java", mapping.getName().replace('.', '/') + ".java"));
            } catch (IOException e) {
                throw new AssertionError("the source of " + mapping + " cannot be read", e);
            }
            return new Declared(
                    source,
                    new SettingsCatalog(List.of(mapping))
                            .entries().stream()
                                    .sorted(Comparator.comparingInt(
                                            entry -> source.indexOf(" " + entry.method() + "()")))
                                    .toList());
        }
    }

    private SettingsReference(String prefix, List<Class<?>> mappings) {
        this.prefix = prefix;
        declared = mappings.stream().map(Declared::of).toList();
    }

    /** One for each prefix: several packages may have settings of one feature. */
    static List<SettingsReference> all(List<Class<?>> mappings) {
        Map<String, List<Class<?>>> features = new LinkedHashMap<>();
        mappings.forEach(mapping -> features.computeIfAbsent(prefix(mapping), any -> new ArrayList<>())
                .add(mapping));
        return features.entrySet().stream()
                .map(feature -> new SettingsReference(feature.getKey(), feature.getValue()))
                .toList();
    }

    private static String prefix(Class<?> mapping) {
        return Objects.requireNonNull(mapping.getAnnotation(ConfigMapping.class))
                .prefix();
    }

    String prefix() {
        return prefix;
    }

    /** What the feature's settings have in common. */
    String introduction() {
        Matcher doc = DOC.matcher(declared.get(0).source());
        while (doc.find()) {
            if (doc.group(2).contains(" interface ")) {
                return text(doc.group(1));
            }
        }
        throw new AssertionError("the settings of " + prefix + " have no Javadoc");
    }

    /** Rows of Markdown. */
    List<String> table() {
        List<String> rows = new ArrayList<>();
        rows.add("| setting | environment variable | default | meaning |");
        rows.add("| --- | --- | --- | --- |");
        for (Described one : entries()) {
            SettingsCatalog.Entry entry = one.entry();
            String byDefault =
                    entry.defaultValue().map(value -> "`" + value + "`").orElse("(not set)");
            rows.add("| `" + entry.name() + "` | `" + entry.environmentName() + "` | " + byDefault + " | "
                    + one.meaning() + " |");
        }
        return rows;
    }

    /** Lines of a properties file, every setting commented out at its default. */
    List<String> properties() {
        List<String> lines = new ArrayList<>();
        for (Described one : entries()) {
            SettingsCatalog.Entry entry = one.entry();
            lines.add("");
            lines.addAll(comment(one.meaning()));
            lines.add("#" + entry.name() + "=" + entry.defaultValue().orElse(""));
        }
        return lines;
    }

    static List<String> comment(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("#");
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private record Described(SettingsCatalog.Entry entry, String meaning) {}

    private List<Described> entries() {
        return declared.stream()
                .flatMap(one -> one.entries().stream().map(entry -> new Described(entry, meaning(one.source(), entry))))
                .toList();
    }

    private static String meaning(String source, SettingsCatalog.Entry entry) {
        Matcher doc = DOC.matcher(source);
        while (doc.find()) {
            Matcher method = METHOD.matcher(doc.group(2));
            if (method.find() && method.group(1).equals(entry.method())) {
                return text(doc.group(1)) + " Allowed: " + entry.rule().expected() + ".";
            }
        }
        throw new AssertionError(entry.name() + " has no Javadoc");
    }

    private static String text(String javadoc) {
        return javadoc.replaceAll("\\s*\\n\\s*\\*\\s?", " ")
                .replaceAll("\\{@code ([^}]*)}", "$1")
                .strip();
    }
}
