package org.octaveserver.ops.settings;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the text of a setting is read as. Stricter than the library that reads it, to which "yess" means no. */
enum ValueKind {
    SWITCH("true or false", ""),
    NUMBER("a whole number", ""),
    DURATION("a duration", ", such as 30s"),
    SIZE("a size", ", such as 512MB"),
    PATH("an absolute path", ""),
    NAMES("names separated by commas", ""),
    CHOICE("one of", ""),
    TEXT("text", "");

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern NAME_LIST = Pattern.compile("[^\\s,=]+(\\s*,\\s*[^\\s,=]+)*");

    private final String words;
    private final String example;

    ValueKind(String words, String example) {
        this.words = words;
        this.example = example;
    }

    /** The kind of a setting whose method returns this type. */
    static ValueKind of(Type type) {
        if (type instanceof Class<?> own && own.isEnum()) {
            return CHOICE;
        }
        return switch (type.getTypeName()) {
            case "boolean" -> SWITCH;
            case "int", "java.util.OptionalInt" -> NUMBER;
            case "java.time.Duration", "java.util.Optional<java.time.Duration>" -> DURATION;
            case "org.octaveserver.ops.settings.DataSize",
                    "java.util.Optional<org.octaveserver.ops.settings.DataSize>" -> SIZE;
            case "java.util.Optional<java.nio.file.Path>" -> PATH;
            case "java.util.Optional<java.util.List<java.lang.String>>" -> NAMES;
            case "java.lang.String",
                    "java.util.Optional<java.lang.String>",
                    "java.util.Map<java.lang.String, java.lang.String>" -> TEXT;
            default -> throw new IllegalArgumentException("no setting can be a " + type.getTypeName());
        };
    }

    String words() {
        return words;
    }

    String example() {
        return example;
    }

    /** A text of this kind as the library reads it rightly: it takes a blank after a comma for part of a name. */
    String tidied(String text) {
        return this == NAMES ? text.replaceAll("\\s", "") : text;
    }

    /**
     * Reads a text as this kind and measures it: itself, milliseconds or bytes; 0 where there is nothing to measure.
     *
     * @throws IllegalArgumentException when the text is not of this kind
     */
    long measure(String text) {
        return switch (this) {
            case SWITCH -> {
                require(text.toLowerCase(Locale.ROOT).matches("true|false"));
                yield 0;
            }
            case NUMBER -> {
                require(WHOLE.matcher(text).matches());
                yield Long.parseLong(text);
            }
            case DURATION -> Durations.parse(text).toMillis();
            case SIZE -> DataSize.parse(text).bytes();
            case PATH -> {
                require(Path.of(text).isAbsolute());
                yield 0;
            }
            case NAMES -> {
                require(NAME_LIST.matcher(text).matches());
                yield 0;
            }
            // The rule knows what there is to choose from.
            case CHOICE, TEXT -> 0;
        };
    }

    private void require(boolean met) {
        if (!met) {
            throw new IllegalArgumentException("not " + words);
        }
    }
}
