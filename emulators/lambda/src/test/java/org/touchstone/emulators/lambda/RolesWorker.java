package org.touchstone.emulators.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.touchstone.domain.Compute;
import org.touchstone.emulators.access.policy.Access;
import org.touchstone.emulators.stepfunctions.api.Arns;
import org.touchstone.worker.QueueWorker;
import org.touchstone.worker.WorkerConfig;
import org.touchstone.worker.host.TaskProtection;

/** The worker of an endpoint, with the endpoint's role: its models, its queue, its protection. */
final class RolesWorker implements AutoCloseable {
  private static final String TASK =
      "arn:aws:ecs:" + Arns.REGION + ":" + Arns.ACCOUNT + ":task/touchstone/1";

  private final RolesAccount account;
  private final HttpServer agent;
  private final TaskProtection protection;
  private final RolesEndpoint endpoint;
  private final QueueWorker worker;

  RolesWorker(RolesAccount account, Path work) throws IOException, InterruptedException {
    this.account = account;
    agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.createContext("/", this::protect);
    agent.start();
    protection =
        TaskProtection.ofJobs(
            URI.create("http://127.0.0.1:" + agent.getAddress().getPort()), Duration.ofMinutes(1));
    endpoint = new RolesEndpoint(account, account.endpointKey(), Compute.GPU, work);
    worker =
        new QueueWorker(
            endpoint.sqs(),
            endpoint.stepFunctions(),
            endpoint.service(),
            endpoint.analyses(),
            new WorkerConfig(account.jobs().url(), 2, RolesEndpoint.CADENCE),
            protection);
    worker.start();
  }

  /** ECS' agent, which asks ECS with the role of the task. */
  private void protect(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean allowed =
          account
              .keys()
              .allows(
                  account.keys().find(account.endpointKey().id()).orElseThrow(),
                  Access.of("ecs:UpdateTaskProtection", TASK));
      byte[] body =
          (allowed ? "{\"protection\":{}}" : "{\"failure\":{}}").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    worker.close();
    endpoint.close();
    protection.close();
    agent.stop(0);
  }
}
