package org.touchstone.emulators.stepfunctions.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;
import org.touchstone.emulators.access.AccessKeys;
import org.touchstone.emulators.stepfunctions.StateMachineEngine;
import org.touchstone.emulators.stepfunctions.api.ExecutionListener;
import org.touchstone.emulators.stepfunctions.integration.EventBus;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions;
import org.touchstone.emulators.stepfunctions.store.Durability;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A {@link StateMachineEngine} for any AWS SDK: point its Step Functions client at {@link
 * #endpoint()}, with the credentials of {@link #accessKeys()} and the region {@code us-east-1}. It
 * listens on the loopback interface only, and checks signatures.
 */
public final class StateMachineServer implements AutoCloseable {
  private final StateMachineEngine engine;
  private final AccessKeys keys;
  private final HttpServer http;
  private final ExecutorService threads;

  private StateMachineServer(
      StateMachineEngine.Builder engineBuilder, AccessKeys keys, HttpServer http) {
    this.http = http;
    this.keys = keys;
    this.engine = engineBuilder.open();
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    http.setExecutor(threads);
    http.createContext("/", new AwsJsonHandler(new Operations(engine), new Gate(keys)));
    http.start();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The server's address. */
  public URI endpoint() {
    InetSocketAddress address = http.getAddress();
    return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  /** The keys that it accepts. */
  public AccessKeys accessKeys() {
    return keys;
  }

  /** The engine behind it. */
  public StateMachineEngine engine() {
    return engine;
  }

  /** Stops listening, then closes the engine. */
  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    engine.close();
  }

  /** Collects the parts of a server: a port, and the parts of its engine. */
  public static final class Builder {
    private final StateMachineEngine.Builder engine = StateMachineEngine.builder();
    private AccessKeys keys;
    private int port;

    private Builder() {}

    /** The keys that the server accepts; by default a new one. */
    public Builder accessKeys(AccessKeys accepted) {
      keys = accepted;
      return this;
    }

    /** The port on the loopback interface; 0, the default, for any free one. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** See {@link StateMachineEngine.Builder#dataDirectory}. */
    public Builder dataDirectory(Path directory) {
      engine.dataDirectory(directory);
      return this;
    }

    /** See {@link StateMachineEngine.Builder#durability}. */
    public Builder durability(Durability wanted) {
      engine.durability(wanted);
      return this;
    }

    /** See {@link StateMachineEngine.Builder#lambdaFunctions}. */
    public Builder lambdaFunctions(LambdaFunctions functions) {
      engine.lambdaFunctions(functions);
      return this;
    }

    /** See {@link StateMachineEngine.Builder#sqs}. */
    public Builder sqs(SqsClient client) {
      engine.sqs(client);
      return this;
    }

    /** See {@link StateMachineEngine.Builder#eventBus}. */
    public Builder eventBus(EventBus bus) {
      engine.eventBus(bus);
      return this;
    }

    /** See {@link StateMachineEngine.Builder#listener}. */
    public Builder listener(ExecutionListener listener) {
      engine.listener(listener);
      return this;
    }

    /** See {@link StateMachineEngine.Builder#retention}. */
    public Builder retention(Duration age) {
      engine.retention(age);
      return this;
    }

    /** See {@link StateMachineEngine.Builder#timekeeper}. */
    public Builder timekeeper(Timekeeper timekeeper) {
      engine.timekeeper(timekeeper);
      return this;
    }

    /** See {@link StateMachineEngine.Builder#random}. */
    public Builder random(DoubleSupplier numbers) {
      engine.random(numbers);
      return this;
    }

    /**
     * Opens the engine and begins to listen.
     *
     * @throws UncheckedIOException when the port is in use or the data directory cannot be used
     */
    public StateMachineServer start() {
      HttpServer http;
      try {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot listen on the port", e);
      }
      try {
        return new StateMachineServer(engine, keys == null ? AccessKeys.random() : keys, http);
      } catch (RuntimeException e) {
        http.stop(0);
        throw e;
      }
    }
  }
}
