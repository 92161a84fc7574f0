package org.octaveserver.ops.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.jul.Log4jBridgeHandler;
import org.octaveserver.ops.settings.SettingsLoader;
import org.octaveserver.ops.web.edge.HttpSettings;

/**
 * A floor of the benchmark: a bare servlet that answers the same whatever it is asked, in the web server that OPS has when
 * it runs by itself.
 */
public final class ConstantServer {
    private ConstantServer() {}

    /** Runs until its standard input ends; the arguments are a directory of its own and the answer. */
    public static void main(String[] arguments) throws Exception {
        Log4jBridgeHandler.install(true, "", false);
        Path folder = Path.of(arguments[0]);
        HttpSettings settings = new SettingsLoader(List.of(HttpSettings.class))
                .load(folder.resolve("none"), Map.of(), Map.of("ops.http.port", "0"))
                .of(HttpSettings.class);
        byte[] answer = arguments[1].getBytes(US_ASCII);
        WebServer server = new WebServer(
                folder,
                settings,
                context -> context.addServlet("constant", new Constant(answer)).addMapping("/*"));
        server.start();
        System.out.println("= " + server.address());
        int unused = System.in.read();
        server.stop();
    }

    /** The servlet. */
    private static final class Constant extends HttpServlet {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial")
        private final byte[] answer;

        Constant(byte[] answer) {
            this.answer = answer;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.setContentLength(answer.length);
            response.getOutputStream().write(answer);
        }
    }
}
