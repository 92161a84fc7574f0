package org.octaveserver.ops.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a {@link ByName} setting is given for.
 *
 * @param before what stands before the name: {@code ops.runtime.}
 * @param after what stands behind it: {@code .command}
 * @param allowed which names there may be
 * @param words the same for messages
 * @param property the name of the map, as the library knows it
 */
public record SettingNames(String before, String after, Pattern allowed, String words, String property) {
    private static final Pattern PLACE = Pattern.compile("<[a-z]+>");

    static SettingNames of(ByName names, String prefix, String property) {
        Matcher place = PLACE.matcher(names.value());
        if (!place.find()) {
            throw new IllegalArgumentException(names.value() + " has no place for a name");
        }
        return new SettingNames(
                prefix + names.value().substring(0, place.start()),
                names.value().substring(place.end()),
                Pattern.compile(names.names()),
                names.allowed(),
                property);
    }

    /** The name in a setting's whole name, be it allowed or not; nothing when that is another setting. */
    Optional<String> nameIn(String setting) {
        boolean matches = setting.length() > before.length() + after.length()
                && setting.startsWith(before)
                && setting.endsWith(after);
        return matches
                ? Optional.of(setting.substring(before.length(), setting.length() - after.length()))
                : Optional.empty();
    }

    /** The same of an environment variable, in small letters. */
    Optional<String> nameInVariable(String variable) {
        SettingNames shouted = new SettingNames(variable(before), variable(after), allowed, words, property);
        return shouted.nameIn(variable).map(name -> name.toLowerCase(Locale.ROOT));
    }

    /** The whole name of the setting for a name. */
    String setting(String name) {
        return before + name + after;
    }

    /** The environment variable for a name. */
    String variableFor(String name) {
        return variable(setting(name));
    }

    private static String variable(String text) {
        return text.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** What the library calls the entry of the map; in quotes, because names may have dots. */
    String mapped(String name) {
        return property + ".\"" + name + "\"";
    }

    /** What is wrong with a name. */
    Optional<String> problem(String name) {
        return allowed.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("\"" + name + "\" is no name here; " + words);
    }
}
