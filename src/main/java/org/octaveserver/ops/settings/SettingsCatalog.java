package org.octaveserver.ops.settings;

import static java.util.Objects.requireNonNull;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The names and defaults of all settings, read from the interfaces that declare them. */
public final class SettingsCatalog {
    /**
     * One setting.
     *
     * @param name such as {@code ops.http.port}
     * @param method that of the interface which answers it
     * @param defaultValue as it would be written; empty when the setting is optional
     * @param rule what it accepts
     * @param names the names that it can be given for, in the place of {@code <id>} in {@code name}, if any
     */
    public record Entry(
            String name, String method, Optional<String> defaultValue, ValueRule rule, Optional<SettingNames> names) {
        /** The environment variable that sets it: {@code OPS_HTTP_PORT}. */
        public String environmentName() {
            return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
        }
    }

    /** More wrong letters than this make another name. */
    private static final int FAR = 4;

    private final List<Entry> entries;
    /** How the variables of each feature begin: {@code OPS_HTTP_}. */
    private final List<String> features;

    /** Lists the settings of these interfaces, each annotated with {@link ConfigMapping}. */
    public SettingsCatalog(List<Class<?>> mappings) {
        entries = mappings.stream()
                .flatMap(mapping -> Arrays.stream(mapping.getMethods()))
                .map(SettingsCatalog::entry)
                .sorted(Comparator.comparing(Entry::name))
                .toList();
        features = mappings.stream()
                .map(mapping -> prefix(mapping).replace('.', '_').toUpperCase(Locale.ROOT) + "_")
                .toList();
    }

    private static String prefix(Class<?> mapping) {
        return requireNonNull(mapping.getAnnotation(ConfigMapping.class)).prefix();
    }

    private static Entry entry(Method method) {
        @Nullable WithDefault value = method.getAnnotation(WithDefault.class);
        String prefix = prefix(method.getDeclaringClass()) + ".";
        @Nullable ByName byName = method.getAnnotation(ByName.class);
        return new Entry(
                prefix + (byName == null ? written(method) : byName.value()),
                method.getName(),
                value == null ? Optional.empty() : Optional.of(value.value()),
                ValueRule.of(method),
                Optional.ofNullable(byName)
                        .map(names -> SettingNames.of(names, prefix, prefix + kebab(method.getName()))));
    }

    private static String written(Method method) {
        @Nullable WithName name = method.getAnnotation(WithName.class);
        return name == null ? kebab(method.getName()) : name.value();
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** All settings by name. */
    public List<Entry> entries() {
        return entries;
    }

    /** Whether there is a setting of this name. */
    public boolean has(String name) {
        return entries.stream()
                .anyMatch(entry -> entry.names()
                        .map(names -> names.nameIn(name).isPresent())
                        .orElse(entry.name().equals(name)));
    }

    /** The setting whose name is nearest to a misspelt one, if any is near. */
    public Optional<String> nearest(String misspelt) {
        return nearest(misspelt, entries.stream().map(Entry::name));
    }

    /**
     * The variables that look like a misspelt setting, each with the one that was probably meant. Others under
     * {@code OPS_} are none of ours: the client has some, and container platforms add their own.
     */
    Map<String, String> misspeltVariables(Set<String> variables) {
        Map<String, String> misspelt = new TreeMap<>();
        for (String variable : variables) {
            boolean known = entries.stream()
                    .anyMatch(entry -> entry.names()
                            .map(names -> names.nameInVariable(variable).isPresent())
                            .orElse(entry.environmentName().equals(variable)));
            if (!known && features.stream().anyMatch(variable::startsWith)) {
                nearest(variable, entries.stream().map(Entry::environmentName))
                        .ifPresent(near -> misspelt.put(variable, near));
            }
        }
        return misspelt;
    }

    private static Optional<String> nearest(String misspelt, Stream<String> names) {
        return names.min(Comparator.comparingInt(name -> distance(name, misspelt)))
                .filter(name -> distance(name, misspelt) <= FAR);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        Arrays.setAll(previous, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
