package org.octaveserver.ops.web.mps.requests;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The path of an asynchronous request, or of all of them: {@code /~instance/requests/id/info}.
 *
 * @param instance as the path names it
 * @param resource what of it
 * @param id as the path names it; empty for all of them
 */
record RequestsPath(String instance, Resource resource, String id) {
    static final String PREFIX = "/~";
    private static final String COLLECTION = "requests";

    /** What there is, with the methods that it takes. */
    enum Resource {
        ALL("", "GET, HEAD"),
        REQUEST("", "DELETE, GET, HEAD"),
        INFO("info", "GET, HEAD"),
        RESULT("result", "GET, HEAD"),
        CANCEL("cancel", "POST");

        private final String name;
        private final String methods;

        Resource(String name, String methods) {
            this.name = name;
            this.methods = methods;
        }

        /** As an {@code Allow} header has them. */
        String methods() {
            return methods;
        }

        boolean takes(String method) {
            return List.of(methods.split(", ")).contains(method);
        }
    }

    /** That of a path; nothing when it is none. */
    static Optional<RequestsPath> of(String path) {
        if (!path.startsWith(PREFIX)) {
            return Optional.empty();
        }
        List<String> names = List.of(path.substring(PREFIX.length()).split("/", -1));
        if (names.size() < 2 || !names.get(1).equals(COLLECTION)) {
            return Optional.empty();
        }
        return switch (names.size()) {
            case 2 -> Optional.of(new RequestsPath(names.get(0), Resource.ALL, ""));
            case 3 -> Optional.of(new RequestsPath(names.get(0), Resource.REQUEST, names.get(2)));
            case 4 ->
                Arrays.stream(Resource.values())
                        .filter(resource -> !resource.name.isEmpty() && resource.name.equals(names.get(3)))
                        .findFirst()
                        .map(resource -> new RequestsPath(names.get(0), resource, names.get(2)));
            default -> Optional.empty();
        };
    }
}
