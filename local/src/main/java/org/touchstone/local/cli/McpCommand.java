package org.touchstone.local.cli;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.touchstone.client.TouchstoneClient;
import org.touchstone.local.stack.FolderTurn;
import org.touchstone.local.stack.LocalStack;
import org.touchstone.local.stack.RunningApi;
import org.touchstone.local.stack.StackOptions;
import org.touchstone.mcp.TouchstoneMcp;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcp}: the API as tools for language models, on standard input and output. */
@Command(
    name = "mcp",
    description = {
      "Offers the API as tools to an application with a language model, over the Model Context"
          + " Protocol on standard input and output: analyze, get_analysis, list_detectors.",
      "It uses the API of --api; else that of an up that runs on the data folder; else it starts the"
          + " API itself, as up does. docs/mcp.md says how to add it to an application."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  TOUCHSTONE_API_KEY=tsk_... ./touchstone mcp --api https://api.example.org"})
final class McpCommand implements Callable<Integer> {
  private static final String KEY_VARIABLE = "TOUCHSTONE_API_KEY";
  private static final int MAX_KEY_FILE = 4096;

  @Spec private CommandSpec spec;
  @Mixin private StackMixin stack;

  @Option(
      names = "--api",
      paramLabel = "URL",
      description = "Address of the API. Its key is read from TOUCHSTONE_API_KEY or --key-file.")
  private URI api;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "File with the API key, for --api (default: the variable TOUCHSTONE_API_KEY). A key on the"
              + " command line could be seen by other users.")
  private Path keyFile;

  @Override
  public Integer call() throws IOException {
    // Whatever prints, in this process, must not get into the protocol.
    PrintStream protocol = System.out;
    System.setOut(System.err);
    Optional<TouchstoneClient> remote = remote();
    Path data = StackMixin.dataFolder(stack.data);
    CompletableFuture<TouchstoneClient> client = new CompletableFuture<>();
    try (TouchstoneMcp mcp =
        TouchstoneMcp.start(
            System.in, protocol, BuildVersion.number(), client, StackMixin.resolve(""))) {
      if (remote.isPresent()) {
        return serve(remote.get(), client, mcp);
      }
      StackOptions.Api served = new StackOptions.Api(0, false, false, Optional.empty());
      FolderTurn turn =
          FolderTurn.take(
              stack.options(data, StackOptions.DEFAULT_WORKERS, null, null, Optional.of(served)),
              stack.teller(spec));
      if (turn.other().isPresent()) {
        return serve(client(RunningApi.of(data, turn.other().get())), client, mcp);
      }
      return serve(turn.own().orElseThrow(), data, client, mcp);
    }
  }

  /** Offers an API that another process serves. */
  private static int serve(
      TouchstoneClient other, CompletableFuture<TouchstoneClient> client, TouchstoneMcp mcp) {
    client.complete(other);
    mcp.ended().join();
    return ExitCode.ANALYSED;
  }

  /** Offers the API of a stack of this process. */
  private int serve(
      LocalStack own, Path data, CompletableFuture<TouchstoneClient> client, TouchstoneMcp mcp) {
    stack.tellFirstUse(spec.commandLine().getErr());
    try (LocalStack local = own) {
      return local.run(
          session -> {
            client.complete(client(RunningApi.of(data, session.addresses().api())));
            mcp.ended().thenRun(Quarkus::asyncExit);
            Quarkus.waitForExit();
            return ExitCode.ANALYSED;
          });
    }
  }

  private static TouchstoneClient client(RunningApi running) {
    return TouchstoneClient.at(running.address()).key(running.key()).build();
  }

  /** The API that the options name. */
  private Optional<TouchstoneClient> remote() {
    if (api == null) {
      if (keyFile != null) {
        throw usage("--key-file belongs to --api.");
      }
      return Optional.empty();
    }
    try {
      TouchstoneClient.Builder client = TouchstoneClient.at(api);
      key().ifPresent(client::key);
      return Optional.of(client.build());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw usage(e.getMessage());
    }
  }

  private Optional<String> key() {
    if (keyFile == null) {
      return Optional.ofNullable(System.getenv(KEY_VARIABLE)).filter(key -> !key.isBlank());
    }
    try {
      if (Files.size(keyFile) > MAX_KEY_FILE) {
        throw usage("--key-file has more than a key in it.");
      }
      return Optional.of(Files.readString(keyFile).strip());
    } catch (IOException e) {
      throw usage("--key-file cannot be read.");
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
