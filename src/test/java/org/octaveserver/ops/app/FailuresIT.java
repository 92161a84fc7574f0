package org.octaveserver.ops.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassfish.hk2.api.MultiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.security.AccessPolicy;
import org.octaveserver.ops.security.AdminToken;
import org.octaveserver.ops.security.SecuritySettings;
import org.octaveserver.ops.web.edge.AccessCheck;
import org.octaveserver.ops.web.edge.CorsPolicy;
import org.octaveserver.ops.web.edge.Needs;

/** What callers and logs get when something fails that nobody foresaw, anywhere between socket and resource. */
class FailuresIT {
    private static final String SECRET = "jdbc-password-17";
    private static final Pattern ID = Pattern.compile("its log says more under ([0-9a-f-]{36})");

    /** Names in URLs; {@link Failing} throws what each stands for. */
    static final List<String> UNFORESEEN = List.copyOf(failures().keySet());

    @TempDir
    static java.nio.file.Path directory;

    private static String address = "";
    private static AutoCloseable server = () -> {};

    private record Trusting(boolean anonymousLoopback) implements SecuritySettings {}

    private static Map<String, Throwable> failures() {
        return Map.ofEntries(
                Map.entry("runtime", new IllegalStateException(SECRET)),
                Map.entry("checked", new IOException(SECRET)),
                Map.entry("servlet", new ServletException(SECRET, new IllegalStateException(SECRET))),
                Map.entry(
                        "multi",
                        new MultiException(List.of(new IllegalStateException(SECRET), new IOException(SECRET)))),
                Map.entry("error", new AssertionError(SECRET)),
                Map.entry("linkage", new NoClassDefFoundError(SECRET)),
                Map.entry("stack", new StackOverflowError(SECRET)),
                Map.entry("http500", new InternalServerErrorException(SECRET)),
                Map.entry("http503", new ServiceUnavailableException(SECRET)),
                Map.entry("unspeakable", new Unspeakable()),
                Map.entry("wrapped", new CompletionException(new OpsException(ErrorCode.STORE_FAILED, SECRET))));
    }

    /** Has not even a message. */
    static final class Unspeakable extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException(SECRET);
        }

        @Override
        public String toString() {
            return "Unspeakable";
        }
    }

    /** Fails in the way that the URL names. */
    @Path("{face: fail|api/v1/fail}/{what}")
    @Needs(Access.OPEN)
    public static final class Failing {
        @GET
        public String fail(@PathParam("what") String what) throws Exception {
            Throwable failure = requireNonNull(failures().get(what));
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof Exception exception) {
                throw exception;
            }
            return what;
        }

        @POST
        @Produces(MediaType.APPLICATION_JSON)
        public Response read(InputStream body) throws IOException {
            return Response.ok(Map.of("length", body.readAllBytes().length)).build();
        }
    }

    /** Fails while it is written. */
    public static final class Trap {
        public Object getValue() {
            return requireNonNull(failures().get(SECRET), SECRET);
        }
    }

    /** Answers what no writer can write. */
    @Path("{face: unwritable|api/v1/unwritable}")
    @Needs(Access.OPEN)
    public static final class Unwritable {
        @GET
        @Produces(MediaType.APPLICATION_JSON)
        public Trap answer() {
            return new Trap();
        }
    }

    /** Cannot be made: HK2 says so with a MultiException. */
    @Path("{face: broken|api/v1/broken}")
    @Needs(Access.OPEN)
    public static final class Broken {
        public Broken() {
            throw new IllegalStateException(SECRET);
        }

        @GET
        public String get() {
            return "";
        }
    }

    @BeforeAll
    static void start() {
        AdminToken token = AdminToken.readOrCreate(directory.resolve("token"), new SecureRandom());
        WebFaces faces = new WebFaces(new AccessCheck(new AccessPolicy(new Trusting(true), token), CorsPolicy.OFF))
                .with(new Failing())
                .with(new Unwritable());
        Servers servers = new Servers(
                directory.resolve("tomcat"),
                "127.0.0.1",
                new WebApplication.Web(
                        faces.build().register(Broken.class),
                        new HttpFilter() {},
                        new HttpFilter() {},
                        List.of(),
                        CorsPolicy.OFF));
        server = servers;
        address = servers.address();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static void assertAnonymous(Exchange answer) {
        String all = (answer.head() + answer.body()).toLowerCase(Locale.ROOT);
        assertThat(all)
                .doesNotContain(SECRET)
                .doesNotContain("tomcat")
                .doesNotContain("jersey")
                .doesNotContain("exception")
                .doesNotContain("org.")
                .doesNotContain("<html")
                .doesNotContain("\nserver:");
    }

    private static void assertFailedWithAnId(String path) {
        try (LogCapture log = new LogCapture()) {
            Exchange mps = Exchange.send(address, "GET /" + path, "");
            assertThat(mps.head()).contains("Content-Type: application/json");
            assertThat(mps.body())
                    .startsWith(
                            "{\"error\":{\"type\":\"httperror\",\"code\":500,\"messageId\":\"InternalServerError\"");
            assertLoggedId(mps, log);
            Exchange own = Exchange.send(address, "GET /api/v1/" + path, "");
            assertThat(own.head()).contains("Content-Type: application/problem+json");
            assertThat(own.body()).contains("\"status\":500").contains("\"code\":\"INTERNAL\"");
            assertLoggedId(own, log);
        }
    }

    private static void assertLoggedId(Exchange answer, LogCapture log) {
        assertThat(answer.status()).isEqualTo(500);
        assertAnonymous(answer);
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        assertThat(log.lines())
                .filteredOn(line -> line.contains(id.group(1)))
                .singleElement()
                .asString()
                .startsWith("ERROR");
    }

    @ParameterizedTest
    @FieldSource("UNFORESEEN")
    void answersAnIdAndKeepsTheMessage(String what) {
        assertFailedWithAnId("fail/" + what);
    }

    @Test
    void logsWhatItKeepsToItself() {
        try (LogCapture log = new LogCapture()) {
            Exchange.send(address, "GET /fail/runtime", "");
            assertThat(log.lines()).anyMatch(line -> line.contains("path=fail/runtime") && line.contains(SECRET));
        }
    }

    @Test
    void answersAnIdWhenAResourceCannotBeMade() {
        try (LogCapture log = new LogCapture()) {
            for (String path : List.of("broken", "api/v1/broken")) {
                Exchange answer = Exchange.send(address, "GET /" + path, "");
                assertThat(answer.head()).contains("Content-Type: application/json");
                assertLoggedId(answer, log);
            }
        }
    }

    @Test
    void answersAnIdWhenTheAnswerCannotBeWritten() {
        assertFailedWithAnId("unwritable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE",
                "GET",
                "GET / HTTP/9.9\nHost: localhost",
                "G\u00cbT / HTTP/1.1\nHost: localhost",
                "GET /a b HTTP/1.1\nHost: localhost",
                "GET /%zz HTTP/1.1\nHost: localhost",
                "GET /a%2fb HTTP/1.1\nHost: localhost",
                "GET /a%00b HTTP/1.1\nHost: localhost",
                "GET /<script> HTTP/1.1\nHost: localhost",
                "GET /{x} HTTP/1.1\nHost: localhost",
                "GET /a\\b HTTP/1.1\nHost: localhost",
                "GET /../../etc/passwd HTTP/1.1\nHost: localhost",
                "GET relative HTTP/1.1\nHost: localhost",
                "GET / HTTP/1.1",
                "GET / HTTP/1.1\nHost: a\nHost: b",
                "GET / HTTP/1.1\nHost: local host",
                "GET / HTTP/1.1\nHost: localhost\nBad Header: x",
                "GET / HTTP/1.1\nHost: localhost\nNoColon",
                "POST / HTTP/1.1\nHost: localhost\nContent-Length: x",
                "POST / HTTP/1.1\nHost: localhost\nContent-Length: -1",
                "POST / HTTP/1.1\nHost: localhost\nContent-Length: 1\nContent-Length: 2",
                "POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: nonsense",
                "TRACE / HTTP/1.1\nHost: localhost",
                "GET /x?%zz HTTP/1.1\nHost: localhost",
                "GET /%ff HTTP/1.1\nHost: localhost",
                "GET /fail/runtime HTTP/1.1\nHost: localhost\nAccept: ;;;",
                "GET /fail/runtime?x=%zz HTTP/1.1\nHost: localhost\nAccept-Language: ;;q=x",
                "POST /fail/x HTTP/1.1\nHost: localhost\nContent-Type: garbage\nContent-Length: 0",
                "POST /fail/x HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\nContent-Type: a/b\n\nZZ"
            })
    void answersWithoutRevealingWhatItRunsOn(String request) {
        Exchange answer = Exchange.send(address, request + "\nConnection: close\n\n");
        assertThat(answer.status()).as(answer.toString()).isBetween(400, 505);
        assertAnonymous(answer);
        assertThat(answer.body())
                .as(answer.toString())
                .startsWith("{\"error\":{\"type\":\"httperror\",\"code\":" + answer.status());
    }

    @Test
    void answersTooLongAUrlOrHeaderPlainly() {
        for (Exchange answer : List.of(
                Exchange.send(address, "GET /" + "x".repeat(20_000), ""),
                Exchange.send(address, "GET /", "X-Long: " + "x".repeat(20_000) + "\n"))) {
            assertThat(answer.status()).isIn(400, 414, 431);
            assertAnonymous(answer);
            assertThat(answer.body()).startsWith("{\"error\":");
        }
    }

    @Test
    void saysWhatThisUrlAnswersWhenTheCallerTakesNoneOfIt() {
        Exchange answer = Exchange.send(address, "POST /api/v1/fail/x", "Accept: text/html\nContent-Length: 0\n");
        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.body()).contains("NOT_ACCEPTABLE").contains("application/json");
        assertThat(Exchange.send(address, "POST /api/v1/fail/x", "Accept: text/html, */*;q=0.1\nContent-Length: 0\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void namesTheMethodsThatAreAllowed() {
        Exchange answer = Exchange.send(address, "PUT /api/v1/fail/x", "Content-Length: 0\n");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.head()).containsPattern("Allow: .*GET");
        assertThat(answer.body()).contains("PUT is not allowed here; allowed: GET, OPTIONS, POST");
    }

    @Test
    void rendersAnUnknownUrlWithTheFaceItWouldBelongTo() {
        assertThat(Exchange.send(address, "GET /nowhere", "").body()).contains("\"messageId\":\"ResourceNotFound\"");
        for (String path : List.of("/api/v1", "/api/v1/nowhere", "//api/v1/nowhere", "/%61pi/v1/nowhere")) {
            Exchange answer = Exchange.send(address, "GET " + path, "");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).as(path).contains("\"code\":\"RESOURCE_NOT_FOUND\"");
        }
    }
}
