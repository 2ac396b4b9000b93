package org.touchstone.mcp;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JsonSchema;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.touchstone.client.ApiException;
import org.touchstone.client.NotEndedException;
import org.touchstone.client.TouchstoneClient;
import org.touchstone.client.TouchstoneException;
import org.touchstone.client.model.Accepted;
import org.touchstone.client.model.Analysis;
import org.touchstone.client.model.NewAnalysis;
import org.touchstone.client.model.Options;

/** The tools: what each is told about, and what it does. No call lasts longer than 45 seconds. */
final class Tools {
  private static final int MAX_ARGUMENT = 32_768;
  private static final String NOT_READY = "The API is still starting. Try again in some seconds.";

  private final CompletableFuture<TouchstoneClient> api;
  private final Path folder;
  private final Duration longest;
  private final Work work = new Work();

  /**
   * @param api completes when the API is there
   * @param folder paths that are not absolute start here
   * @param longest how long a call may take
   */
  Tools(CompletableFuture<TouchstoneClient> api, Path folder, Duration longest) {
    this.api = api;
    this.folder = folder;
    this.longest = longest;
  }

  /** A call that cannot be made as it is; the message is Touchstone's own. */
  private static final class CallException extends Exception {
    private static final long serialVersionUID = 1;

    private final String code;

    CallException(String code, String message) {
      super(message);
      this.code = code;
    }
  }

  /** What a tool does. */
  @FunctionalInterface
  private interface Action {
    CallToolResult call(Map<String, Object> arguments, long deadline) throws Exception;
  }

  List<SyncToolSpecification> all() {
    return List.of(
        tool(
            "analyze",
            "Analyse a link or a file",
            "Says whether images, videos and recordings are authentic or manipulated. Give a url of a"
                + " post or a file, or the path of a file on this machine. Answers within 45 seconds:"
                + " with the verdict, or with an id to be given to get_analysis.",
            new JsonSchema(
                "object",
                Map.of(
                    "url",
                    text("Link to a post on a social platform, to a web page or to a file."),
                    "path",
                    text("Path of an image, video or audio file on this machine."),
                    "language",
                    text("BCP 47 tag of the language that is spoken, such as de; if known.")),
                List.of(),
                false,
                null,
                null),
            new ToolAnnotations(null, false, false, false, true, null),
            this::analyze),
        tool(
            "get_analysis",
            "Read an analysis",
            "Reads an analysis by the id that analyze gave: its verdict, or how far it is. Waits up to"
                + " 40 seconds for its end.",
            new JsonSchema(
                "object",
                Map.of("id", text("The id that analyze gave.")),
                List.of("id"),
                false,
                null,
                null),
            new ToolAnnotations(null, true, false, true, true, null),
            this::getAnalysis),
        tool(
            "list_detectors",
            "List the detectors",
            "Lists the detectors that look at media: what each looks at, whether it is installed, and"
                + " how often it erred where errors were counted.",
            new JsonSchema("object", Map.of(), List.of(), false, null, null),
            new ToolAnnotations(null, true, false, true, false, null),
            this::listDetectors));
  }

  private static Map<String, Object> text(String description) {
    return Map.of("type", "string", "description", description, "maxLength", MAX_ARGUMENT);
  }

  private SyncToolSpecification tool(
      String name,
      String title,
      String description,
      JsonSchema schema,
      ToolAnnotations annotations,
      Action action) {
    return SyncToolSpecification.builder()
        .tool(
            Tool.builder()
                .name(name)
                .title(title)
                .description(description)
                .inputSchema(schema)
                .annotations(annotations)
                .build())
        .callHandler(
            (exchange, request) ->
                answer(
                    action, request.arguments() == null ? Map.of() : request.arguments(), schema))
        .build();
  }

  private CallToolResult answer(Action action, Map<String, Object> arguments, JsonSchema schema) {
    try {
      for (String name : arguments.keySet()) {
        if (!schema.properties().containsKey(name)) {
          throw new CallException(
              "request.invalid",
              "The arguments are: "
                  + String.join(", ", schema.properties().keySet().stream().sorted().toList())
                  + ".");
        }
      }
      return action.call(arguments, System.nanoTime() + longest.toNanos());
    } catch (CallException e) {
      return Answers.error(e.code, e.getMessage());
    } catch (GivenFile.RefusedException e) {
      return Answers.error("file.refused", e.getMessage());
    } catch (ApiException e) {
      return Answers.problem(e);
    } catch (TouchstoneException e) {
      return Answers.error(
          "api.unreachable", "The API does not answer as it should. Is ./touchstone up running?");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answers.error("internal", "The server is stopping.");
    } catch (Exception e) {
      System.getLogger(Tools.class.getName())
          .log(System.Logger.Level.WARNING, "a tool failed: {0}", e.getClass().getName());
      return Answers.error("internal", "Something went wrong.");
    }
  }

  private CallToolResult analyze(Map<String, Object> arguments, long deadline) throws Exception {
    String url = argument(arguments, "url");
    String path = argument(arguments, "path");
    String language = argument(arguments, "language");
    if ((url == null) == (path == null)) {
      throw new CallException("request.invalid", "Give either url or path.");
    }
    Options options = language == null ? null : Options.DEFAULT.withLanguage(language);
    Path file = path == null ? null : GivenFile.of(path, folder);
    CompletableFuture<String> id =
        api.thenCompose(
                client ->
                    file == null
                        ? client.analyses().create(NewAnalysis.ofUrl(url).with(options))
                        : send(client, file, options))
            .thenApply(Accepted::id);
    try {
      return ended(get(id, deadline), deadline);
    } catch (TimeoutException e) {
      return Answers.later(work.ticket(id), "sending");
    }
  }

  private static CompletableFuture<Accepted> send(
      TouchstoneClient client, Path file, Options options) {
    CompletableFuture<String> upload;
    try {
      upload = client.uploads().upload(file);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(
          new CallException("file.refused", "This file does not exist or cannot be read."));
    }
    return upload.thenCompose(
        uploadId ->
            client
                .analyses()
                .create(
                    NewAnalysis.ofUpload(uploadId, file.getFileName().toString()).with(options)));
  }

  private CallToolResult getAnalysis(Map<String, Object> arguments, long deadline)
      throws Exception {
    String given = argument(arguments, "id");
    if (given == null) {
      throw new CallException("request.invalid", "Give the id of an analysis.");
    }
    CompletableFuture<String> id =
        work.behind(given).orElseGet(() -> CompletableFuture.completedFuture(given));
    try {
      return ended(get(id, deadline), deadline);
    } catch (TimeoutException e) {
      return Answers.later(given, "sending");
    }
  }

  private CallToolResult listDetectors(Map<String, Object> arguments, long deadline)
      throws Exception {
    try {
      return Answers.detectors(get(api.thenCompose(client -> client.detectors().list()), deadline));
    } catch (TimeoutException e) {
      throw new CallException("api.unreachable", "The API did not answer in time.");
    }
  }

  /** The analysis at its end, or as it stands when the time is over. */
  private CallToolResult ended(String id, long deadline) throws Exception {
    if (id == null) {
      throw new CallException("api.unreachable", "The API did not answer with an id.");
    }
    try {
      CompletableFuture<Analysis> end =
          api.thenCompose(client -> client.analyses().await(id, left(deadline)));
      return Answers.analysis(get(end, deadline));
    } catch (NotEndedException e) {
      return e.analysis().map(Answers::analysis).orElseGet(() -> Answers.later(id, "unknown"));
    } catch (TimeoutException e) {
      return Answers.later(id, "unknown");
    } catch (IllegalArgumentException e) {
      throw new CallException("request.invalid", "This is not the id of an analysis.");
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private <T> T get(CompletableFuture<T> future, long deadline) throws Exception {
    try {
      // The wait itself ends first, so that there is something to show.
      return future.get(left(deadline).plusSeconds(3).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (!api.isDone()) {
        throw new CallException("api.starting", NOT_READY);
      }
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static String argument(Map<String, Object> arguments, String name) throws CallException {
    Object value = arguments.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text) || text.isBlank() || text.length() > MAX_ARGUMENT) {
      throw new CallException(
          "request.invalid", name + " must be a text of 1 to " + MAX_ARGUMENT + " characters.");
    }
    return text;
  }
}
