package org.octaveserver.ops.settings;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Loads settings, weakest source first: defaults, {@code conf/ops.properties}, the environment ({@code OPS_HTTP_PORT}
 * for {@code ops.http.port}), parameters of the container. Everything is checked at once, before anything starts.
 */
public final class SettingsLoader {
    private static final Logger LOG = LogManager.getLogger(SettingsLoader.class);
    private static final int CONVERTER_PRIORITY = 500;
    private static final int ORDINAL = 100;

    private final SettingsCatalog catalog;
    private final List<Class<?>> mappings;

    /** Loads settings of these interfaces. */
    public SettingsLoader(List<Class<?>> mappings) {
        this.mappings = List.copyOf(mappings);
        this.catalog = new SettingsCatalog(mappings);
    }

    /**
     * A setting as somebody wrote it.
     *
     * @param text without blanks at its ends
     * @param where for the message when it is wrong
     */
    private record Given(String text, String where) {}

    /**
     * Loads and checks.
     *
     * @param file the properties file; need not exist
     * @param environment the process's environment
     * @param parameters settings that the container gives, by name
     * @throws SettingsException with every problem found
     */
    public Settings load(Path file, Map<String, String> environment, Map<String, String> parameters) {
        List<String> problems = new ArrayList<>();
        Map<String, String> written = SettingsFile.read(file, problems);
        unknown(written, file.toString(), problems);
        unknown(parameters, "the container's parameters", problems);
        catalog.misspeltVariables(environment.keySet())
                .forEach((wrong, near) -> LOG.warn("the variable {} is no setting; did you mean {}?", wrong, near));
        Map<String, String> accepted = new HashMap<>();
        Sources sources = new Sources(written, file, environment, parameters);
        for (SettingsCatalog.Entry entry : catalog.entries()) {
            entry.names()
                    .ifPresentOrElse(
                            names -> sources.names(names)
                                    .forEach(name -> named(entry, names, name, sources, accepted, problems)),
                            () -> plain(entry, sources, accepted, problems));
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return typed(accepted);
    }

    /** Where settings are written, the strongest last in its order of parameters. */
    private record Sources(
            Map<String, String> written, Path file, Map<String, String> environment, Map<String, String> parameters) {
        /** An empty variable counts as none, as it does for OPS_HOME: scripts and container set-ups leave such behind. */
        Optional<Given> strongest(String name, String variable) {
            return given(parameters.get(name), "in the container's parameters")
                    .or(() -> given(environment.get(variable), "in the environment variable " + variable)
                            .filter(given -> !given.text().isEmpty()))
                    .or(() -> given(written.get(name), "in " + file));
        }

        /** The names that a setting is given for. A variable for one of the other sources gives no name of its own. */
        Set<String> names(SettingNames setting) {
            Set<String> names = new TreeSet<>();
            Stream.concat(written.keySet().stream(), parameters.keySet().stream())
                    .flatMap(key -> setting.nameIn(key).stream())
                    .forEach(names::add);
            Set<String> variables = names.stream().map(setting::variableFor).collect(Collectors.toSet());
            environment.keySet().stream()
                    .filter(variable -> !variables.contains(variable))
                    .flatMap(variable -> setting.nameInVariable(variable).stream())
                    .forEach(names::add);
            return names;
        }
    }

    private static void plain(
            SettingsCatalog.Entry entry, Sources sources, Map<String, String> accepted, List<String> problems) {
        sources.strongest(entry.name(), entry.environmentName())
                .ifPresent(given -> accept(entry, entry.name(), given, accepted, problems));
    }

    /** One of the names that a setting is given for. */
    private static void named(
            SettingsCatalog.Entry entry,
            SettingNames names,
            String name,
            Sources sources,
            Map<String, String> accepted,
            List<String> problems) {
        String whole = names.setting(name);
        sources.strongest(whole, names.variableFor(name)).ifPresent(given -> {
            Optional<String> problem = names.problem(name);
            problem.ifPresentOrElse(
                    why -> problems.add(whole + ": " + why + " (" + given.where() + ")"),
                    () -> accept(entry, names.mapped(name), given, accepted, problems));
        });
    }

    private static void accept(
            SettingsCatalog.Entry entry,
            String property,
            Given given,
            Map<String, String> accepted,
            List<String> problems) {
        Optional<String> problem = problem(entry, given);
        problem.ifPresent(problems::add);
        if (problem.isEmpty() && !given.text().isEmpty()) {
            accepted.put(property, entry.rule().tidied(given.text()));
        }
    }

    private static Optional<Given> given(@Nullable String text, String where) {
        return Optional.ofNullable(text).map(present -> new Given(present.strip(), where));
    }

    private static Optional<String> problem(SettingsCatalog.Entry entry, Given given) {
        if (given.text().isEmpty() && entry.defaultValue().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> problem = given.text().isEmpty()
                ? Optional.of("expected " + entry.rule().expected() + ", got nothing; without this line it is "
                        + entry.defaultValue().get())
                : entry.rule().problem(given.text());
        return problem.map(why -> entry.name() + ": " + why + " (" + given.where() + ")");
    }

    private Settings typed(Map<String, String> accepted) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, CONVERTER_PRIORITY, Durations::parse)
                .withConverter(DataSize.class, CONVERTER_PRIORITY, DataSize::parse)
                .withSources(new PropertiesConfigSource(accepted, "settings", ORDINAL));
        mappings.forEach(builder::withMapping);
        try {
            return new Settings(builder.build());
        } catch (ConfigValidationException e) {
            List<String> problems = new ArrayList<>();
            for (int i = 0; i < e.getProblemCount(); i++) {
                problems.add(e.getProblem(i).getMessage());
            }
            throw new SettingsException(problems);
        }
    }

    private void unknown(Map<String, String> given, String where, List<String> problems) {
        given.keySet().stream()
                .sorted()
                .filter(name -> !catalog.has(name))
                .forEach(name -> problems.add("no setting is named " + name + " (in " + where + ")"
                        + catalog.nearest(name)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("")));
    }
}
