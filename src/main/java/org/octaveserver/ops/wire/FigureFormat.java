package org.octaveserver.ops.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In what form the figures are wanted that a call leaves open. */
public enum FigureFormat {
    /** Not at all. */
    NONE(0),
    /** Pixels. */
    PNG(1),
    /** Lines, as XML. */
    SVG(2);

    private final int code;

    FigureFormat(int code) {
        this.code = code;
    }

    /** Its number in frames. */
    int code() {
        return code;
    }

    /** As it stands in {@code ops.json}, headers and answers: {@code png}, {@code svg}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that text. */
    public static Optional<FigureFormat> of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.text().equals(text))
                .findFirst();
    }
}
