package org.octaveserver.ops.settings;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Loads settings, weakest source first: defaults, {@code conf/ops.properties}, the environment ({@code OPS_HTTP_PORT}
 * for {@code ops.http.port}), parameters of the container. Everything is checked at once, before anything starts.
 */
public final class SettingsLoader {
    private static final int FILE_ORDINAL = 250;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int PARAMETERS_ORDINAL = 400;
    private static final int CONVERTER_PRIORITY = 500;

    private final SettingsCatalog catalog;
    private final List<Class<?>> mappings;

    /** Loads settings of these interfaces. */
    public SettingsLoader(List<Class<?>> mappings) {
        this.mappings = List.copyOf(mappings);
        this.catalog = new SettingsCatalog(mappings);
    }

    /**
     * Loads and checks.
     *
     * @param file the properties file; need not exist
     * @param environment the process's environment
     * @param parameters settings that the container gives, by name
     * @throws SettingsException with every problem found
     */
    public Settings load(Path file, Map<String, String> environment, Map<String, String> parameters) {
        Map<String, String> written = read(file);
        List<String> problems = new ArrayList<>();
        unknown(written, file.toString(), problems);
        unknown(parameters, "the container's parameters", problems);
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, CONVERTER_PRIORITY, Durations::parse)
                .withConverter(DataSize.class, CONVERTER_PRIORITY, DataSize::parse)
                .withSources(new PropertiesConfigSource(written, file.toString(), FILE_ORDINAL))
                .withSources(new EnvConfigSource(known(environment), ENVIRONMENT_ORDINAL))
                .withSources(new PropertiesConfigSource(parameters, "container", PARAMETERS_ORDINAL));
        mappings.forEach(builder::withMapping);
        try {
            SmallRyeConfig config = builder.build();
            if (problems.isEmpty()) {
                return new Settings(config);
            }
        } catch (ConfigValidationException e) {
            for (int i = 0; i < e.getProblemCount(); i++) {
                problems.add(e.getProblem(i).getMessage());
            }
        }
        throw new SettingsException(problems);
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

    /** Only what is a setting: the environment holds other things under OPS_ too, and far more under other names. */
    private Map<String, String> known(Map<String, String> environment) {
        Map<String, String> known = new HashMap<>();
        for (SettingsCatalog.Entry entry : catalog.entries()) {
            String value = environment.get(entry.environmentName());
            if (value != null) {
                known.put(entry.environmentName(), value);
            }
        }
        return known;
    }

    private static Map<String, String> read(Path file) {
        if (Files.notExists(file)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException(List.of("cannot read " + file + ": " + e.getMessage()));
        }
        Map<String, String> read = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name, "")));
        return read;
    }
}
