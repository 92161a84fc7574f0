package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures in answers, and what ops.json says of calls otherwise. */
class FiguresOverHttpIT {
    private static final String CALL = "{\"nargout\":1,\"rhs\":[]}";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void deploy() {
        server = TestServer.start(folder, Map.of());
        String[] lines = {"r = 1;", "plot (0:0.1:6, sin (0:0.1:6));", "title ('sine');", "xlabel ('x');", "grid on"};
        server.deploy(TestBundle.named("plain").function("r = draw ()", lines));
        server.deploy(TestBundle.named("drawing", "1.0.0", ",\"figures\":\"png\",\"warmup\":\"draw\"")
                .function("r = draw ()", lines));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> draw(String bundle, String figures) {
        return server.send(server.request("/" + bundle + "/draw")
                .header("Content-Type", "application/json")
                .header("OPS-Figures", figures)
                .POST(BodyPublishers.ofString(CALL)));
    }

    @Test
    void whoDoesNotAskGetsAnAnswerAsOfMps() {
        assertThat(server.post("/plain/draw", CALL).body())
                .startsWith("{\"lhs\":")
                .doesNotContain("figures");
        assertThat(draw("drawing", "none").body()).doesNotContain("figures");
    }

    @Test
    void aBundleMayAnswerFiguresAlways() throws IOException {
        JsonNode figures = TestServer.json(server.post("/drawing/draw", CALL)).get("figures");

        assertThat(figures).hasSize(1);
        assertThat(figures.get(0).get("number").asInt()).isEqualTo(1);
        assertThat(figures.get(0).get("format").asText()).isEqualTo("png");
        byte[] png = figures.get(0).get("data").binaryValue();
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isGreaterThan(400);
    }

    @Test
    void aCallMayAskForFigures() throws IOException {
        JsonNode figure = TestServer.json(draw("plain", "svg")).get("figures").get(0);

        assertThat(new String(figure.get("data").binaryValue(), StandardCharsets.UTF_8))
                .contains("<svg", "sine");
    }

    @Test
    void anotherFormIsRefusedNamingThoseThatThereAre() {
        JsonNode error = server.httpError(draw("plain", "jpeg"), 400);

        assertThat(error.get("message").asText()).contains("the header OPS-Figures must be png, svg or none");
    }

    @Test
    void aWarmupThatFailsIsToldToItsDeployer() {
        JsonNode problem = server.deployRefused(
                TestBundle.named("cold", "1.0.0", ",\"warmup\":\"chill\"")
                        .function("chill ()", "error ('too cold');")
                        .zip(),
                400);

        assertThat(problem.get("detail").asText()).contains("the warmup call of chill failed: too cold");
        assertThat(server.deployRefused(
                                TestBundle.named("cold", "1.0.0", ",\"warmup\":\"nowhere\"")
                                        .function("chill ()", "x = 1;")
                                        .zip(),
                                400)
                        .get("detail")
                        .asText())
                .contains("\"warmup\" is \"nowhere\"");
    }
}
